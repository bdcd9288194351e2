import type { EventLog } from '../../core/eventlog/event-log.ts'
import { type Refusal, refuse } from '../../core/refusal/refusal.ts'
import { type ByteSource, openBytes } from './byte-source.ts'
import { csvLog, type LogRead, type LogReading, openTable } from './csv-log.ts'
import { isJsonObject, refuseForeignFormat, refuseForeignText } from './foreign-format.ts'
import type { ImportReport } from './import-report.ts'
import { defaultLimits, type ReadLimits } from './limits.ts'
import type { LogBuilder } from './log-builder.ts'
import type { LogMapping } from './log-mapping.ts'
import { ocelLog } from './ocel/ocel-log.ts'
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
 * text-encoding.ts, or an XLSX workbook; all told by content. The file is streamed: memory grows with the log's columns,
 * not with the file. Every row is used or reported.
 * Refusals: `table.*` (the file), `log.*` (its mapping, times or XML), `input.unreadable` (the disk).
 */
export function readLog(path: string, options: ReadLogOptions = {}): Promise<ReadLog | Refusal> {
  return stoppable(async () => reported(await readRows(path, options)))
}

/** What takes events away while a file is read: the builder that holds them, and the bytes since the last time. */
type Between = (builder: LogBuilder, bytes: number) => Promise<void>

/** The rows of a file as they were read, not yet ordered. */
export interface ReadRows {
  readonly source: ByteSource
  readonly ended: LogRead
  readonly encoding: TextEncoding
  /** The reading was ended before the file was. */
  readonly cut: boolean
}

/**
 * Reads a file's rows into a builder. Where `between` is given, the builder is made for parts and handed over between two
 * pieces of the file, whenever nothing refers to its events. Throws Stopped.
 */
export async function readRows(path: string, options: ReadLogOptions, between?: Between): Promise<ReadRows> {
  const parts = between !== undefined
  const limits = { ...defaultLimits, ...options.limits }
  const given = options.mapping ?? null
  const source = await openBytes(path, limits, options.signal)
  const { file } = source
  const setting = options.zone ?? 'Asia/Shanghai'
  const clockOf = (mapping: LogMapping) => zoneClock(mapping.zone ?? setting)

  if (source.zip) return await workbookRows(path, source, options, given, clockOf, limits, parts)
  const text = utf8Text(file, sniffed(file, source.chunks()), given?.encoding ?? null, limits.rowBytes)
  let reading: LogReading | null = null
  let cut = false
  for await (const piece of text.pieces()) {
    if (reading === null) {
      const start = piece.toString('utf8', 0, 4096)
      const foreign = refuseForeignText(file, start)
      if (foreign !== null) throw new Stopped(foreign)
      if (isJsonObject(start)) return await objectRows(source, options, given, clockOf, limits, parts)
      const xml = start.trimStart().startsWith('<')
      reading = (xml ? xesLog : csvLog)(file, given, clockOf, limits, parts)
    }
    if (between === undefined) reading.write(piece)
    else await writeSettled(reading, piece, between)
    options.onProgress?.({ rows: reading.rows(), taken: source.taken(), size: source.size })
    if (options.signal?.aborted) throw new Stopped(refuse('table.cancelled', { file }, { place: { file } }))
    if (options.head !== undefined && reading.rows() >= options.head) {
      cut = true
      break
    }
  }
  if (reading === null) throw new Stopped(refuse('table.empty', { file }, { place: { file } }))
  return { source, ended: reading.end(cut), encoding: text.encoding(), cut }
}

/** Writes a piece in two, so that what is read may be taken away between them. */
async function writeSettled(reading: LogReading, piece: Buffer, between: Between): Promise<void> {
  const cut = Math.min(reading.cutOf(piece), piece.length)
  reading.write(piece.subarray(0, cut))
  const builder = reading.builder()
  if (builder !== null && reading.settled()) await between(builder, piece.length)
  if (cut < piece.length) reading.write(piece.subarray(cut))
}

/** Reads the rows of a workbook's sheet. */
async function workbookRows(
  path: string,
  source: ByteSource,
  { signal, onProgress, head }: ReadLogOptions,
  given: LogMapping | null,
  clockOf: (mapping: LogMapping) => ZoneClock,
  limits: ReadLimits,
  parts: boolean,
): Promise<ReadRows> {
  const { file, size } = source
  let cut = false
  const { table, sheet, sheets, notes } = await readWorkbook(path, {
    mapping: given,
    limits,
    signal,
    open: (header, mapping) => openTable(file, header, mapping, clockOf, limits, parts),
    onRow: ({ rows, taken }) => {
      if (rows % 1000 === 0) onProgress?.({ rows, taken, size })
      cut = rows === head
      return !cut
    },
  })
  const { builder, columns } = table
  builder.notes.push(...notes)
  const mapping = given ?? table.mapping
  const choice = { kind: 'sheet', chosen: sheet, names: sheets } as const
  const ended: LogRead = { format: 'xlsx', builder, columns, mapping, guessed: given === null, delimiter: null, choice }
  return { source, ended, encoding: 'utf-8', cut }
}

/** Reads the events of an object-centric log. */
async function objectRows(
  source: ByteSource,
  { signal, onProgress, head = Number.POSITIVE_INFINITY }: ReadLogOptions,
  mapping: LogMapping | null,
  clockOf: (mapping: LogMapping) => ZoneClock,
  limits: ReadLimits,
  parts: boolean,
): Promise<ReadRows> {
  const { file, size } = source
  let cut = false
  const ended = await ocelLog({
    file,
    mapping,
    limits,
    clockOf,
    parts,
    pieces: () => utf8Text(file, source.chunks(), 'utf-8', limits.rowBytes).pieces(),
    onPiece: (rows) => {
      if (signal?.aborted) throw new Stopped(refuse('table.cancelled', { file }, { place: { file } }))
      // the file is read twice
      onProgress?.({ rows, taken: Math.min(size, source.taken() / 2), size })
      cut = rows >= head
      return !cut
    },
  })
  return { source, ended, encoding: 'utf-8', cut }
}

/** Finishes a log and says what became of each row. */
function reported({ source, ended, encoding, cut }: ReadRows): ReadLog {
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
    choice: ended.choice ?? null,
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
