// A foreign log in the words of a procedure: activities renamed to steps.
import type { EventLog } from '../eventlog/event-log.ts'

/** Renames activities; several names may become one step. Names without an entry stay. */
export function relabel(log: EventLog, steps: Readonly<Record<string, string>>): EventLog {
  const renamed = log.activity.dictionary.map((name) => (Object.hasOwn(steps, name) ? (steps[name] as string) : name))
  const dictionary = [...new Set(renamed)]
  const place = new Map(dictionary.map((name, code) => [name, code]))
  const becomes = Int32Array.from(renamed, (name) => place.get(name) as number)
  const codes = log.activity.codes.map((code) => (code < 0 ? code : (becomes[code] as number)))
  return { ...log, activity: { dictionary, codes } }
}
