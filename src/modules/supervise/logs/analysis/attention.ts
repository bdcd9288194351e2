// What deserves a look first in a log: plain sentences with the filter that opens their cases.
import { caseEnds } from '../../../../core/eventlog/case-end.ts'
import { caseSeconds, caseTimes } from '../../../../core/eventlog/case-times.ts'
import type { LogView } from '../../../../core/eventlog/log-view.ts'
import type { ReworkRow } from '../../../../core/eventlog/rework.ts'
import { hourOfWeek, rhythm } from '../../../../core/eventlog/rhythm.ts'
import { saysDuration } from '../../../../core/eventlog/says-duration.ts'
import { knownValues, quantile } from '../../../../core/eventlog/spread.ts'
import { throughput } from '../../../../core/eventlog/throughput.ts'
import type { Bilingual } from '../../../../core/refusal/refusal.ts'
import { dateOf } from '../../../../core/worktime/day.ts'
import type { Zone } from '../../../../core/worktime/zone.ts'
import type { StatedFilter } from './question.ts'

/** Something that deserves a look. */
export interface Attention {
  readonly kind: 'waiting' | 'rework' | 'open' | 'slow' | 'out-of-hours'
  readonly says: Bilingual
  readonly cases: number
  readonly opens: StatedFilter
}

const percent = (part: number, all: number): string => `${Math.round((part / all) * 100)}%`

/** What deserves a look in a view, with the filter `of` that left it: at most one of each kind. */
export function attention(view: LogView, of: StatedFilter, zone: Zone, reworked: readonly ReworkRow[]): Attention[] {
  if (view.cases.length === 0) return []
  return [
    ...waiting(view, of, zone),
    ...rework(view, of, reworked),
    ...open(view, of, zone),
    ...slow(view, of),
    ...outOfHours(view, of, zone),
  ]
}

/** The step that takes the largest part of all waiting. */
function waiting(view: LogView, of: StatedFilter, zone: Zone): Attention[] {
  const { rows } = throughput(view, 'step', zone)
  const all = rows.reduce((sum, row) => sum + (row.waiting?.sum ?? 0), 0)
  const [longest] = [...rows].sort((a, b) => (b.waiting?.sum ?? 0) - (a.waiting?.sum ?? 0))
  if (longest?.waiting == null || longest.key === null || all === 0) return []
  const [median, share] = [saysDuration(longest.waiting.median), percent(longest.waiting.sum, all)]
  return [
    {
      kind: 'waiting',
      says: {
        zh: `等待最多的环节是“${longest.key}”：占全部等待的 ${share}，中位 ${median.zh}。`,
        en: `Most waiting is before “${longest.key}”: ${share} of all waiting, median ${median.en}.`,
      },
      cases: longest.cases,
      opens: { ...of, contains: [...(of.contains ?? []), longest.key] },
    },
  ]
}

/** The activity that most cases repeat, where a twentieth of the cases does. */
function rework(view: LogView, of: StatedFilter, [most]: readonly ReworkRow[]): Attention[] {
  if (most === undefined || most.cases < view.cases.length / 20) return []
  const share = percent(most.cases, view.cases.length)
  return [
    {
      kind: 'rework',
      says: {
        zh: `“${most.activity}”在 ${most.cases} 件中重复（${share}），最多一件 ${most.most} 次。`,
        en: `“${most.activity}” is repeated in ${most.cases} cases (${share}), up to ${most.most} times in one.`,
      },
      cases: most.cases,
      opens: { ...of, repeats: [...(of.repeats ?? []), most.activity] },
    },
  ]
}

/** Cases that have not ended though they began longer ago than nine of ten cases take. */
function open(view: LogView, of: StatedFilter, zone: Zone): Attention[] {
  const { first, last } = caseTimes(view.log)
  const ends = caseEnds(view.log, zone, of.endBy)
  const took: number[] = []
  let latest = -Infinity
  for (const c of view.cases) {
    if ((last[c] as number) > latest) latest = last[c] as number
    const span = (ends.at[c] as number) - (first[c] as number)
    if (!Number.isNaN(span)) took.push(span)
  }
  if (took.length === 0) return []
  const usual = quantile(Float64Array.from(took).sort(), 0.9)
  // the whole days before: what a filter by day can open
  const before = zone.dayAt(latest - usual) - 1
  const bound = zone.startOf(before + 1)
  const late = view.cases.filter((c) => ends.isOpen(c) && (first[c] as number) < bound).length
  // one filter has one condition of time: where the asker has set it, none can be added
  if (late === 0 || of.time !== undefined) return []
  const span = saysDuration(usual / 1000)
  return [
    {
      kind: 'open',
      says: {
        zh: `${late} 件尚未办结，开始至今已超过九成办件所用的时间（${span.zh}）。`,
        en: `${late} cases have not ended and began longer ago than nine of ten cases take (${span.en}).`,
      },
      cases: late,
      opens: { ...of, outcome: 'open', time: { how: 'starts', to: dateOf(before) } },
    },
  ]
}

/**
 * Cases far longer than the rest: beyond the third quartile by three times the quartiles' distance (Tukey 1977), and twice
 * as long as it at least, since where nearly all take the same time any other would be far.
 */
function slow(view: LogView, of: StatedFilter): Attention[] {
  const seconds = knownValues(caseSeconds(view)).sort()
  if (seconds.length < 20 || of.duration !== undefined) return []
  const [q1, q3] = [quantile(seconds, 0.25), quantile(seconds, 0.75)]
  const fence = Math.max(Math.floor(q3 + 3 * (q3 - q1)) + 1, Math.ceil(2 * q3))
  const beyond = seconds.filter((each) => each >= fence).length
  if (beyond === 0) return []
  const span = saysDuration(fence)
  return [
    {
      kind: 'slow',
      says: {
        zh: `${beyond} 件用时异常长（${span.zh}以上）。`,
        en: `${beyond} cases took unusually long (${span.en} or more).`,
      },
      cases: beyond,
      opens: { ...of, duration: { least: fence } },
    },
  ]
}

/** Events in hours of the week that see less than a fiftieth of the busiest, where the log has times of day. */
function outOfHours(view: LogView, of: StatedFilter, zone: Zone): Attention[] {
  const { hours, atMidnight } = rhythm(view, null, zone)
  const all = hours.flat().reduce((sum, events) => sum + events, 0)
  if (all < 500 || atMidnight > all / 2 || of.hours !== undefined) return []
  const busiest = Math.max(...hours.flat())
  const quiet = hours
    .flatMap((day, d) => day.map((events, hour) => ({ weekday: d + 1, hour, events })))
    .filter(({ events }) => events > 0 && events < busiest / 50)
  const events = quiet.reduce((sum, hour) => sum + hour.events, 0)
  if (events === 0) return []
  const wanted = quiet.map(({ weekday, hour }) => ({ weekday, hour }))
  const keys = new Set(wanted.map(({ weekday, hour }) => (weekday - 1) * 24 + hour))
  return [
    {
      kind: 'out-of-hours',
      says: {
        zh: `${events} 个环节发生在几乎无人办件的时段。`,
        en: `${events} steps happened in hours in which almost nobody works.`,
      },
      cases: casesIn(view, keys, zone),
      opens: { ...of, hours: wanted },
    },
  ]
}

function casesIn({ log, cases }: LogView, hours: ReadonlySet<number>, zone: Zone): number {
  return cases.filter((c) => {
    for (let i = log.caseStart[c] as number; i < (log.caseStart[c + 1] as number); i++) {
      const at = log.time[i] as number
      if (!Number.isNaN(at) && hours.has(hourOfWeek(at, zone))) return true
    }
    return false
  }).length
}
