import { type Refusal, refuse } from '../refusal/refusal.ts'
import type { Net } from './net.ts'
import { fitsXml, XmlIds, xmlText } from './write-xml.ts'

/** Why a label cannot stand in a PNML file so that it reads back the same: readers trim text of several lines. */
const unwritable = (label: string): boolean =>
  label === '' || !fitsXml(label) || (label.includes('\n') && label.trim() !== label)

/** Tokens per place, for places that hold any. */
function tokensOf(places: readonly number[]): Map<number, number> {
  const tokens = new Map<number, number>()
  for (const place of places) tokens.set(place, (tokens.get(place) ?? 0) + 1)
  return tokens
}

/**
 * Writes a net as PNML (ISO/IEC 15909-2, place/transition net) that readPnml reads back as the same net. Final markings
 * and silent transitions are written as ProM and PM4Py write them; ids that XML does not allow, and the diagram's
 * elements, stand in a toolspecific part. Refusal: `net.unwritable`.
 */
export function writePnml(net: Net, name: string): string | Refusal {
  const bad = [name, ...net.transitions.flatMap(({ label }) => (label === null ? [] : [label]))].find(unwritable)
  if (bad !== undefined) return refuse('net.unwritable', { name: bad })
  const all = [...net.places, ...net.transitions].map(({ id }) => id)
  const ids = new XmlIds([...all, 'net', 'page'])
  const [netId, pageId] = [ids.give('net', 'net'), ids.give('page', 'page')]
  const placeIds = net.places.map(({ id }) => ids.give(id, 'p'))
  const transitionIds = net.transitions.map(({ id }) => ids.give(id, 't'))
  const own = (id: string, written: string, element?: string): string => {
    const said = [
      ...(id === written ? [] : [` id="${xmlText(id)}"`]),
      ...(element === undefined ? [] : [` element="${xmlText(element)}"`]),
    ]
    return said.length === 0 ? '' : `<toolspecific tool="Daylight" version="1"${said.join('')}/>`
  }
  const nameOf = (text: string): string => `<name><text>${xmlText(text)}</text></name>`
  const initial = tokensOf(net.initial)
  const lines: string[] = []
  net.places.forEach(({ id }, place) => {
    const written = placeIds[place] as string
    const tokens = initial.get(place)
    const marking = tokens === undefined ? '' : `<initialMarking><text>${tokens}</text></initialMarking>`
    lines.push(`<place id="${written}">${nameOf(id || written)}${marking}${own(id, written)}</place>`)
  })
  net.transitions.forEach(({ id, label, element }, transition) => {
    const written = transitionIds[transition] as string
    const invisible = label === null ? '<toolspecific tool="ProM" version="6.4" activity="$invisible$"/>' : ''
    lines.push(
      `<transition id="${written}">${nameOf(label ?? 'tau')}${invisible}${own(id, written, element)}</transition>`,
    )
  })
  net.transitions.forEach(({ inputs, outputs }, transition) => {
    const written = transitionIds[transition] as string
    for (const place of inputs)
      lines.push(`<arc id="${ids.give('', 'a')}" source="${placeIds[place]}" target="${written}"/>`)
    for (const place of outputs)
      lines.push(`<arc id="${ids.give('', 'a')}" source="${written}" target="${placeIds[place]}"/>`)
  })
  const final = [...tokensOf(net.final)].map(
    ([place, tokens]) => `<place idref="${placeIds[place]}"><text>${tokens}</text></place>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<pnml xmlns="http://www.pnml.org/version-2009/grammar/pnml">
<net id="${netId}" type="http://www.pnml.org/version-2009/grammar/ptnet">
${nameOf(name)}
<page id="${pageId}">
${lines.join('\n')}
</page>
<finalmarkings><marking>${final.join('')}</marking></finalmarkings>
</net>
</pnml>
`
}
