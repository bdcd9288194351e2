import type { Zone } from '../worktime/zone.ts'
import { byCodePoint } from './activities.ts'
import { eventsIn, type LogView } from './log-view.ts'
import { grouped, type Spread, spreadsOf } from './spread.ts'
import { stepStarts } from './step-starts.ts'
import { type Grouping, unitColumn } from './units.ts'

const WEEK = 7 * 86_400_000

/** What went through one step, organ, post, officer, region or item. */
interface ThroughputRow {
  /** Null for the events that do not state it. */
  readonly key: string | null
  readonly events: number
  readonly cases: number
  /** Cases a week, over the time from the view's first event to its last; over one week at least. */
  readonly perWeek: number
  /** Seconds from the event before to the step's beginning, or to the step itself where the log has no beginnings. */
  readonly waiting: Spread | null
  /** Seconds from the step's beginning to its event; null where the log has no beginnings. */
  readonly handling: Spread | null
}

/** Throughput by one grouping, the most events first, equal ones by name. `known`: the log states the grouping at all. */
interface Throughput {
  readonly known: boolean
  readonly rows: readonly ThroughputRow[]
}

/** Counts and times what went through each step or unit. A beginning before the event before it waits 0 seconds. */
export function throughput(view: LogView, by: Grouping, zone: Zone): Throughput {
  const { log, cases } = view
  const column = unitColumn(log, by)
  if (column === null) return { known: false, rows: [] }
  const { names, codes, level } = column
  const none = names.length
  const starts = stepStarts(log, zone)
  const { time, caseStart } = log
  const total = eventsIn(view)
  const groups = new Int32Array(total)
  const waits = new Float64Array(total).fill(Number.NaN)
  const handled = new Float64Array(starts === null ? 0 : total).fill(Number.NaN)
  const events = new Int32Array(none + 1)
  const inCases = new Int32Array(none + 1)
  const lastCase = new Int32Array(none + 1).fill(-1)
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  let k = 0
  for (const c of cases) {
    const from = caseStart[c] as number
    for (let i = from; i < (caseStart[c + 1] as number); i++, k++) {
      const code = codes[level === 'case' ? c : i] as number
      const group = code < 0 ? none : code
      groups[k] = group
      events[group] = (events[group] as number) + 1
      if (lastCase[group] !== c) {
        lastCase[group] = c
        inCases[group] = (inCases[group] as number) + 1
      }
      const at = time[i] as number
      if (at < first) first = at
      if (at > last) last = at
      const began = starts === null ? Number.NaN : (starts[i] as number)
      if (i > from) {
        const wait = ((Number.isNaN(began) ? at : began) - (time[i - 1] as number)) / 1000
        waits[k] = Math.max(wait, 0)
      }
      if (starts !== null && began <= at) handled[k] = (at - began) / 1000
    }
  }
  const weeks = first > last ? 1 : Math.max(1, (last - first) / WEEK)
  const waiting = spreadsOf(grouped(groups, waits, total, none + 1))
  const handling = starts === null ? null : spreadsOf(grouped(groups, handled, total, none + 1))
  const rows = Array.from(
    events,
    (count, group): ThroughputRow => ({
      key: names[group] ?? null,
      events: count,
      cases: inCases[group] as number,
      perWeek: (inCases[group] as number) / weeks,
      waiting: waiting[group] as Spread | null,
      handling: handling?.[group] ?? null,
    }),
  )
    .filter((row) => row.events > 0)
    .sort((a, b) => b.events - a.events || byCodePoint(a.key ?? '', b.key ?? ''))
  return { known: true, rows }
}
