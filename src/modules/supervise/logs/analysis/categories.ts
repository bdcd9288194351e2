import type { EventLog } from '../../../../core/eventlog/event-log.ts'
import { unitColumn } from '../../../../core/eventlog/units.ts'

/** An attribute with more values than this, or with a value for every second case, is no category: it could name a person. */
const CATEGORIES = 50
/** What a mapping's roles keep among the case attributes: offered by name, or times. */
const roles = new Set(['region', 'power', 'start', 'end', 'deadline'])

/** The case attributes that are categories: few values, none of them the name of an officer of this log. */
export function categories(log: EventLog): readonly string[] {
  const officers = new Set(unitColumn(log, 'officer')?.names)
  return [...log.caseAttributes.entries()]
    .filter(([key, { dictionary }]) => {
      if (roles.has(key)) return false
      const few = dictionary.length <= Math.min(CATEGORIES, log.caseIds.length / 2)
      return few && dictionary.length > 1 && !dictionary.some((value) => officers.has(value))
    })
    .map(([key]) => key)
}
