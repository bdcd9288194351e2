// When each step of a case began and ended, where a plan limits steps.
import type { EventLog } from '../eventlog/event-log.ts'
import { textAt } from '../eventlog/event-log.ts'
import type { Zone } from '../worktime/zone.ts'
import type { CaseClock } from './case-clock.ts'
import { momentOf } from './moment.ts'
import type { StepLimit } from './plan-terms.ts'
import { codesOf, listOf } from './trace-events.ts'

/** One run of a step: instants in ms since 1970; `done` null while it runs. */
export interface StepRun {
  readonly begun: number
  readonly done: number | null
  readonly events: readonly number[]
}

/** Finds runs of steps; marks of names are made once a log. */
export interface StepReader {
  readonly log: EventLog
  readonly zone: Zone
  marks(names: string | readonly string[]): Uint8Array
}

/** Prepares a log for finding runs of steps. */
export function stepReader(log: EventLog, zone: Zone): StepReader {
  const made = new Map<string | readonly string[], Uint8Array>()
  return {
    log,
    zone,
    marks(names) {
      let mark = made.get(names)
      if (mark === undefined) {
        mark = codesOf(log.activity, listOf(names))
        made.set(names, mark)
      }
      return mark
    },
  }
}

/**
 * The finished runs of a step. It begins with the step that the plan names, else with its own recorded start, else with
 * the event before it.
 */
export function stepRuns(reader: StepReader, clock: CaseClock, limit: StepLimit): readonly StepRun[] {
  return runs(reader, clock, limit).filter((run) => run.done !== null)
}

/** The run of a step that has begun and not ended; only where the plan names what begins it. */
export function openStep(reader: StepReader, clock: CaseClock, limit: StepLimit): StepRun | null {
  return runs(reader, clock, limit).find((run) => run.done === null) ?? null
}

function runs(reader: StepReader, clock: CaseClock, limit: StepLimit): readonly StepRun[] {
  const { log } = reader
  const ends = reader.marks(limit.step)
  const begins = limit.from === undefined ? null : reader.marks(limit.from)
  const starts = log.eventAttributes.get('start')
  const found: StepRun[] = []
  let opened = -1
  for (let event = clock.from; event < clock.to; event++) {
    const code = log.activity.codes[event] ?? -1
    const time = log.time[event] ?? Number.NaN
    if (ends[code] === 1) {
      const begun =
        begins === null
          ? ownBegin(event)
          : opened < 0
            ? null
            : { instant: log.time[opened] ?? Number.NaN, event: opened }
      if (begun !== null && !Number.isNaN(begun.instant) && !Number.isNaN(time))
        found.push({ begun: begun.instant, done: time, events: begun.event === event ? [event] : [begun.event, event] })
      opened = -1
    } else if (begins !== null && begins[code] === 1 && opened < 0 && !Number.isNaN(time)) opened = event
  }
  if (opened >= 0) found.push({ begun: log.time[opened] ?? Number.NaN, done: null, events: [opened] })
  return found

  function ownBegin(event: number): { instant: number; event: number } | null {
    const text = starts === undefined ? null : textAt(starts, event)
    const moment = text === null ? null : momentOf(text, reader.zone)
    if (moment?.kind === 'instant') return { instant: moment.instant, event }
    return event === clock.from ? null : { instant: log.time[event - 1] ?? Number.NaN, event: event - 1 }
  }
}
