import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { components } from '../../../../api/generated/schema.d.ts'
import { around } from '../../../../shared/diagram/around.ts'
import { Flow, type FlowNode, type Paint } from '../../../../shared/diagram/flow.tsx'
import { fold } from '../../../../shared/diagram/fold.ts'
import { namedIn } from '../../../../shared/diagram/names.ts'
import { widthOf } from '../../../../shared/diagram/text.ts'
import { formatNumber } from '../../../../shared/format.ts'
import { ScrollPart } from '../../../../shared/scroll.tsx'
import { Card } from '../../../ui/page.client.tsx'
import { useActivityName } from '../procedure.client.ts'
import { type DeviationRow, type Deviations, toneOf, useCasesOf } from './rows.client.ts'

type Procedure = components['schemas']['ProcedurePage']
type Conformance = components['schemas']['LogConformance']

/** The rows of each element of the drawing, by the element that conformance names. */
export function byElement(rows: readonly DeviationRow[]): ReadonlyMap<string, readonly DeviationRow[]> {
  const found = new Map<string, DeviationRow[]>()
  for (const row of rows) if (row.element !== null) found.set(row.element, [...(found.get(row.element) ?? []), row])
  return found
}

/** The deviations on the procedure's own drawing: at each step how many cases skip it, have it too often or too early. */
export function DeviationDiagram({
  log,
  found,
  procedure,
  elements = [],
}: {
  readonly log: string
  readonly found: Deviations
  readonly procedure: Procedure
  /** In how many cases each element was done as the procedure says, where that is known of the same cases. */
  readonly elements?: Conformance['elements'] | undefined
}) {
  const { t, i18n } = useTranslation('analysis')
  const casesOf = useCasesOf(log, found.procedure)
  const activityName = useActivityName(log)
  const rows = byElement(found.deviations)
  const drawn = found.deviations.filter(({ element }) => element !== null).length
  const [whole, setWhole] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The first step that deviates comes into view, however far the drawing reaches.
    const all = place.current?.querySelectorAll('.f-node.red,.f-node.missing,.f-node.yellow') ?? []
    if (!place.current || all.length === 0) return
    const first = Math.min(...[...all].map((node) => node.getBoundingClientRect().left))
    const at = first - place.current.getBoundingClientRect().left
    if (at > place.current.clientWidth / 2) place.current.scrollLeft += at - place.current.clientWidth / 3
  }, [found, whole])
  const kept = new Map(
    elements.filter(({ kind }) => kind === 'synchronous').map(({ element, cases }) => [element, cases]),
  )
  const noteOf = (element: string) => {
    const cases = kept.get(element)
    return cases === undefined ? {} : { note: formatNumber(cases, i18n.language) }
  }
  const nodes: Record<string, Paint['nodes'][string]> = {}
  for (const node of procedure.diagram.nodes) {
    const own = rows.get(node.id)
    if (!own) nodes[node.id] = { tone: 'done', ...noteOf(node.id) }
    else if (own.some(({ kind }) => kind === 'order')) nodes[node.id] = { tone: 'red' }
    else if (own.some(({ kind }) => kind === 'skipped')) nodes[node.id] = { tone: 'missing' }
    else nodes[node.id] = { tone: toneOf(own[0]?.kind ?? 'extra') }
  }
  const { diagram } = procedure
  const shown = whole || rows.size === 0 ? diagram : fold(diagram, around(diagram, new Set(rows.keys())))
  const notes = (node: FlowNode) => {
    const own = rows.get(node.id)
    if (!own) return null
    const said = own.map((row) => ({
      row,
      says: `${t(`deviations.short.${row.kind}`)} ${formatNumber(row.cases, i18n.language)}`,
    }))
    const widths = said.map(({ says }) => widthOf(says) * 12 + 8)
    let x = node.x + node.w / 2 - widths.reduce((sum, width) => sum + width, 0) / 2
    return said.map(({ row, says }, at) => {
      const middle = x + (widths[at] as number) / 2
      x += widths[at] as number
      return (
        <Link
          key={row.key}
          to={casesOf({ deviation: row.key })}
          aria-label={t('deviations.node', { step: activityName(row.step), says })}
        >
          <text x={middle} y={node.y + node.h - 6} textAnchor="middle" className="f-small f-open">
            {says}
          </text>
        </Link>
      )
    })
  }
  return (
    <Card
      title={t('deviations.drawing')}
      note={t('deviations.drawing-note')}
      right={
        rows.size > 0 && (
          <span className="seg">
            <button type="button" aria-pressed={!whole} onClick={() => setWhole(false)}>
              {t('deviations.part')}
            </button>
            <button type="button" aria-pressed={whole} onClick={() => setWhole(true)}>
              {t('deviations.whole')}
            </button>
          </span>
        )
      }
      foot={drawn < found.deviations.length && t('deviations.not-drawn', { count: found.deviations.length - drawn })}
    >
      <ScrollPart label={t('deviations.drawing')} ref={place}>
        <Flow
          diagram={namedIn(i18n.language, shown, procedure.inOrder)}
          says={t('deviations.says', { count: drawn })}
          paint={{ nodes, walked: new Set() }}
          notes={notes}
        />
      </ScrollPart>
    </Card>
  )
}
