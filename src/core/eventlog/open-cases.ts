import { type Day, dateOf, weekdayOf } from '../worktime/day.ts'
import type { Zone } from '../worktime/zone.ts'
import { type CaseEnds, caseEnds } from './case-end.ts'
import { caseTimes } from './case-times.ts'
import type { LogView } from './log-view.ts'

/** How long the stretches are that open cases are counted by. A week begins on Monday. */
export type OpenStep = 'day' | 'week' | 'month'

/** Cases that were opened and closed in one stretch, and those open at its end. */
interface OpenStretch {
  /** The stretch's first day, YYYY-MM-DD. */
  readonly date: string
  readonly opened: number
  readonly closed: number
  readonly open: number
}

/** Open cases over time. */
interface OpenCases {
  readonly endBy: CaseEnds['by']
  /** Cases that have not ended. */
  readonly withoutEnd: number
  /** Cases without any instant, which cannot be counted. */
  readonly withoutTime: number
  readonly rows: readonly OpenStretch[]
}

const stretchStart = (day: Day, step: OpenStep): Day => {
  if (step === 'day') return day
  return step === 'week' ? day - weekdayOf(day) + 1 : day - Number(dateOf(day).slice(8)) + 1
}

/** The first day after a stretch. */
const nextStretch = (start: Day, step: OpenStep): Day =>
  step === 'day' ? start + 1 : step === 'week' ? start + 7 : stretchStart(start + 31, 'month')

/**
 * Counts, stretch by stretch from the first case's beginning to the last event or end, the cases that began, ended and
 * were open. A case begins on the day of its first event and is closed on the day it ended, both in the zone.
 */
export function openCases(view: LogView, zone: Zone, step: OpenStep, endBy: readonly string[] = []): OpenCases {
  const { first, last } = caseTimes(view.log)
  const ends = caseEnds(view.log, zone, endBy)
  let [withoutEnd, withoutTime] = [0, 0]
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const began: Day[] = []
  const ended: Day[] = []
  for (const c of view.cases) {
    if (Number.isNaN(first[c])) {
      withoutTime++
      continue
    }
    const day = zone.dayAt(first[c] as number)
    began.push(day)
    from = Math.min(from, day)
    to = Math.max(to, zone.dayAt(last[c] as number))
    const end = ends.at[c] as number
    if (Number.isNaN(end)) withoutEnd++
    else {
      const closed = zone.dayAt(end)
      ended.push(closed)
      to = Math.max(to, closed)
    }
  }
  if (from > to) return { endBy: ends.by, withoutEnd, withoutTime, rows: [] }
  const opened = new Int32Array(to - from + 1)
  const closed = new Int32Array(to - from + 1)
  for (const day of began) opened[day - from] = (opened[day - from] as number) + 1
  for (const day of ended) closed[day - from] = (closed[day - from] as number) + 1
  return { endBy: ends.by, withoutEnd, withoutTime, rows: openStretches(from, opened, closed, step) }
}

/** The stretches of a time whose days, from the first on, saw so many cases opened and closed. */
export function openStretches(from: Day, opened: Int32Array, closed: Int32Array, step: OpenStep): OpenStretch[] {
  const to = from + opened.length - 1
  const rows: OpenStretch[] = []
  let open = 0
  for (let start = stretchStart(from, step); start <= to; start = nextStretch(start, step)) {
    let [ins, outs] = [0, 0]
    for (let day = Math.max(start, from); day < Math.min(nextStretch(start, step), to + 1); day++) {
      ins += opened[day - from] as number
      outs += closed[day - from] as number
    }
    open += ins - outs
    rows.push({ date: dateOf(start), opened: ins, closed: outs, open })
  }
  return rows
}
