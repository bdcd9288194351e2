import { renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { loggedError } from './logged-error.ts'

/** Structured lines: facts first, then a short phrase. Codes, counts and durations only, never a person's data. */
export type Log = pino.Logger

const keptBytes = 16 * 1024 * 1024

/** The log of the last run that grew too long is kept beside the new one, and the one before it is given up. */
function turnOver(file: string): void {
  try {
    if (statSync(file).size > keptBytes) renameSync(file, `${file}.1`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

const options: pino.LoggerOptions = {
  base: null,
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  formatters: { level: (label) => ({ level: label }) },
  serializers: { err: loggedError, error: loggedError },
}

/** Writes lines of JSON to a stream, for tests and for a supervisor of processes. */
export function logTo(stream: pino.DestinationStream): Log {
  return pino(options, stream)
}

/** Writes lines of JSON to `log/daylight.log` under the home folder. */
export function logOfHome(home: string): Log {
  const file = join(home, 'log', 'daylight.log')
  turnOver(file)
  return logTo(pino.destination({ dest: file, mkdir: true, append: true, sync: true, mode: 0o600 }))
}
