import { activitiesOf, byCodePoint } from '../../../../core/eventlog/activities.ts'
import { caseEnds } from '../../../../core/eventlog/case-end.ts'
import { caseTimes } from '../../../../core/eventlog/case-times.ts'
import type { LogView } from '../../../../core/eventlog/log-view.ts'
import { type Grouping, unitColumn } from '../../../../core/eventlog/units.ts'
import { dateOf } from '../../../../core/worktime/day.ts'
import { categories } from './categories.ts'
import type { AnalysedLog } from './subject.ts'

/** A value that a filter can choose, and how many cases have it. */
interface Facet {
  readonly value: string
  readonly cases: number
}

/** So many values of one part are offered. */
const OFFERED = 500

/** What a filter of this log can choose from. */
export function facets({ log, zone }: AnalysedLog, view: LogView, endBy: readonly string[] | undefined): object {
  const { first, last } = caseTimes(log)
  let [from, to] = [Infinity, -Infinity]
  for (const c of view.cases) {
    if ((first[c] as number) < from) from = first[c] as number
    if ((last[c] as number) > to) to = last[c] as number
  }
  const { names, codes } = activitiesOf(log)
  return {
    zone: zone.id,
    firstOn: from > to ? null : dateOf(zone.dayAt(from)),
    lastOn: from > to ? null : dateOf(zone.dayAt(to)),
    hasStarts: log.eventAttributes.has('start'),
    endBy: caseEnds(log, zone, endBy).by,
    activities: count(view, 'event', names, codes),
    organ: unit(view, 'organ'),
    post: unit(view, 'post'),
    officer: unit(view, 'officer'),
    region: unit(view, 'region'),
    power: unit(view, 'power'),
    attributes: categories(log).map((key) => {
      const { dictionary, codes: values } = log.caseAttributes.get(key) as {
        dictionary: readonly string[]
        codes: Int32Array
      }
      return { key, values: count(view, 'case', dictionary, values) }
    }),
  }
}

function unit(view: LogView, by: Grouping): readonly Facet[] {
  const column = unitColumn(view.log, by)
  return column === null ? [] : count(view, column.level, column.names, column.codes)
}

function count({ log, cases }: LogView, level: 'event' | 'case', names: readonly string[], codes: Int32Array): Facet[] {
  const counts = new Int32Array(names.length)
  const lastCase = new Int32Array(names.length).fill(-1)
  const take = (code: number, c: number): void => {
    if (code < 0 || lastCase[code] === c) return
    lastCase[code] = c
    counts[code] = (counts[code] as number) + 1
  }
  for (const c of cases) {
    if (level === 'case') take(codes[c] as number, c)
    else for (let i = log.caseStart[c] as number; i < (log.caseStart[c + 1] as number); i++) take(codes[i] as number, c)
  }
  return names
    .map((value, code) => ({ value, cases: counts[code] as number }))
    .filter((facet) => facet.cases > 0)
    .sort((a, b) => b.cases - a.cases || byCodePoint(a.value, b.value))
    .slice(0, OFFERED)
}
