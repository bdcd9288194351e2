import { dayOf } from '../worktime/day.ts'
import type { Zone } from '../worktime/zone.ts'
import { caseEnds } from './case-end.ts'
import { caseTimes } from './case-times.ts'
import type { EventLog } from './event-log.ts'
import type { LogFilter } from './log-filter.ts'
import type { LogView } from './log-view.ts'
import { pathConditions } from './path-filter.ts'
import { hourOfWeek } from './rhythm.ts'
import { type Grouping, unitColumn } from './units.ts'

/** Whether the case with this index is meant. */
export type CaseCondition = (c: number) => boolean

/** The cases of a log that meet a filter: indices only, no column is copied. */
export function filterLog(log: EventLog, filter: LogFilter, zone: Zone): LogView {
  const conditions = [
    ...timeConditions(log, filter, zone),
    ...unitConditions(log, filter),
    ...outcomeConditions(log, filter, zone),
    ...pathConditions(log, filter),
    ...handoverConditions(log, filter),
  ]
  const kept = new Int32Array(log.caseIds.length)
  let count = 0
  for (let c = 0; c < kept.length; c++) if (conditions.every((holds) => holds(c))) kept[count++] = c
  return { log, cases: kept.subarray(0, count) }
}

function timeConditions(log: EventLog, { time, duration, hours }: LogFilter, zone: Zone): CaseCondition[] {
  const { first, last } = caseTimes(log)
  const conditions: CaseCondition[] = []
  if (time !== undefined) {
    const from = time.from === undefined ? Number.NEGATIVE_INFINITY : zone.startOf(dayOf(time.from))
    const before = time.to === undefined ? Number.POSITIVE_INFINITY : zone.startOf(dayOf(time.to) + 1)
    const inside = (at: number): boolean => at >= from && at < before
    const of = {
      starts: (c: number) => inside(first[c] as number),
      ends: (c: number) => inside(last[c] as number),
      touches: (c: number) => (first[c] as number) < before && (last[c] as number) >= from,
      within: (c: number) => inside(first[c] as number) && inside(last[c] as number),
    }
    conditions.push(of[time.how])
  }
  if (duration !== undefined) {
    const { least = 0, most = Number.POSITIVE_INFINITY } = duration
    conditions.push((c) => {
      const seconds = ((last[c] as number) - (first[c] as number)) / 1000
      return seconds >= least && seconds <= most
    })
  }
  if (hours !== undefined) {
    const wanted = new Set(hours.map(({ weekday, hour }) => (weekday - 1) * 24 + hour))
    conditions.push((c) =>
      someEvent(log, c, (i) => !Number.isNaN(log.time[i]) && wanted.has(hourOfWeek(log.time[i] as number, zone))),
    )
  }
  return conditions
}

function someEvent(log: EventLog, c: number, holds: (event: number) => boolean): boolean {
  for (let i = log.caseStart[c] as number; i < (log.caseStart[c + 1] as number); i++) if (holds(i)) return true
  return false
}

function unitConditions(log: EventLog, filter: LogFilter): CaseCondition[] {
  const conditions: CaseCondition[] = []
  const wants = (by: Grouping, meant: ((name: string) => boolean) | null): void => {
    if (meant === null) return
    const column = unitColumn(log, by)
    if (column === null) {
      conditions.push(() => false)
      return
    }
    const wanted = column.names.map(meant)
    const { codes } = column
    conditions.push(
      column.level === 'case'
        ? (c) => wanted[codes[c] as number] === true
        : (c) => someEvent(log, c, (i) => wanted[codes[i] as number] === true),
    )
  }
  const oneOf = (names: readonly string[] | undefined) => {
    if (names === undefined) return null
    const set = new Set(names)
    return (name: string): boolean => set.has(name)
  }
  wants('organ', oneOf(filter.organ))
  wants('post', oneOf(filter.post))
  wants('officer', oneOf(filter.officer))
  wants('power', oneOf(filter.power))
  const { region } = filter
  wants(
    'region',
    region === undefined ? null : (name) => region.some((own) => name === own || name.startsWith(`${own}/`)),
  )
  return conditions
}

function outcomeConditions(log: EventLog, filter: LogFilter, zone: Zone): CaseCondition[] {
  const { outcome, openOn, endBy, attribute = [] } = filter
  const conditions: CaseCondition[] = []
  if (outcome !== undefined) {
    const { isOpen } = caseEnds(log, zone, endBy)
    conditions.push((c) => isOpen(c) === (outcome === 'open'))
  }
  if (openOn !== undefined) {
    const { at } = caseEnds(log, zone, endBy)
    const { first } = caseTimes(log)
    const night = zone.startOf(dayOf(openOn) + 1)
    conditions.push((c) => (first[c] as number) < night && !((at[c] as number) < night))
  }
  for (const { key, values } of attribute) {
    const column = log.caseAttributes.get(key)
    const set = new Set(values)
    const wanted = column?.dictionary.map((text) => set.has(text)) ?? []
    conditions.push((c) => wanted[column?.codes[c] ?? -1] === true)
  }
  return conditions
}

function handoverConditions(log: EventLog, { handover = [] }: LogFilter): CaseCondition[] {
  return handover.map(({ by, from, to }): CaseCondition => {
    const column = unitColumn(log, by)
    const [a, b] = [column?.names.indexOf(from) ?? -1, column?.names.indexOf(to) ?? -1]
    if (column === null || a < 0 || b < 0) return () => false
    return (c) =>
      someEvent(log, c, (i) => i > (log.caseStart[c] as number) && column.codes[i - 1] === a && column.codes[i] === b)
  })
}
