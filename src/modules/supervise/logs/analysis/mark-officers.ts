import type { EventLog, StringColumn } from '../../../../core/eventlog/event-log.ts'
import { pseudonym } from '../pseudonym.ts'

/** The event attributes that name officers: the mapping's role, and the standard's where no mapping took it (IEEE 1849). */
const officerKeys = ['officer', 'org:resource']

/**
 * A log whose officers are marks, as every page of this log shows them: in the columns that name who acted, and wherever
 * else an attribute of a case or an event holds the name of one who did.
 */
export function markOfficers(log: EventLog, key: Uint8Array): EventLog {
  const officers = new Set(officerKeys.flatMap((name) => log.eventAttributes.get(name)?.dictionary ?? []))
  const marks = new Map([...officers].map((officer) => [officer, pseudonym(key, officer)]))
  const marked = (columns: EventLog['eventAttributes']): Map<string, StringColumn> =>
    new Map(
      [...columns].map(([name, column]) => {
        if (!column.dictionary.some((text) => officers.has(text))) return [name, column]
        return [name, { ...column, dictionary: column.dictionary.map((text) => marks.get(text) ?? text) }]
      }),
    )
  return { ...log, eventAttributes: marked(log.eventAttributes), caseAttributes: marked(log.caseAttributes) }
}
