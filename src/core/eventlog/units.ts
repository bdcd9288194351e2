import { activitiesOf } from './activities.ts'
import type { EventLog, StringColumn } from './event-log.ts'

/** What events can be grouped by: the step itself, who did it, or what the case is of. */
export type Grouping = 'step' | 'organ' | 'post' | 'officer' | 'region' | 'power'

/** Who can hand a case over. */
export type Party = Extract<Grouping, 'organ' | 'post' | 'officer'>

/** Values per event, or per case; the code −1 is a missing value. Values of equal text share one code. */
interface UnitColumn {
  readonly level: 'event' | 'case'
  readonly names: readonly string[]
  readonly codes: Int32Array
}

/** A log's mapping gives `post`; a log in XES names it by the standard's organisational extension (IEEE 1849, org:role). */
const eventKeys: Readonly<Record<Party, readonly string[]>> = {
  organ: ['organ', 'org:group'],
  post: ['post', 'org:role'],
  officer: ['officer', 'org:resource'],
}

/** The event attributes that analyses read: who acted, and when a step began. */
export const analysedEventKeys: ReadonlySet<string> = new Set([...Object.values(eventKeys).flat(), 'start'])

/** The column of a log that says this of its events or cases; null where the log does not say it. */
export function unitColumn(log: EventLog, by: Grouping): UnitColumn | null {
  if (by === 'step') return { level: 'event', ...activitiesOf(log) }
  if (by === 'region' || by === 'power') return merged('case', log.caseAttributes.get(by))
  const key = eventKeys[by].find((name) => log.eventAttributes.has(name))
  return key === undefined ? null : merged('event', log.eventAttributes.get(key))
}

/** Names that became equal, as masked ones may, share one code; without such names the codes are not copied. */
function merged(level: UnitColumn['level'], column: StringColumn | undefined): UnitColumn | null {
  if (column === undefined) return null
  const names = [...new Set(column.dictionary)]
  if (names.length === column.dictionary.length) return { level, names, codes: column.codes }
  const place = new Map(names.map((name, i) => [name, i]))
  const codes = column.codes.map((code) => (code < 0 ? -1 : (place.get(column.dictionary[code] as string) as number)))
  return { level, names, codes }
}
