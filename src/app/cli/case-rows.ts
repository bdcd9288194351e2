import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { EventLog } from '../../core/eventlog/event-log.ts'
import type { LogConformance } from '../../core/procedure/log-conformance.ts'
import { type Refusal, refuse } from '../../core/refusal/refusal.ts'

const columns = [
  'case_id',
  'replay_missing',
  'replay_remaining',
  'replay_consumed',
  'replay_produced',
  'fits',
  'align_cost',
  'align_fitness',
  'align_lower',
  'align_upper',
]

const quoted = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

/** Rows written at a time. */
const piece = 10_000

function* rows(log: EventLog, result: LogConformance): Iterable<string> {
  yield `${columns.join(',')}\n`
  for (let from = 0; from < log.caseIds.length; from += piece) {
    const lines = log.caseIds.slice(from, from + piece).map((id, offset) => {
      const { replay, fits, cost, fitness, bounds } = result.ofCase(from + offset)
      const counts = [replay?.missing, replay?.remaining, replay?.consumed, replay?.produced]
      const values = [...counts, fits, cost, fitness, bounds?.lower, bounds?.upper]
      return `${quoted(id)},${values.map((value) => value ?? '').join(',')}\n`
    })
    yield lines.join('')
  }
}

/**
 * Writes what was said of each case: token counts, whether it fits, its cost and fitness where they are known, and
 * between which bounds the cost lies. Refusal: `input.unwritable`.
 */
export async function writeCaseRows(path: string, log: EventLog, result: LogConformance): Promise<true | Refusal> {
  try {
    await pipeline(Readable.from(rows(log, result)), createWriteStream(path))
    return true
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code
    if (why === undefined) throw error
    return refuse('input.unwritable', { file: path, why })
  }
}
