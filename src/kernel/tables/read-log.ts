import type { EventLog } from '../../core/eventlog/event-log.ts'
import { type Refusal, refuse } from '../../core/refusal/refusal.ts'
import { type ByteSource, openBytes } from './byte-source.ts'
import { csvLog, type LogRead, type LogReading, openTable } from './csv-log.ts'
import { refuseForeignFormat, refuseForeignText } from './foreign-format.ts'
import type { ImportReport } from './import-report.ts'
import { defaultLimits, type ReadLimits } from './limits.ts'
import type { LogMapping } from './log-mapping.ts'
import { Stopped, stoppable } from './stopped.ts'
import { type TextEncoding, utf8Text } from './text-encoding.ts'
import { xesLog } from './xes-log.ts'
import { readWorkbook } from './xlsx/xlsx-log.ts'
import { type ZoneClock, zoneClock } from './zone-offset.ts'

/** How far a reading is. `taken` and `size` are bytes of the file on disk. */
export interface ReadProgress {
  readonly rows: number
  readonly taken: number
  readonly size: number
}

export interface ReadLogOptions {
  /** Without a mapping, the roles are found by well-known names, and the report says so. */
  readonly mapping?: LogMapping
  /** The zone of times that name none, where the mapping does not say: the deployment's setting. */
  readonly zone?: string
  readonly onProgress?: (progress: ReadProgress) => void
  readonly signal?: AbortSignal
  readonly limits?: Partial<ReadLimits>
  /** Stops after about so many rows: for a look at the start of a file. */
  readonly head?: number
}

/** A log as it was read, with what became of each row. */
export interface ReadLog {
  readonly log: EventLog
  readonly report: ImportReport
}

/**
 * Reads a log from another system: CSV, XES or OCEL 2.0 JSON, plain or gzip, in any of the encodings of
 * text-encoding.ts, or an XLSX workbook; all told by content. The file is streamed: memory grows with the log's columns, not with the file. Every row is used or reported.
 * Refusals: `table.*` (the file), `log.*` (its mapping, times or XML), `input.unreadable` (the disk).
 */
export function readLog(path: string, options: ReadLogOptions = {}): Promise<ReadLog | Refusal> {
  return stoppable(() => read(path, options))
}

async function read(path: string, options: ReadLogOptions): Promise<ReadLog> {
  const limits = { ...defaultLimits, ...options.limits }
  const given = options.mapping ?? null
  const source = await openBytes(path, limits, options.signal)
  const { file } = source
  const setting = options.zone ?? 'Asia/Shanghai'
  const clockOf = (mapping: LogMapping) => zoneClock(mapping.zone ?? setting)

  if (source.zip) return await workbookLog(path, source, options, given, clockOf, limits)
  const text = utf8Text(file, sniffed(file, source.chunks()), given?.encoding ?? null, limits.rowBytes)
  let reading: LogReading | null = null
  let cut = false
  for await (const piece of text.pieces()) {
    if (reading === null) {
      const start = piece.toString('utf8', 0, 4096)
      const foreign = refuseForeignText(file, start)
      if (foreign !== null) throw new Stopped(foreign)
      const xml = start.trimStart().startsWith('<')
      reading = xml ? xesLog(file, given, clockOf, limits) : csvLog(file, given, clockOf, limits)
    }
    reading.write(piece)
    options.onProgress?.({ rows: reading.rows(), taken: source.taken(), size: source.size })
    if (options.signal?.aborted) throw new Stopped(refuse('table.cancelled', { file }, { place: { file } }))
    if (options.head !== undefined && reading.rows() >= options.head) {
      cut = true
      break
    }
  }
  if (reading === null) throw new Stopped(refuse('table.empty', { file }, { place: { file } }))
  return reported(source, reading.end(cut), text.encoding(), cut)
}

/** Reads the log of a workbook's sheet. */
async function workbookLog(
  path: string,
  source: ByteSource,
  { signal, onProgress, head }: ReadLogOptions,
  given: LogMapping | null,
  clockOf: (mapping: LogMapping) => ZoneClock,
  limits: ReadLimits,
): Promise<ReadLog> {
  const { file, size } = source
  let cut = false
  const { table, notes } = await readWorkbook(path, {
    mapping: given,
    limits,
    signal,
    open: (header, mapping) => openTable(file, header, mapping, clockOf, limits),
    onRow: ({ rows, taken }) => {
      if (rows % 1000 === 0) onProgress?.({ rows, taken, size })
      cut = rows === head
      return !cut
    },
  })
  const { builder, columns } = table
  builder.notes.push(...notes)
  const mapping = given ?? table.mapping
  const read: LogRead = { format: 'xlsx', builder, columns, mapping, guessed: given === null, delimiter: null }
  return reported(source, read, 'utf-8', cut)
}

/** Finishes a log and says what became of each row. */
function reported(source: ByteSource, ended: LogRead, encoding: TextEncoding, cut: boolean): ReadLog {
  const { file } = source
  const built = ended.builder.finish()
  if (built.rowsIn === 0) throw new Stopped(refuse('log.no-rows', { file }, { place: { file } }))
  const used = built.log.row.length
  const report: ImportReport = {
    file,
    format: ended.format,
    gzip: source.gzip,
    encoding,
    delimiter: ended.delimiter,
    size: source.size,
    columns: ended.columns,
    mapping: ended.mapping,
    guessed: ended.guessed,
    rows: { in: built.rowsIn, used, reported: built.reportedRows.length },
    reportedRows: built.reportedRows,
    reportedReasons: built.reportedReasons,
    reportedTexts: built.reportedTexts,
    time: built.time,
    zoneFrom: ended.mapping.zone === undefined ? 'setting' : 'mapping',
    notes: cut ? [{ code: 'head-only', count: built.rowsIn }, ...built.notes] : built.notes,
  }
  return { log: built.log, report }
}

/** Refuses a file of a foreign kind by its first bytes and passes all bytes on. */
async function* sniffed(file: string, chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let first = true
  for await (const chunk of chunks) {
    if (first) {
      const foreign = refuseForeignFormat(file, chunk)
      if (foreign !== null) throw new Stopped(foreign)
      first = false
    }
    yield chunk
  }
  if (first) {
    const empty = refuseForeignFormat(file, Buffer.alloc(0))
    if (empty !== null) throw new Stopped(empty)
  }
}
