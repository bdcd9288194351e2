import type { Zone } from '../worktime/zone.ts'
import { activitiesOf } from './activities.ts'
import { caseEnds } from './case-end.ts'
import { caseSeconds } from './case-times.ts'
import { eventsIn, type LogView } from './log-view.ts'
import type { PairIndex } from './pair-index.ts'
import { type Grouped, grouped, knownValues } from './spread.ts'
import { stepStarts } from './step-starts.ts'

/** What is counted and timed of the cases of one side of a comparison; activities by their codes in `activitiesOf`. */
export interface CaseFacts {
  readonly cases: number
  readonly open: number
  /** Seconds of each case that has instants, ascending; events of each case, ascending. */
  readonly duration: Float64Array
  readonly events: Float64Array
  /** Cases that contain, repeat, begin with, end with each activity. */
  readonly contain: Int32Array
  readonly repeat: Int32Array
  readonly start: Int32Array
  readonly end: Int32Array
  /** Cases in which each pair of the shared index happened directly. */
  readonly follow: readonly number[]
  /** Seconds that a case waited before, and spent in, each activity, all its occurrences together. */
  readonly waiting: Grouped
  readonly handling: Grouped | null
}

/** Times of one kind that are summed over a case and kept by activity. */
class PerCase {
  readonly groups: Int32Array
  readonly seconds: Float64Array
  used = 0
  readonly #sums: Float64Array
  readonly #met: number[] = []

  constructor(events: number, width: number) {
    this.groups = new Int32Array(events)
    this.seconds = new Float64Array(events)
    this.#sums = new Float64Array(width).fill(Number.NaN)
  }

  add(code: number, seconds: number): void {
    if (Number.isNaN(seconds)) return
    const before = this.#sums[code] as number
    if (Number.isNaN(before)) {
      this.#met.push(code)
      this.#sums[code] = seconds
    } else this.#sums[code] = before + seconds
  }

  endCase(): void {
    for (const code of this.#met) {
      this.groups[this.used] = code
      this.seconds[this.used++] = this.#sums[code] as number
      this.#sums[code] = Number.NaN
    }
    this.#met.length = 0
  }
}

const add = (column: Int32Array, code: number): void => {
  column[code] = (column[code] as number) + 1
}

/** Collects the facts of a view's cases in one pass. `pairs` is shared by the sides, so that their edges have one number. */
export function caseFacts(view: LogView, pairs: PairIndex, zone: Zone, endBy: readonly string[] = []): CaseFacts {
  const { log, cases } = view
  const { names, codes } = activitiesOf(log)
  const { caseStart, time } = log
  const starts = stepStarts(log, zone)
  const ends = caseEnds(log, zone, endBy)
  const width = names.length
  const total = eventsIn(view)
  const [contain, repeat] = [new Int32Array(width), new Int32Array(width)]
  const [start, end] = [new Int32Array(width), new Int32Array(width)]
  const met = new Int32Array(width).fill(-1)
  const times = new Int32Array(width)
  const follow: number[] = []
  const followCase: number[] = []
  const waiting = new PerCase(total, width)
  const handling = new PerCase(starts === null ? 0 : total, width)
  let open = 0
  for (const c of cases) {
    const from = caseStart[c] as number
    const to = caseStart[c + 1] as number
    if (ends.isOpen(c)) open++
    if (to > from) {
      add(start, codes[from] as number)
      add(end, codes[to - 1] as number)
    }
    for (let i = from; i < to; i++) {
      const code = codes[i] as number
      if (met[code] !== c) {
        met[code] = c
        times[code] = 1
        add(contain, code)
      } else {
        times[code] = (times[code] as number) + 1
        if (times[code] === 2) add(repeat, code)
      }
      const began = starts === null ? Number.NaN : (starts[i] as number)
      if (i > from) {
        const pair = pairs.of(codes[i - 1] as number, code)
        if (followCase[pair] !== c) {
          followCase[pair] = c
          follow[pair] = (follow[pair] ?? 0) + 1
        }
        const wait = ((Number.isNaN(began) ? (time[i] as number) : began) - (time[i - 1] as number)) / 1000
        waiting.add(code, Math.max(wait, 0))
      }
      if (starts !== null && began <= (time[i] as number)) handling.add(code, ((time[i] as number) - began) / 1000)
    }
    waiting.endCase()
    handling.endCase()
  }
  return {
    cases: cases.length,
    open,
    duration: knownValues(caseSeconds(view)).sort(),
    events: Float64Array.from(cases, (c) => (caseStart[c + 1] as number) - (caseStart[c] as number)).sort(),
    contain,
    repeat,
    start,
    end,
    follow,
    waiting: ascending(grouped(waiting.groups, waiting.seconds, waiting.used, width)),
    handling: starts === null ? null : ascending(grouped(handling.groups, handling.seconds, handling.used, width)),
  }
}

/** Each group's values in ascending order. */
function ascending(groups: Grouped): Grouped {
  const { start, values } = groups
  for (let g = 0; g + 1 < start.length; g++) values.subarray(start[g], start[g + 1]).sort()
  return groups
}

/** In how many cases of a view both activities of each known pair happened, in whatever order. */
export function casesWithBoth({ log, cases }: LogView, pairs: PairIndex): Int32Array {
  const { names, codes } = activitiesOf(log)
  const met = new Int32Array(names.length).fill(-1)
  const both = new Int32Array(pairs.size)
  const own: number[] = []
  for (const c of cases) {
    own.length = 0
    for (let i = log.caseStart[c] as number; i < (log.caseStart[c + 1] as number); i++) {
      const code = codes[i] as number
      if (met[code] === c) continue
      met[code] = c
      own.push(code)
    }
    // the shorter way: a case of very many activities asks each known pair, not each pair of its own
    if (own.length * own.length > pairs.size) {
      for (let pair = 0; pair < pairs.size; pair++) {
        if (met[pairs.from[pair] as number] === c && met[pairs.to[pair] as number] === c) add(both, pair)
      }
      continue
    }
    for (const from of own) {
      for (const to of own) {
        const pair = pairs.find(from, to)
        if (pair >= 0) add(both, pair)
      }
    }
  }
  return both
}
