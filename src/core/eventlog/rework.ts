import { activitiesOf } from './activities.ts'
import { eventsIn, type LogView } from './log-view.ts'
import { grouped, type Spread, spreadsOf } from './spread.ts'

/** An activity that cases repeat. */
export interface ReworkRow {
  readonly activity: string
  /** Cases in which it happened twice or more. */
  readonly cases: number
  /** Events beyond the first of each case: direct + back. */
  readonly extra: number
  /** Of these: at once after itself. */
  readonly direct: number
  /** Of these: after other activities, a way back. */
  readonly back: number
  /** Most often in one case. */
  readonly most: number
  /** Seconds from one occurrence to the next of the same case. */
  readonly loop: Spread | null
}

/** What cases did more than once, the most cases first, equal ones by name. */
interface Rework {
  /** Cases in which some activity happened twice or more. */
  readonly reworked: number
  readonly rows: readonly ReworkRow[]
}

/** Counts repeated activities. */
export function rework(view: LogView): Rework {
  const { log, cases } = view
  const { names, codes } = activitiesOf(log)
  const { caseStart, time } = log
  const width = names.length
  const counts = { cases: new Int32Array(width), direct: new Int32Array(width), back: new Int32Array(width) }
  const most = new Int32Array(width)
  const lastEvent = new Int32Array(width).fill(-1)
  const times = new Int32Array(width)
  const total = eventsIn(view)
  const groups = new Int32Array(total)
  const seconds = new Float64Array(total)
  let used = 0
  let reworked = 0
  const add = (column: Int32Array, code: number): void => {
    column[code] = (column[code] as number) + 1
  }
  for (const c of cases) {
    const start = caseStart[c] as number
    let again = false
    for (let i = start; i < (caseStart[c + 1] as number); i++) {
      const code = codes[i] as number
      const before = lastEvent[code] as number
      lastEvent[code] = i
      if (before < start) {
        times[code] = 1
        continue
      }
      again = true
      add(before === i - 1 ? counts.direct : counts.back, code)
      const happened = (times[code] as number) + 1
      times[code] = happened
      if (happened === 2) add(counts.cases, code)
      if (happened > (most[code] as number)) most[code] = happened
      groups[used] = code
      seconds[used++] = ((time[i] as number) - (time[before] as number)) / 1000
    }
    if (again) reworked++
  }
  const loops = spreadsOf(grouped(groups, seconds, used, width))
  const rows = names.map(
    (activity, code): ReworkRow => ({
      activity,
      cases: counts.cases[code] as number,
      extra: (counts.direct[code] as number) + (counts.back[code] as number),
      direct: counts.direct[code] as number,
      back: counts.back[code] as number,
      most: most[code] as number,
      loop: loops[code] as Spread | null,
    }),
  )
  return { reworked, rows: rows.filter((row) => row.cases > 0).sort((a, b) => b.cases - a.cases) }
}
