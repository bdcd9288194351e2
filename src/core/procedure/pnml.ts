import { type Refusal, refuse } from '../refusal/refusal.ts'
import type { Net, Place, Transition } from './net.ts'
import { childOf, parseXml, type XmlElement } from './xml.ts'

const maxTokens = 1000

/** Text of `<name><text>`; white space around it counts only where it stands on one line. */
function nameOf(element: XmlElement): string {
  const name = childOf(element, 'name')
  const text = name ? (childOf(name, 'text')?.text ?? '') : ''
  return text.includes('\n') ? text.trim() : text
}

const isInvisible = (element: XmlElement): boolean =>
  element.children.some((child) => child.name === 'toolspecific' && child.attributes.get('activity') === '$invisible$')

/** What writePnml keeps beside a node: the id that XML could not hold, and the diagram's element. */
function ownPart(element: XmlElement): { id?: string; element?: string } {
  const own = element.children.find(
    (child) => child.name === 'toolspecific' && child.attributes.get('tool') === 'Daylight',
  )
  const [id, drawn] = [own?.attributes.get('id'), own?.attributes.get('element')]
  return { ...(id === undefined ? {} : { id }), ...(drawn === undefined ? {} : { element: drawn }) }
}

function tokensOf(element: XmlElement | undefined): number {
  const text = (element ? (childOf(element, 'text')?.text ?? element.text) : '').trim()
  return text === '' ? 0 : Number(text.replace(/^Default,/, ''))
}

const isCount = (tokens: number): boolean => Number.isInteger(tokens) && tokens >= 0 && tokens <= maxTokens

interface Arc {
  readonly source: string
  readonly target: string
  readonly row: number
}

/** Everything of one net, pages opened. */
function collect(element: XmlElement, into: XmlElement[]): void {
  for (const child of element.children) {
    if (child.name === 'page') collect(child, into)
    else into.push(child)
  }
}

function readArc(element: XmlElement, file: string): Arc | Refusal {
  const place = { place: { file, row: element.row } }
  const id = element.attributes.get('id') ?? ''
  const inscription = childOf(element, 'inscription')
  const weight = inscription === undefined ? 1 : tokensOf(inscription)
  if (weight !== 1) return refuse('net.arc-weight', { id, weight }, place)
  const kind = childOf(element, 'arctype') ?? childOf(element, 'type')
  const kindText = (kind ? (childOf(kind, 'text')?.text ?? kind.attributes.get('value') ?? '') : '').trim() || 'normal'
  if (kindText !== 'normal') return refuse('net.arc-kind', { id, kind: kindText }, place)
  return {
    source: element.attributes.get('source') ?? '',
    target: element.attributes.get('target') ?? '',
    row: element.row,
  }
}

/**
 * Reads a net in PNML (ISO/IEC 15909-2, place/transition nets). A transition is silent where it has no name or its tool
 * says `$invisible$`. A place and a transition may share an id, as some tools write them: an arc then runs from place to
 * transition where it could be read both ways. Without a marking the one source place holds the token; without final markings the one sink place does.
 * Refused: weights other than 1, inhibitor and reset arcs, arcs to nodes that do not exist, doubled ids and arcs,
 * reference nodes, several nets or final markings, and XML that parseXml refuses.
 */
export function readPnml(xml: string, file = 'PNML'): Net | Refusal {
  const root = parseXml(xml, file)
  if ('kind' in root) return root
  if (root.name !== 'pnml') return refuse('net.not-pnml', { file, root: root.name }, { place: { file, row: root.row } })
  const nets = root.children.filter((child) => child.name === 'net')
  const net = nets[0]
  if (!net || nets.length > 1) return refuse('net.one-net', { file, count: nets.length }, { place: { file } })
  const items: XmlElement[] = []
  collect(net, items)

  const places: Place[] = []
  const labels: { id: string; label: string | null; element?: string }[] = []
  const placeOf = new Map<string, number>()
  const transitionOf = new Map<string, number>()
  const arcs: Arc[] = []
  const initial: number[] = []
  for (const item of items) {
    const here = { place: { file, row: item.row } }
    const id = item.attributes.get('id') ?? ''
    if (item.name === 'place' || item.name === 'transition') {
      if (id === '') return refuse('net.no-id', { element: item.name }, here)
      const known = item.name === 'place' ? placeOf : transitionOf
      if (known.has(id)) return refuse('net.id-twice', { id }, here)
    }
    if (item.name === 'place') {
      const tokens = tokensOf(childOf(item, 'initialMarking'))
      if (!isCount(tokens)) return refuse('net.marking', { id }, here)
      for (let token = 0; token < tokens; token += 1) initial.push(places.length)
      placeOf.set(id, places.length)
      places.push({ id: ownPart(item).id ?? id })
    } else if (item.name === 'transition') {
      transitionOf.set(id, labels.length)
      labels.push({ id, label: isInvisible(item) ? null : nameOf(item) || null, ...ownPart(item) })
    } else if (item.name === 'arc') {
      const arc = readArc(item, file)
      if ('kind' in arc) return arc
      arcs.push(arc)
    } else if (item.name === 'referencePlace' || item.name === 'referenceTransition') {
      return refuse('net.reference-node', { id }, here)
    }
  }

  const inputs: number[][] = labels.map(() => [])
  const outputs: number[][] = labels.map(() => [])
  const entered = new Set<number>()
  const left = new Set<number>()
  const seen = new Set<string>()
  for (const arc of arcs) {
    const here = { place: { file, row: arc.row } }
    const [fromPlace, toTransition] = [placeOf.get(arc.source), transitionOf.get(arc.target)]
    const [fromTransition, toPlace] = [transitionOf.get(arc.source), placeOf.get(arc.target)]
    if (fromPlace === undefined && fromTransition === undefined)
      return refuse('net.missing-node', { id: arc.source }, here)
    if (toPlace === undefined && toTransition === undefined) return refuse('net.missing-node', { id: arc.target }, here)
    let pair: string
    if (fromPlace !== undefined && toTransition !== undefined) {
      pair = `place ${fromPlace} ${toTransition}`
      inputs[toTransition]?.push(fromPlace)
      left.add(fromPlace)
    } else if (fromTransition !== undefined && toPlace !== undefined) {
      pair = `transition ${fromTransition} ${toPlace}`
      outputs[fromTransition]?.push(toPlace)
      entered.add(toPlace)
    } else return refuse('net.same-kind', { source: arc.source, target: arc.target }, here)
    if (seen.has(pair)) return refuse('net.arc-weight', { id: `${arc.source} → ${arc.target}`, weight: 2 }, here)
    seen.add(pair)
  }

  if (initial.length === 0) {
    const sources = places.flatMap((_, index) => (entered.has(index) ? [] : [index]))
    if (sources.length !== 1) return refuse('net.no-initial', { file, count: sources.length }, { place: { file } })
    initial.push(...sources)
  }
  const final = readFinal(root, net, placeOf, file)
  if ('kind' in final) return final
  if (final.length === 0) {
    const sinks = places.flatMap((_, index) => (left.has(index) || !entered.has(index) ? [] : [index]))
    if (sinks.length !== 1) return refuse('net.no-final', { file, count: sinks.length }, { place: { file } })
    final.push(...sinks)
  }
  const ascending = (a: number, b: number): number => a - b
  const transitions: Transition[] = labels.map((named, index) => ({
    ...named,
    inputs: (inputs[index] ?? []).sort(ascending),
    outputs: (outputs[index] ?? []).sort(ascending),
  }))
  return { places, transitions, initial: initial.sort(ascending), final: final.sort(ascending) }
}

/** The place indices of the one final marking, repeated per token; empty where the file states none. */
function readFinal(
  root: XmlElement,
  net: XmlElement,
  placeOf: ReadonlyMap<string, number>,
  file: string,
): number[] | Refusal {
  const stated = [...net.children, ...root.children].filter((child) => child.name === 'finalmarkings')
  const markings = stated.flatMap((all) => all.children.filter((child) => child.name === 'marking'))
  let final: number[] = []
  let said: string | undefined
  for (const marking of markings) {
    const held: number[] = []
    for (const place of marking.children) {
      if (place.name !== 'place') continue
      const id = place.attributes.get('idref') ?? ''
      const here = { place: { file, row: place.row } }
      const target = placeOf.get(id)
      if (target === undefined) return refuse('net.missing-node', { id }, here)
      const tokens = tokensOf(place)
      if (!isCount(tokens)) return refuse('net.marking', { id }, here)
      for (let token = 0; token < tokens; token += 1) held.push(target)
    }
    const key = [...held].sort((a, b) => a - b).join(',')
    if (said !== undefined && said !== key)
      return refuse('net.several-finals', { file }, { place: { file, row: marking.row } })
    said = key
    final = held
  }
  return final
}
