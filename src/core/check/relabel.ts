// A foreign log in the words of a procedure: activities renamed to steps, case acts set aside.
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

/** A log without some activities, and which event each of its events was. Cases stay, if need be empty. */
export function without(
  log: EventLog,
  activities: readonly string[],
): { readonly log: EventLog; readonly origin: Int32Array } {
  const dropped = new Set(activities)
  const drop = Uint8Array.from(log.activity.dictionary, (name) => (dropped.has(name) ? 1 : 0))
  const kept: number[] = []
  const caseStart = new Int32Array(log.caseStart.length)
  for (let index = 0; index < log.caseIds.length; index++) {
    for (let event = log.caseStart[index] ?? 0; event < (log.caseStart[index + 1] ?? 0); event++)
      if (drop[log.activity.codes[event] ?? -1] !== 1) kept.push(event)
    caseStart[index + 1] = kept.length
  }
  const origin = Int32Array.from(kept)
  const pick = (codes: Int32Array) => origin.map((event) => codes[event] as number)
  return {
    origin,
    log: {
      caseIds: log.caseIds,
      caseStart,
      activity: { dictionary: log.activity.dictionary, codes: pick(log.activity.codes) },
      time: Float64Array.from(origin, (event) => log.time[event] as number),
      row: pick(log.row),
      eventAttributes: new Map(
        [...log.eventAttributes].map(([name, column]) => [
          name,
          { dictionary: column.dictionary, codes: pick(column.codes) },
        ]),
      ),
      caseAttributes: log.caseAttributes,
    },
  }
}
