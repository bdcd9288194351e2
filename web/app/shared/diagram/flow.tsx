import type { ReactNode } from 'react'
import { Mark } from '../marks.tsx'
import { linesOf } from './text.ts'

/** A point of the drawing, in its own units. */
interface Point {
  readonly x: number
  readonly y: number
}

/** A node as the procedure's own layout places it. */
export interface FlowNode extends Point {
  readonly id: string
  readonly kind: string
  readonly label: string
  readonly w: number
  readonly h: number
}

/** A procedure's drawing, read from the same file that the net is compiled from. */
export interface FlowDiagram {
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly {
    readonly id: string
    readonly from: string
    readonly to: string
    readonly points: readonly Point[]
    readonly label: string
  }[]
}

/** How a step stands in a case: done, now, still to come, deviating, or missing where the procedure has it. */
export type StepTone = 'done' | 'now' | 'todo' | 'red' | 'yellow' | 'missing'

/** The paint over the one drawing; without paint every step is drawn alike. */
export interface Paint {
  readonly nodes: Readonly<Record<string, { readonly tone: StepTone; readonly note?: string }>>
  /** Edges that the case went along. */
  readonly walked: ReadonlySet<string>
}

const margin = 24
// Layouts leave as much room between rows as a screen is high: closer rows keep more of the way in sight.
const closer = 0.64

/** The same drawing with its rows closer together. */
function closeUp({ nodes, edges }: FlowDiagram): FlowDiagram {
  return {
    nodes: nodes.map((node) => ({ ...node, y: node.y * closer, h: node.h * closer })),
    edges: edges.map((edge) => ({ ...edge, points: edge.points.map(({ x, y }) => ({ x, y: y * closer })) })),
  }
}

/** The extent of a drawing, with room for marks and labels at its edge. */
function extentOf({ nodes, edges }: FlowDiagram) {
  const points = edges.flatMap((edge) => edge.points)
  const xs = [...nodes.flatMap((node) => [node.x, node.x + node.w]), ...points.map((point) => point.x)]
  const ys = [...nodes.flatMap((node) => [node.y, node.y + node.h]), ...points.map((point) => point.y)]
  const left = Math.min(...xs) - margin
  const top = Math.min(...ys) - margin
  return { left, top, width: Math.max(...xs) - left + margin, height: Math.max(...ys) - top + margin + 12 }
}

const isGateway = (kind: string): boolean => /gateway/i.test(kind)
const isEvent = (kind: string): boolean => /event|start|end/i.test(kind)
const isEnd = (kind: string): boolean => /end/i.test(kind)

/** The flow chart: one drawing for the public, for a case's path and for its deviations, with different paint. */
export function Flow({
  diagram,
  says,
  paint,
  notes,
}: {
  readonly diagram: FlowDiagram
  readonly says: string
  readonly paint?: Paint
  /** What stands in a step under its name, where it is more than a note: links to cases. Null leaves a step as it is. */
  readonly notes?: (node: FlowNode) => ReactNode
}) {
  const close = closeUp(diagram)
  const { left, top, width, height } = extentOf(close)
  return (
    <svg
      className="flow"
      // What a reader can open inside it would be hidden in an image.
      role={notes ? 'group' : 'img'}
      aria-label={says}
      width={Math.round(width)}
      height={Math.round(height)}
      viewBox={`${left} ${top} ${width} ${height}`}
    >
      {close.edges.map((edge) => (
        <Edge key={edge.id} edge={edge} walked={paint?.walked.has(edge.id)} />
      ))}
      {close.nodes.map((node) => (
        <Node
          key={node.id}
          node={node}
          paint={paint?.nodes[node.id]}
          painted={paint !== undefined}
          within={notes?.(node) ?? null}
        />
      ))}
    </svg>
  )
}

const round = (value: number): number => Math.round(value * 10) / 10

function Edge({ edge, walked }: { readonly edge: FlowDiagram['edges'][number]; readonly walked?: boolean }) {
  const points = edge.points
  const last = points.at(-1)
  const before = points.at(-2)
  if (!last || !before) return null
  const angle = Math.atan2(last.y - before.y, last.x - before.x)
  const wing = (turn: number): string =>
    `${round(last.x - 9 * Math.cos(angle + turn))} ${round(last.y - 9 * Math.sin(angle + turn))}`
  const path = points.map((point, index) => `${index === 0 ? 'M' : 'L'}${round(point.x)} ${round(point.y)}`).join('')
  const labelAt = labelPoint(points)
  return (
    <g className={walked ? 'f-edge walked' : 'f-edge'}>
      <path d={path} />
      <path d={`M${round(last.x)} ${round(last.y)}L${wing(0.42)}L${wing(-0.42)}z`} className="tip" />
      {edge.label && (
        <text x={round(labelAt.x)} y={round(labelAt.y)} textAnchor={labelAt.anchor} className="f-edge-label">
          {edge.label}
        </text>
      )}
    </g>
  )
}

/** A label stands over the leg that leads into its step: the legs out of a gateway often lie upon each other. */
function labelPoint(points: readonly Point[]): Point & { anchor: 'start' | 'middle' } {
  const first = points[0] as Point
  for (let leg = points.length - 1; leg > 0; leg--) {
    const from = points[leg - 1] as Point
    const to = points[leg] as Point
    if (Math.abs(to.x - from.x) > 40) return { x: (from.x + to.x) / 2, y: to.y - 5, anchor: 'middle' }
  }
  return { x: first.x + 6, y: first.y + 16, anchor: 'start' }
}

function Node({
  node,
  paint,
  painted,
  within,
}: {
  readonly node: FlowNode
  readonly paint?: Paint['nodes'][string]
  readonly painted: boolean
  readonly within: ReactNode
}) {
  const tone = paint?.tone ?? (painted ? 'todo' : 'plain')
  const middle = node.x + node.w / 2
  const centre = node.y + node.h / 2
  if (isGateway(node.kind)) return <Gateway node={node} tone={tone} />
  if (isEvent(node.kind)) {
    return (
      <g className={`f-node event ${tone}`}>
        <circle cx={middle} cy={centre} r={node.w / 2 - 1} className={isEnd(node.kind) ? 'end' : undefined} />
        {node.label && (
          <Lines
            x={middle}
            y={centre + node.w / 2 + 14}
            lines={linesOf(node.label, 9, 2)}
            className="f-small"
            from="top"
          />
        )}
      </g>
    )
  }
  const noted = paint?.note !== undefined || within !== null
  const lines = linesOf(node.label, (node.w - 10) / 13, noted ? 2 : 3)
  return (
    <g className={`f-node task ${tone}`}>
      <rect x={node.x} y={node.y} width={node.w} height={node.h} rx="4" />
      <Lines x={middle} y={noted ? centre - 9 : centre} lines={lines} className="f-label" from="centre" />
      {paint?.note && (
        <text x={middle} y={node.y + node.h - 6} textAnchor="middle" className="f-small">
          {paint.note}
        </text>
      )}
      {within}
      {(tone === 'red' || tone === 'missing' || tone === 'yellow') && (
        <svg x={node.x + node.w - 11} y={node.y - 11} width="22" height="22" viewBox="-3 -3 22 22" aria-hidden="true">
          <circle cx="8" cy="8" r="10.5" className="f-mark-ground" />
          <Mark tone={tone === 'yellow' ? 'yellow' : 'red'} />
        </svg>
      )}
    </g>
  )
}

function Gateway({ node, tone }: { readonly node: FlowNode; readonly tone: string }) {
  const middle = node.x + node.w / 2
  const centre = node.y + node.h / 2
  const parallel = /parallel/i.test(node.kind)
  return (
    <g className={`f-node gateway ${tone}`}>
      <path d={`M${middle} ${node.y}L${node.x + node.w} ${centre}L${middle} ${node.y + node.h}L${node.x} ${centre}z`} />
      {parallel && <path d={`M${middle - 8} ${centre}h16M${middle} ${centre - 8}v16`} className="sign" />}
      {node.label && (
        <Lines x={middle} y={node.y - 6} lines={linesOf(node.label, 10, 2)} className="f-small" from="bottom" />
      )}
    </g>
  )
}

/** Lines of text around a point: hanging from it, centred on it, or standing on it. */
function Lines({
  x,
  y,
  lines,
  className,
  from,
}: {
  readonly x: number
  readonly y: number
  readonly lines: readonly string[]
  readonly className: string
  readonly from: 'top' | 'centre' | 'bottom'
}): ReactNode {
  const step = lines.length > 2 ? 15 : 16
  const rise =
    from === 'top' ? 0 : from === 'bottom' ? (lines.length - 1) * step : ((lines.length - 1) * step) / 2 - 4.5
  return (
    <text textAnchor="middle" className={className}>
      {lines.map((line, index) => (
        <tspan key={line} x={round(x)} y={round(y - rise + index * step)}>
          {line}
        </tspan>
      ))}
    </text>
  )
}
