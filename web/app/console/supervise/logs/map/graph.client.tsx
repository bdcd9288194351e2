import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { components } from '../../../../api/generated/schema.d.ts'
import { type LayeredDrawing, layOut, type Point } from '../../../../shared/diagram/layered/layered.ts'
import { linesOf, widthOf } from '../../../../shared/diagram/text.ts'
import { formatNumber } from '../../../../shared/format.ts'
import { useElapsed } from '../../../ui/elapsed.client.ts'
import { type LogFilter, useLogFilter, withFilter } from '../filter/filter.client.ts'
import { narrow } from '../filter/narrow.ts'
import { useActivityName } from '../procedure.client.ts'
import { type Edge, END, type Node, START } from './cut.ts'

type GraphEdge = components['schemas']['LogGraph']['edges'][number]
type Drawn = Edge | GraphEdge

/** What the edges of the map tell. */
export const measures = ['count', 'cases', 'median', 'p90'] as const
export type Measure = (typeof measures)[number]

const spreadOf = (edge: Drawn) => ('duration' in edge ? edge.duration : null)

/** What an edge tells under a measure; null where it is a time and none is known, as at a beginning or an end. */
export function measured(edge: Drawn, measure: Measure): number | null {
  if (measure === 'count') return edge.count
  if (measure === 'cases') return edge.cases
  return spreadOf(edge)?.[measure] ?? null
}

/** A directly-follows graph as a drawing: each step and each edge is a link to its cases. */
export function GraphDrawing({
  log,
  nodes,
  edges,
  measure,
  says,
}: {
  readonly log: string
  readonly nodes: readonly Node[]
  readonly edges: readonly Drawn[]
  readonly measure: Measure
  readonly says: string
}) {
  const { t, i18n } = useTranslation('analysis')
  const elapsed = useElapsed()
  const { filter } = useLogFilter()
  const activityName = useActivityName(log)
  const number = (value: number) => formatNumber(value, i18n.language)
  const told = (edge: Drawn): string => {
    const value = measured(edge, measure)
    if (value === null) return ''
    return measure === 'count' || measure === 'cases' ? number(value) : elapsed(value)
  }
  const drawing = useMemo(() => {
    const boxes = nodes.map(({ activity }) => ({ id: activity, ...boxOf(activityName(activity)) }))
    const ends = [START, END]
      .filter((id) => edges.some(({ from, to }) => from === id || to === id))
      .map((id) => ({ id, width: 28, height: 28 }))
    const arrows = edges.map((edge) => ({
      from: edge.from,
      to: edge.to,
      weight: edge.count,
      labelWidth: Math.max(8, widthOf(told(edge)) * 12 + 6),
    }))
    const drawn = (end: string) => ends.map(({ id }) => id).filter((id) => id === end)
    return layOut([...boxes, ...ends], arrows, { first: drawn(START), last: drawn(END) })
  }, [nodes, edges, measure, i18n.language, activityName])
  const open = (where: LogFilter): string | null => {
    const both = narrow(filter, where)
    return both === null ? null : withFilter(`/console/supervise/logs/${log}/cases`, both)
  }
  const most = Math.max(1, ...edges.map((edge) => measured(edge, measure) ?? 0))
  const steps = new Map(nodes.map((node) => [node.activity, node]))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing that holds links is neither an image nor a form's group
    <svg
      role="group"
      className="dfg"
      aria-label={says}
      width={Math.ceil(drawing.width)}
      height={Math.ceil(drawing.height)}
      viewBox={`0 0 ${Math.ceil(drawing.width)} ${Math.ceil(drawing.height)}`}
    >
      {drawing.edges.map((arrow, at) => {
        const edge = edges[at] as Drawn
        return (
          <Arrow
            key={`${edge.from} ${edge.to}`}
            arrow={arrow}
            label={told(edge)}
            weight={(measured(edge, measure) ?? 0) / most}
            to={open(opensEdge(edge))}
            says={t(edge.from === START ? 'graph.begins' : edge.to === END ? 'graph.ends' : 'graph.follows', {
              from: activityName(edge.from),
              to: activityName(edge.to),
              told: told(edge),
            })}
          />
        )
      })}
      {drawing.nodes.map((box) => {
        const step = steps.get(box.id)
        if (!step)
          return <circle key={box.id} cx={box.x} cy={box.y} r="11" className={box.id === END ? 'end' : 'start'} />
        const to = open({ contains: [step.activity] })
        const value = measure === 'cases' ? step.cases : step.events
        return (
          <Linked key={box.id} to={to}>
            <g className="node">
              <rect x={box.x - box.width / 2} y={box.y - box.height / 2} width={box.width} height={box.height} rx="4" />
              {linesOf(activityName(step.activity), 12, 3).map((line, at) => (
                <text
                  key={line}
                  x={box.x}
                  y={box.y - box.height / 2 + 19 + at * 16}
                  textAnchor="middle"
                  className="f-label"
                >
                  {`${line} `}
                </text>
              ))}
              <text x={box.x} y={box.y + box.height / 2 - 8} textAnchor="middle" className="f-small">
                {number(value)}
              </text>
            </g>
          </Linked>
        )
      })}
    </svg>
  )
}

/** The cases behind an edge. */
export function opensEdge({ from, to }: Edge): LogFilter {
  if (from === START) return { startsWith: [to] }
  if (to === END) return { endsWith: [from] }
  return { follows: [{ from, to, how: 'directly' }] }
}

function boxOf(activity: string): { readonly width: number; readonly height: number } {
  const lines = linesOf(activity, 12, 3)
  const width = Math.max(...lines.map((line) => widthOf(line) * 13)) + 24
  return { width: Math.max(84, Math.ceil(width)), height: 30 + lines.length * 16 }
}

function Linked({
  to,
  says,
  children,
}: {
  readonly to: string | null
  /** What it is, where its own letters do not say it. */
  readonly says?: string
  readonly children: React.ReactNode
}) {
  if (to === null) return children
  return (
    <Link to={to} aria-label={says}>
      {says && <title>{says}</title>}
      {children}
    </Link>
  )
}

const round = (value: number): number => Math.round(value * 10) / 10

/** A line through its points with its corners rounded off. */
function rounded(points: readonly Point[]): string {
  return points
    .map((point, at) => {
      const [before, after] = [points[at - 1], points[at + 1]]
      if (!before) return `M${round(point.x)} ${round(point.y)}`
      if (!after) return `L${round(point.x)} ${round(point.y)}`
      const [into, out] = [towards(point, before), towards(point, after)]
      return `L${round(into.x)} ${round(into.y)}Q${round(point.x)} ${round(point.y)} ${round(out.x)} ${round(out.y)}`
    })
    .join('')
}

/** A point a corner's size away from another, or half-way where they are nearer. */
function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const part = length === 0 ? 0 : Math.min(14, length / 2) / length
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
}

/** An edge from point to point, with its tip; it is as thick as what it tells. */
function Arrow({
  arrow,
  label,
  weight,
  to,
  says,
}: {
  readonly arrow: LayeredDrawing['edges'][number]
  readonly label: string
  readonly weight: number
  readonly to: string | null
  readonly says: string
}) {
  const { points } = arrow
  const [before, last] = points.slice(-2) as [Point, Point]
  const angle = Math.atan2(last.y - before.y, last.x - before.x)
  const wing = (turn: number): string =>
    `${round(last.x - 9 * Math.cos(angle + turn))} ${round(last.y - 9 * Math.sin(angle + turn))}`
  return (
    <g className={arrow.back ? 'arrow back' : 'arrow'}>
      <path d={rounded(points)} strokeWidth={round(1 + 5 * Math.sqrt(weight))} />
      <path d={`M${round(last.x)} ${round(last.y)}L${wing(0.42)}L${wing(-0.42)}z`} className="tip" />
      {label !== '' && (
        <Linked to={to} says={says}>
          <text x={round(arrow.label.x)} y={round(arrow.label.y + 4)} textAnchor="middle" className="count">
            {label}
          </text>
        </Linked>
      )}
    </g>
  )
}
