import { type EventLog, textAt } from '../../../core/eventlog/event-log.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { type ByteSource, openBytes } from '../byte-source.ts'
import { sniffDialect } from '../csv-dialect.ts'
import { type CsvHeader, cellText, csvHeader } from '../csv-header.ts'
import { CsvReader, type CsvRow } from '../csv-reader.ts'
import { isJsonObject, refuseForeignFormat, refuseForeignText } from '../foreign-format.ts'
import type { LogFormat, SourceChoice } from '../import-report.ts'
import { defaultLimits, type ReadLimits } from '../limits.ts'
import type { LogMapping } from '../log-mapping.ts'
import { readLog } from '../read-log.ts'
import { Stopped, stoppable } from '../stopped.ts'
import { utf8Text } from '../text-encoding.ts'
import { readWorkbook } from '../xlsx/xlsx-log.ts'

/** Which part of a file is meant, where it has several. */
export interface HeadChoice {
  readonly sheet?: string | undefined
  readonly objectType?: string | undefined
}

/** The first rows of a file as texts, before anybody has said what its columns mean. A missing value is null. */
export interface HeadRows {
  readonly format: LogFormat
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
  /** True where these are all rows of the file. */
  readonly whole: boolean
  readonly choice: SourceChoice | null
}

const SAMPLE = 256 * 1024

/** Reads the first rows of a file of any kind that logs are read from. Refuses what readLog refuses of a file. */
export function readHead(path: string, rows: number, choice: HeadChoice = {}): Promise<HeadRows | Refusal> {
  return stoppable(async () => {
    const limits = defaultLimits
    const source = await openBytes(path, limits)
    if (source.zip) return await sheetHead(path, rows, choice.sheet, limits)
    for await (const piece of pieces(source, limits)) {
      const start = piece.toString('utf8', 0, 4096)
      const foreign = refuseForeignText(source.file, start)
      if (foreign !== null) throw new Stopped(foreign)
      if (isJsonObject(start)) return await eventHead(path, rows, { ...ocel, ...present(choice) })
      if (start.trimStart().startsWith('<')) return await eventHead(path, rows, xes)
      break
    }
    return await csvHead(source, rows, limits)
  })
}

const xes: LogMapping = { case: 'case:concept:name', activity: 'concept:name', time: null }
const ocel: LogMapping = { case: 'ocel:oid', activity: 'ocel:activity', time: null }
const present = ({ objectType }: HeadChoice) => (objectType === undefined ? {} : { objectType })

function pieces(source: ByteSource, limits: ReadLimits): AsyncIterable<Buffer> {
  async function* sniffed(): AsyncIterable<Buffer> {
    let first = true
    for await (const chunk of source.chunks()) {
      const foreign = first ? refuseForeignFormat(source.file, chunk) : null
      if (foreign !== null) throw new Stopped(foreign)
      first = false
      yield chunk
    }
  }
  return utf8Text(source.file, sniffed(), null, limits.rowBytes).pieces()
}

/** A very wide table is looked at in fewer rows. */
const CELLS = 1_000_000

/** Takes rows as texts, of the header's width, until there are enough. */
class Rows {
  readonly #wanted: number
  readonly rows: (string | null)[][] = []
  header: CsvHeader | null = null

  constructor(wanted: number) {
    this.#wanted = wanted
  }

  get full(): boolean {
    const { length } = this.rows
    return length >= this.#wanted || length * (this.header?.names.length ?? 0) >= CELLS
  }

  take(row: CsvRow): void {
    const width = this.header?.names.length ?? 0
    this.rows.push(
      Array.from({ length: width }, (_, i) => {
        const text = i < row.cells ? cellText(row, i) : ''
        return text.trim() === '' ? null : text
      }),
    )
  }
}

async function csvHead(source: ByteSource, wanted: number, limits: ReadLimits): Promise<HeadRows> {
  const { file } = source
  const table = new Rows(wanted)
  let held: Buffer[] | null = []
  let bytes = 0
  let skip = 0
  let reader: CsvReader | null = null
  const onRow = (row: CsvRow): void => {
    if (skip > 0) skip--
    else if (table.header === null) table.header = csvHeader(row)
    else if (!table.full) table.take(row)
  }
  const open = (whole: boolean): CsvReader => {
    const sample = Buffer.concat(held ?? [])
    held = null
    const dialect = sniffDialect(sample.subarray(0, SAMPLE), whole)
    skip = dialect.skipRows
    const made = new CsvReader(file, dialect, limits, onRow)
    made.write(sample)
    return made
  }
  let whole = true
  for await (const piece of pieces(source, limits)) {
    if (held !== null) {
      held.push(piece)
      bytes += piece.length
      if (bytes >= SAMPLE) reader = open(false)
    } else reader?.write(piece)
    if (table.full) {
      whole = false
      break
    }
  }
  reader ??= open(true)
  if (whole) reader.end()
  if (table.header === null) throw new Stopped(refuse('table.empty', { file }, { place: { file } }))
  return { format: 'csv', columns: table.header.names, rows: table.rows, whole, choice: null }
}

async function sheetHead(
  path: string,
  wanted: number,
  sheet: string | undefined,
  limits: ReadLimits,
): Promise<HeadRows> {
  const table = new Rows(wanted)
  const nothing: LogMapping = { case: '', activity: '', time: null }
  let whole = true
  const read = await readWorkbook(path, {
    mapping: null,
    ...(sheet === undefined ? {} : { sheet }),
    limits,
    open: (header) => {
      table.header = header
      return { columns: header.names, mapping: nothing, take: (row) => table.take(row) }
    },
    onRow: () => {
      whole = !table.full
      return whole
    },
  })
  const choice: SourceChoice = { kind: 'sheet', chosen: read.sheet, names: read.sheets }
  return { format: 'xlsx', columns: table.header?.names ?? [], rows: table.rows, whole, choice }
}

/** The first events of a log that names its own roles: every key of an event or its case as a column. */
async function eventHead(path: string, wanted: number, mapping: LogMapping): Promise<HeadRows> {
  const chosen = mapping.objectType !== undefined || mapping.case !== ocel.case
  const first = chosen ? mapping : await defaultType(path, mapping)
  const read = await readLog(path, { mapping: first, head: wanted })
  if (isRefusal(read)) throw new Stopped(read)
  const { log, report } = read
  const { format, choice } = report
  const whole = !report.notes.some(({ code }) => code === 'head-only')
  return { format, ...tableOf(log, mapping), whole, choice }
}

/** Names the type of objects that reading would choose by itself. */
async function defaultType(path: string, mapping: LogMapping): Promise<LogMapping> {
  const read = await readLog(path, { head: 1 })
  if (isRefusal(read)) throw new Stopped(read)
  return { ...mapping, ...(read.report.choice === null ? {} : { objectType: read.report.choice.chosen }) }
}

function tableOf(log: EventLog, mapping: LogMapping): Pick<HeadRows, 'columns' | 'rows'> {
  const cases = [...log.caseAttributes]
  const events = [...log.eventAttributes]
  const columns = [mapping.case, mapping.activity as string, ...[...cases, ...events].map(([name]) => name)]
  const rows: (string | null)[][] = []
  for (let c = 0; c < log.caseIds.length; c++) {
    for (let i = log.caseStart[c] as number; i < (log.caseStart[c + 1] as number); i++) {
      rows.push([
        log.caseIds[c] as string,
        textAt(log.activity, i),
        ...cases.map(([, column]) => textAt(column, c)),
        ...events.map(([, column]) => textAt(column, i)),
      ])
    }
  }
  return { columns, rows }
}
