import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type LogStats, logStats } from '../../core/eventlog/log-stats.ts'
import { isRefusal, type Refusal, refuse } from '../../core/refusal/refusal.ts'
import { readConfig } from '../../kernel/config/config.ts'
import type { EventFilesRead, FileReport } from '../../kernel/event-files/event-files.ts'
import { openEventTable, openVariants } from '../../kernel/event-files/event-table.ts'
import { storedStats } from '../../kernel/event-files/stored-stats.ts'
import { type ImportReport, type ReportedRow, reasonCounts, reportedRows } from '../../kernel/tables/import-report.ts'
import { reportCsv, reportLines } from '../../kernel/tables/report-csv.ts'
import { isLargeLog, withLargeLog } from './large-log.ts'
import { openLog } from './open-log.ts'
import type { Output } from './output.ts'

/** So many reported rows are kept to be shown. */
export const REPORTED_KEPT = 1000
const PIECE = 5000

/** What a log holds, what became of its rows, and the first of those that were not used. */
export interface CountedLog {
  readonly stats: LogStats
  readonly report: FileReport
  readonly reported: readonly ReportedRow[]
}

/** Counts a log: in memory, or through files where it looks too large. All reported rows go to the file `reportedTo`. */
export async function countLog(
  out: Output,
  path: string,
  map: string | undefined,
  reportedTo: string | undefined,
): Promise<CountedLog | Refusal> {
  const config = readConfig()
  if (isRefusal(config)) return config
  if (await isLargeLog(path, config)) {
    return await withLargeLog(out, path, map, async (engine, read) => {
      const { events, cases } = read.ordered
      await openEventTable(engine, [{ events, cases }])
      await openVariants(engine)
      const stats = await storedStats(engine)
      const reported = await keepReported(read, reportedTo)
      return isRefusal(reported) ? reported : { stats, report: read.report, reported }
    })
  }
  const read = await openLog(out, path, map)
  if (isRefusal(read)) return read
  const { log, report } = read
  if (reportedTo !== undefined) {
    const written = await writeReported(reportedTo, report)
    if (isRefusal(written)) return written
  }
  const { reportedRows: _, reportedReasons: __, reportedTexts: ___, ...rest } = report
  return {
    stats: logStats(log),
    report: { ...rest, reasons: reasonCounts(report) },
    reported: reportedRows(report, 0, REPORTED_KEPT),
  }
}

function unwritable(error: unknown, file: string): Refusal {
  const why = (error as NodeJS.ErrnoException).code
  if (why === undefined) throw error
  return refuse('input.unwritable', { file, why })
}

async function writeReported(path: string, report: ImportReport): Promise<true | Refusal> {
  try {
    await pipeline(Readable.from(reportCsv(report)), createWriteStream(path))
    return true
  } catch (error) {
    return unwritable(error, path)
  }
}

/** The first reported rows of a log in files; all of them are written where a path says so. */
async function keepReported(
  { eachReported }: EventFilesRead,
  path: string | undefined,
): Promise<readonly ReportedRow[] | Refusal> {
  const kept: ReportedRow[] = []
  try {
    const file = path === undefined ? null : await open(path, 'w')
    try {
      await file?.write(reportLines('head'))
      await eachReported(PIECE, async (rows) => {
        kept.push(...rows.slice(0, REPORTED_KEPT - kept.length))
        await file?.write(reportLines(rows))
      })
    } finally {
      await file?.close()
    }
    return kept
  } catch (error) {
    return unwritable(error, path ?? '')
  }
}
