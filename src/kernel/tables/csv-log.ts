import { isRefusal, refuse } from '../../core/refusal/refusal.ts'
import type { ByteDictionary } from './byte-dictionary.ts'
import { sniffDialect } from './csv-dialect.ts'
import { type CsvHeader, csvHeader } from './csv-header.ts'
import { CsvReader, type CsvRow } from './csv-reader.ts'
import { unguard } from './formula-guard.ts'
import type { LogFormat, RowReason, SourceChoice } from './import-report.ts'
import type { ReadLimits } from './limits.ts'
import { LogBuilder } from './log-builder.ts'
import type { CaseTarget, EventColumn } from './log-columns.ts'
import { guessMapping, type LogMapping } from './log-mapping.ts'
import { columnList, doubleRole, logRoles, missingColumn } from './log-roles.ts'
import { Stopped } from './stopped.ts'
import type { ZoneClock } from './zone-offset.ts'

const SAMPLE = 256 * 1024

/** A log being read from text: pieces go in, a builder comes out. */
export interface LogReading {
  write(piece: Buffer): void
  /** Rows seen so far. */
  rows(): number
  /** What takes the rows; null before the header was read. */
  builder(): LogBuilder | null
  /** Whether what was read may be taken away now: a reader in the middle of a trace still refers to its events. */
  settled(): boolean
  /** After how many bytes of a piece the reading is settled, as far as can be seen without reading it. */
  cutOf(piece: Buffer): number
  /** `cut`: the reading was ended before the file was. */
  end(cut: boolean): LogRead
}

/** What a reading hands over at its end. */
export interface LogRead {
  readonly format: LogFormat
  readonly builder: LogBuilder
  readonly columns: readonly string[]
  readonly mapping: LogMapping
  readonly guessed: boolean
  readonly delimiter: string | null
  readonly choice?: SourceChoice
}

/** A table whose header is known, taking row after row. */
export interface TableReading {
  readonly builder: LogBuilder
  readonly columns: readonly string[]
  readonly mapping: LogMapping
  take(row: CsvRow): void
}

const hasText = (row: CsvRow, index: number): boolean => {
  const end = row.ends[index] as number
  for (let i = row.starts[index] as number; i < end; i++) if ((row.bytes[i] as number) > 0x20) return true
  return false
}

/** The events of a CSV file, one a row. */
export function csvLog(
  file: string,
  given: LogMapping | null,
  clockOf: (mapping: LogMapping) => ZoneClock,
  limits: ReadLimits,
  parts = false,
): LogReading {
  let sample: Buffer[] | null = []
  let sampled = 0
  let reader: CsvReader | null = null
  let delimiter = ''
  let skip = 0
  let table: TableReading | null = null

  const onRow = (row: CsvRow): void => {
    if (skip > 0) {
      skip--
    } else if (table === null) {
      if (row.fault === 'nul')
        throw new Stopped(refuse('table.not-text', { file, format: '?' }, { place: { file, row: 1 } }))
      table = openTable(file, csvHeader(row), given, clockOf, limits, parts)
    } else {
      table.take(row)
    }
  }
  const open = (whole: boolean): void => {
    const held = Buffer.concat(sample ?? [])
    sample = null
    const dialect = sniffDialect(held.subarray(0, SAMPLE), whole, given?.delimiter)
    delimiter = String.fromCharCode(dialect.delimiter)
    skip = dialect.skipRows
    reader = new CsvReader(file, dialect, limits, onRow)
    reader.write(held)
  }
  return {
    write(piece) {
      if (sample !== null) {
        sample.push(piece)
        sampled += piece.length
        if (sampled >= SAMPLE) open(false)
        return
      }
      reader?.write(piece)
    },
    rows: () => table?.builder.rowsIn ?? 0,
    builder: () => table?.builder ?? null,
    settled: () => true,
    cutOf: (piece) => piece.length,
    end(cut) {
      if (sample !== null) open(!cut)
      if (!cut) reader?.end()
      if (table === null) throw new Stopped(refuse('table.empty', { file }, { place: { file } }))
      return {
        format: 'csv',
        builder: table.builder,
        columns: table.columns,
        mapping: table.mapping,
        guessed: given === null,
        delimiter,
      }
    },
  }
}

function chosenMapping(file: string, header: CsvHeader, given: LogMapping | null): LogMapping {
  const columns = header.names
  if (given === null) {
    const guess = guessMapping(columns)
    if ('mapping' in guess) return guess.mapping
    const facts = { file, roles: guess.missing.join(', '), columns: columnList(columns) }
    throw new Stopped(refuse('log.cannot-guess', facts, { place: { file } }))
  }
  const wrong = missingColumn(file, given, columns) ?? doubleRole(file, given)
  if (isRefusal(wrong)) throw new Stopped(wrong)
  return given
}

/** Opens a table by its header, with the mapping given or guessed by names. Throws Stopped. */
export function openTable(
  file: string,
  header: CsvHeader,
  given: LogMapping | null,
  clockOf: (mapping: LogMapping) => ZoneClock,
  limits: ReadLimits,
  parts = false,
): TableReading {
  const mapping = chosenMapping(file, header, given)
  const columns = header.names
  const roles = logRoles(mapping)
  const ambiguous = [roles.case, ...roles.activity, roles.time, ...roles.byColumn.keys()].find(
    (name) => name !== null && header.repeated.has(name),
  )
  if (ambiguous)
    throw new Stopped(refuse('table.header-repeated', { file, column: ambiguous }, { place: { file, row: 1 } }))
  const builder = new LogBuilder(file, roles, clockOf(mapping), parts)
  if (header.renamed > 0) builder.notes.push({ code: 'header-renamed', count: header.renamed })
  const index = (name: string): number => columns.indexOf(name)
  const caseAt = index(roles.case)
  const activityAt = roles.activity.map(index)
  const timeAt = roles.time === null ? -1 : index(roles.time)
  const lifecycleAt = roles.lifecycle === null ? -1 : index(roles.lifecycle.column)
  const own = new Set([caseAt, ...activityAt, timeAt])
  const eventColumns: { readonly at: number; readonly column: EventColumn }[] = []
  const caseColumns: { readonly at: number; readonly column: CaseTarget }[] = []
  columns.forEach((name, at) => {
    if (own.has(at)) return
    const target = builder.target(name)
    if (target?.kind === 'event') eventColumns.push({ at, column: target.column })
    if (target?.kind === 'case') caseColumns.push({ at, column: target.column })
  })

  const activityCode = activityReader(builder.activities, activityAt)
  const counts = (row: CsvRow): boolean =>
    roles.lifecycle === null ||
    roles.lifecycle.count.has(
      Buffer.from(row.bytes.subarray(row.starts[lifecycleAt], row.ends[lifecycleAt])).toString('utf8').trim(),
    )

  const against = (row: CsvRow): RowReason | null => {
    if (row.fault !== null) return row.fault
    if (row.cells !== columns.length) return 'ragged'
    if (!hasText(row, caseAt)) return 'missing-case'
    if ((row.ends[caseAt] as number) - (row.starts[caseAt] as number) > limits.caseIdBytes) return 'case-too-long'
    if (activityAt.every((at) => !hasText(row, at))) return 'missing-activity'
    return counts(row) ? null : 'not-counted'
  }
  const take = (row: CsvRow): void => {
    if (mapping.formulaGuard === true) unguard(row)
    const reason = against(row)
    if (reason !== null) {
      builder.reject(row.number, reason)
      return
    }
    const { bytes, starts, ends } = row
    const caseCode = builder.cases.code(bytes, starts[caseAt] as number, ends[caseAt] as number)
    const at = builder.event(row.number, caseCode, activityCode(row))
    if (timeAt >= 0) builder.time?.push(bytes, starts[timeAt] as number, ends[timeAt] as number)
    for (let i = 0; i < eventColumns.length; i++) {
      const { at: cell, column } = eventColumns[i] as { at: number; column: EventColumn }
      column.take(at, bytes, starts[cell] as number, ends[cell] as number)
    }
    for (let i = 0; i < caseColumns.length; i++) {
      const { at: cell, column } = caseColumns[i] as { at: number; column: CaseTarget }
      column.take(caseCode, at, bytes, starts[cell] as number, ends[cell] as number)
    }
  }
  return { builder, columns, mapping, take }
}

function activityReader(activities: ByteDictionary, at: readonly number[]): (row: CsvRow) => number {
  const [only, ...more] = at as [number, ...number[]]
  if (more.length === 0) {
    return ({ bytes, starts, ends }) => activities.code(bytes, starts[only] as number, ends[only] as number)
  }
  const text = ({ bytes, starts, ends }: CsvRow, i: number): string =>
    Buffer.from(bytes.subarray(starts[i], ends[i])).toString('utf8')
  return (row) => activities.codeOfText(at.map((i) => text(row, i)).join('+'))
}
