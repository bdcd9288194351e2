import type { FlowDiagram, Paint, StepTone } from './flow.tsx'

/** One move of a case's optimal alignment, as the API gives it. */
export interface PathMove {
  readonly element: string | null
  readonly kind: 'synchronous' | 'log' | 'model' | 'silent'
  readonly event: number | null
}

/** A deviation, as far as it is drawn. */
export interface DrawnDeviation {
  readonly kind: 'skipped' | 'extra' | 'unknown' | 'order' | 'repeated'
  readonly element?: string
  readonly step: string
  readonly times?: number
}

const toneOf: Readonly<Record<DrawnDeviation['kind'], StepTone | null>> = {
  skipped: 'missing',
  order: 'red',
  extra: 'yellow',
  repeated: 'yellow',
  unknown: null,
}

/**
 * Paints a case's path on the procedure's drawing: what was done with its date, what is missing, what deviates. A step
 * that deviates keeps its deviation's paint however often it was also done as it should be.
 */
export function paintOf(
  diagram: FlowDiagram,
  path: readonly PathMove[],
  deviations: readonly DrawnDeviation[],
  told: (event: number) => { readonly activity: string; readonly note: string },
  unfinished: boolean,
): Paint {
  const nodes: Record<string, { tone: StepTone; note?: string }> = {}
  const walked = new Set<string>()
  const gateways = new Set(diagram.nodes.filter((node) => /gateway/i.test(node.kind)).map((node) => node.id))
  const known = new Set(diagram.nodes.map((node) => node.id))
  const visited = path.filter((move) => move.element !== null && known.has(move.element) && move.kind !== 'model')
  const start = diagram.nodes.find((node) => /start/i.test(node.kind))?.id
  let at = start
  if (start !== undefined && visited.length > 0) nodes[start] = { tone: 'done' }
  const before: string[] = at === undefined ? [] : [at]
  const walk = (from: string, to: string): boolean => {
    const way = wayBetween(diagram, from, to, gateways)
    for (const edge of way) {
      walked.add(edge.id)
      nodes[edge.to] ??= { tone: 'done' }
    }
    return way.length > 0
  }
  for (const { element, event } of visited) {
    if (element === null) continue
    // A step beside another (in parallel) was come to from an earlier one than the last.
    if (at !== element) before.toReversed().some((from) => from !== element && walk(from, element))
    nodes[element] = { tone: 'done', ...(event === null ? {} : { note: told(event).note }) }
    at = element
    before.push(element)
  }
  // And it led on to what came after both.
  before.forEach((from, index) => {
    if (diagram.edges.some((edge) => edge.from === from && walked.has(edge.id))) return
    before.slice(index + 1).some((to) => to !== from && walk(from, to))
  })
  const last = visited.findLast((move) => move.kind === 'synchronous')?.element
  if (unfinished && last) nodes[last] = { ...nodes[last], tone: 'now' }
  if (!unfinished && at !== undefined) endOf(diagram, at, gateways, nodes, walked)
  // A step that came in the wrong place stands where the procedure has it, with the day on which it did happen.
  const late = path.filter((move) => move.kind === 'log' && move.event !== null)
  for (const { element, kind } of path) {
    if (kind !== 'model' || element === null || nodes[element] !== undefined) continue
    const label = diagram.nodes.find((node) => node.id === element)?.label
    const event = late.find((move) => told(move.event ?? 0).activity === label)?.event ?? null
    nodes[element] = event === null ? { tone: 'missing' } : { tone: 'yellow', note: told(event).note }
  }
  for (const deviation of deviations) {
    const tone = toneOf[deviation.kind]
    if (tone === null || deviation.element === undefined) continue
    nodes[deviation.element] = { ...nodes[deviation.element], tone }
  }
  return { nodes, walked }
}

/** The way from one step to the next along the drawing, through gateways alone; none where the case left the procedure. */
function wayBetween(
  diagram: FlowDiagram,
  from: string,
  to: string,
  gateways: ReadonlySet<string>,
): readonly FlowDiagram['edges'][number][] {
  const cameBy = new Map<string, FlowDiagram['edges'][number]>()
  const queue = [from]
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    for (const edge of diagram.edges) {
      if (edge.from !== node || cameBy.has(edge.to) || edge.to === from) continue
      cameBy.set(edge.to, edge)
      if (edge.to === to) return backTo(from, to, cameBy)
      if (gateways.has(edge.to)) queue.push(edge.to)
    }
  }
  return []
}

function backTo(from: string, to: string, cameBy: ReadonlyMap<string, FlowDiagram['edges'][number]>) {
  const way: FlowDiagram['edges'][number][] = []
  for (let edge = cameBy.get(to); edge !== undefined; edge = edge.from === from ? undefined : cameBy.get(edge.from)) {
    way.unshift(edge)
  }
  return way
}

/** A case that ended went on to the end that lies behind its last step, if only gateways lie between. */
function endOf(
  diagram: FlowDiagram,
  at: string,
  gateways: ReadonlySet<string>,
  nodes: Record<string, { tone: StepTone; note?: string }>,
  walked: Set<string>,
): void {
  for (const node of diagram.nodes) {
    if (!/end/i.test(node.kind)) continue
    const way = wayBetween(diagram, at, node.id, gateways)
    for (const edge of way) {
      walked.add(edge.id)
      nodes[edge.to] ??= { tone: 'done' }
    }
    if (way.length > 0) return
  }
}
