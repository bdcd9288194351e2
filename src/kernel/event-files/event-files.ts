import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { isRefusal, type Refusal } from '../../core/refusal/refusal.ts'
import { type ImportReport, type ReportedRow, type RowReason, rowReasonCodes } from '../tables/import-report.ts'
import type { ReadLogOptions } from '../tables/read-log.ts'
import { readLogParts } from '../tables/read-parts.ts'
import { type OrderedLog, orderParts } from './order-parts.ts'
import { PartStore } from './part-store.ts'

/** What became of each row of a source: as `ImportReport`, with counts in the place of lists that could be long. */
export interface FileReport extends Omit<ImportReport, 'reportedRows' | 'reportedReasons' | 'reportedTexts'> {
  readonly reasons: Partial<Record<RowReason, number>>
}

/** A log as files, with what became of each row. */
export interface EventFilesRead {
  readonly ordered: OrderedLog
  readonly report: FileReport
  /** Calls back with the reported rows, in order of rows, so many at a time. */
  eachReported(batch: number, take: (rows: readonly ReportedRow[]) => Promise<void>): Promise<void>
}

export interface EventFilesOptions extends ReadLogOptions {
  /** Called once the file is read and the engine begins to order. */
  readonly onOrdering?: (events: number) => void
  /** Rows of a part, where another number than the usual is wanted. */
  readonly partRows?: number
  /** Cases, and events, that are worked on at a time, where another number than the usual is wanted. */
  readonly casesAtATime?: number
}

/**
 * Reads a log from another system into Parquet files of a folder, in memory that does not grow with the log: parts are
 * read, written and ordered by the engine. The folder is made; what is put there beside the two files is removed. What
 * `eachReported` reads lies in the connection. Refuses what `readLog` refuses.
 */
export async function readEventFiles(
  engine: DuckDBConnection,
  path: string,
  folder: string,
  options: EventFilesOptions = {},
): Promise<EventFilesRead | Refusal> {
  const parts = join(folder, 'parts')
  await mkdir(parts, { recursive: true, mode: 0o700 })
  const store = await PartStore.open(engine, parts)
  try {
    const read = await readLogParts(path, options, (part) => store.take(part), options.partRows)
    if (isRefusal(read)) return read
    options.onOrdering?.(read.rowsIn)
    const ordered = await orderParts(engine, store, read, folder, options.casesAtATime, options.casesAtATime)
    const counted = await engine.runAndReadAll('select reason, count(*) from reported group by reason order by reason')
    const reasons: Partial<Record<RowReason, number>> = {}
    for (const [reason, count] of counted.getRows()) {
      reasons[rowReasonCodes[reason as number] as RowReason] = Number(count)
    }
    const rows = { in: read.rowsIn, used: ordered.eventCount, reported: read.rowsIn - ordered.eventCount }
    return {
      ordered,
      report: { ...read.report, rows, reasons, time: read.time, notes: ordered.notes },
      eachReported: (batch, take) => eachReported(engine, store.texts, batch, take),
    }
  } finally {
    await store.settle()
    await rm(parts, { recursive: true, force: true })
  }
}

async function eachReported(
  engine: DuckDBConnection,
  texts: ReadonlyMap<number, string>,
  batch: number,
  take: (rows: readonly ReportedRow[]) => Promise<void>,
): Promise<void> {
  const result = await engine.stream('select "row", reason from reported order by "row"')
  let rows: ReportedRow[] = []
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) break
    for (const [row, reason] of chunk.getRows() as [number, number][]) {
      rows.push({ row, reason: rowReasonCodes[reason] as RowReason, text: texts.get(row) ?? null })
      if (rows.length < batch) continue
      await take(rows)
      rows = []
    }
  }
  if (rows.length > 0) await take(rows)
}
