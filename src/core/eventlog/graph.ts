import { activitiesOf } from './activities.ts'
import { eventsIn, type LogView } from './log-view.ts'
import { PairIndex } from './pair-index.ts'
import { grouped, type Spread, spreadsOf } from './spread.ts'

/** An activity in a directly-follows graph. */
interface GraphNode {
  readonly activity: string
  readonly events: number
  readonly cases: number
  /** Cases that begin, and that end, with it. */
  readonly starts: number
  readonly ends: number
}

/** One activity directly after another in a case. */
interface GraphEdge {
  readonly from: string
  readonly to: string
  readonly count: number
  readonly cases: number
  /** Seconds from the one event to the next; null where no such pair has two instants. */
  readonly duration: Spread | null
}

/** Which activities directly follow which, the most frequent first, equal ones by name. */
interface FollowsGraph {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
}

const tally = (counts: Int32Array, at: number): void => {
  counts[at] = (counts[at] as number) + 1
}

/** The directly-follows graph of a view's cases (van der Aalst, Process Mining, 2016, §6.2), with durations on its edges. */
export function followsGraph(view: LogView): FollowsGraph {
  const { log, cases } = view
  const { names, codes } = activitiesOf(log)
  const { caseStart, time } = log
  const width = names.length
  const pairs = new PairIndex(width)
  const { table } = pairs
  const events = new Int32Array(width)
  const inCases = new Int32Array(width)
  const starts = new Int32Array(width)
  const ends = new Int32Array(width)
  const lastCase = new Int32Array(width).fill(-1)
  const total = eventsIn(view)
  const edgeOf = new Int32Array(total)
  const seconds = new Float64Array(total)
  const edgeCases: number[] = []
  const edgeLastCase: number[] = []
  let used = 0
  for (let k = 0; k < cases.length; k++) {
    const c = cases[k] as number
    const start = caseStart[c] as number
    const end = caseStart[c + 1] as number
    if (start === end) continue
    let before = -1
    for (let i = start; i < end; i++) {
      const code = codes[i] as number
      tally(events, code)
      if (lastCase[code] !== c) {
        lastCase[code] = c
        tally(inCases, code)
      }
      if (i > start) {
        let edge = table === null ? -1 : (table[before * width + code] as number) - 1
        if (edge < 0) edge = pairs.of(before, code)
        if (edgeLastCase[edge] !== c) {
          edgeLastCase[edge] = c
          edgeCases[edge] = (edgeCases[edge] ?? 0) + 1
        }
        edgeOf[used] = edge
        seconds[used++] = ((time[i] as number) - (time[i - 1] as number)) / 1000
      }
      before = code
    }
    tally(starts, codes[start] as number)
    tally(ends, before)
  }
  const counts = new Int32Array(pairs.size)
  for (let i = 0; i < used; i++) tally(counts, edgeOf[i] as number)
  const durations = spreadsOf(grouped(edgeOf, seconds, used, pairs.size))
  const edgeOrder = Array.from(counts, (_, edge) => edge).sort(
    (a, b) =>
      (counts[b] as number) - (counts[a] as number) ||
      (pairs.from[a] as number) - (pairs.from[b] as number) ||
      (pairs.to[a] as number) - (pairs.to[b] as number),
  )
  return {
    nodes: names
      .map((activity, code) => ({
        activity,
        events: events[code] as number,
        cases: inCases[code] as number,
        starts: starts[code] as number,
        ends: ends[code] as number,
      }))
      .filter((node) => node.events > 0)
      .sort((a, b) => b.events - a.events),
    edges: edgeOrder.map((edge) => ({
      from: names[pairs.from[edge] as number] as string,
      to: names[pairs.to[edge] as number] as string,
      count: counts[edge] as number,
      cases: edgeCases[edge] as number,
      duration: durations[edge] as Spread | null,
    })),
  }
}
