import { refuse } from '../../../core/refusal/refusal.ts'
import { type CsvHeader, headerOf } from '../csv-header.ts'
import type { TableReading } from '../csv-log.ts'
import type { ImportNote } from '../import-report.ts'
import type { ReadLimits } from '../limits.ts'
import type { LogMapping } from '../log-mapping.ts'
import { logRoles } from '../log-roles.ts'
import { Stopped } from '../stopped.ts'
import { type CellWriter, cellWriter } from './cell-text.ts'
import { findHeader } from './find-header.ts'
import { outlineOf } from './merged-cells.ts'
import { readSheet, type SheetRow } from './sheet-rows.ts'
import { openWorkbook, type Sheet, type Workbook } from './workbook.ts'
import { openZip } from './zip-file.ts'

/** So many rows are looked at to find the header. */
const SAMPLE = 100

/** How far the reading of a workbook is, and whether to go on. */
export interface SheetProgress {
  readonly rows: number
  readonly taken: number
}

/** What takes the rows of a sheet. */
export type SheetTable = Pick<TableReading, 'columns' | 'mapping' | 'take'>

/** What reading the rows of a workbook's sheet needs to know. */
export interface SheetReading<Table extends SheetTable> {
  readonly mapping: LogMapping | null
  /** The sheet that is meant, where no mapping says it. */
  readonly sheet?: string
  readonly limits: ReadLimits
  readonly signal?: AbortSignal | undefined
  /** Opens the table once its header is known. */
  readonly open: (columns: CsvHeader, mapping: LogMapping | null) => Table
  /** Called after each row; false ends the reading. */
  readonly onRow: (progress: SheetProgress) => boolean
}

/** A sheet that was read: what a reader should know though no row was lost over it, and the names of all sheets. */
export interface SheetRead<Table> {
  readonly table: Table
  readonly sheet: string
  readonly sheets: readonly string[]
  readonly notes: readonly ImportNote[]
}

/**
 * Reads the rows of one sheet of an XLSX workbook into a table: the sheet that the mapping names, else the first visible
 * one with values. The header is the first row that has the names of the mapping, else the first that looks like one;
 * rows above it are titles. Throws Stopped.
 */
export async function readWorkbook<Table extends SheetTable>(
  path: string,
  reading: SheetReading<Table>,
): Promise<SheetRead<Table>> {
  const zip = await openZip(path, reading.limits, reading.signal)
  try {
    const workbook = await openWorkbook(zip, reading.limits)
    const sheets = workbook.sheets.map(({ name }) => name)
    const wanted = reading.mapping?.sheet ?? reading.sheet
    for (const sheet of candidates(workbook, wanted)) {
      const read = await readOne(workbook, sheet, reading)
      if (read === null) continue
      const others = sheets.length - 1
      const said: ImportNote[] =
        others > 0 && wanted === undefined ? [{ code: 'sheet-chosen', count: others, column: sheet.name }] : []
      return { table: read.table, sheet: sheet.name, sheets, notes: [...said, ...read.notes] }
    }
    throw new Stopped(refuse('table.empty', { file: zip.file }, { place: { file: zip.file } }))
  } finally {
    await zip.close()
  }
}

function candidates({ zip, sheets }: Workbook, wanted: string | undefined): readonly Sheet[] {
  if (wanted === undefined) return [...sheets].sort((a, b) => Number(a.hidden) - Number(b.hidden))
  const named = sheets.filter(({ name }) => name === wanted)
  if (named.length > 0) return named
  const facts = { file: zip.file, sheet: wanted, sheets: sheets.map(({ name }) => name).join(' · ') }
  throw new Stopped(refuse('table.sheet-unknown', facts, { place: { file: zip.file } }))
}

async function readOne<Table extends SheetTable>(
  workbook: Workbook,
  sheet: Sheet,
  { mapping, limits, open, onRow }: SheetReading<Table>,
): Promise<{ readonly table: Table; readonly notes: ImportNote[] } | null> {
  const outline = await outlineOf(workbook.zip, sheet.part)
  let sample: SheetRow[] | null = []
  let table: Table | null = null
  let writer: CellWriter | null = null
  let above = 0
  let hidden = 0
  let filled = 0
  let rows = 0

  const take = (row: SheetRow): boolean => {
    if (table === null || writer === null) return true
    if (row.hidden) hidden++
    filled += row.filled
    table.take(writer.write(row))
    return onRow({ rows: ++rows, taken: workbook.zip.taken() })
  }
  const begin = (): boolean => {
    const held = sample ?? []
    sample = null
    if (held.length === 0) return true
    const { at, names } = findHeader(workbook, held, mapping)
    above = at
    table = open(headerOf(names), mapping === null ? null : withoutSerials(mapping))
    writer = cellWriter(workbook, table.columns, logRoles(table.mapping), limits)
    return held.slice(at + 1).every(take)
  }
  await readSheet(workbook, sheet, outline, limits, (row) => {
    if (sample === null) return take(row)
    sample.push(row)
    return sample.length < SAMPLE || begin()
  })
  if (sample !== null) begin()
  if (table === null || writer === null) return null
  const notes: ImportNote[] = []
  const note = (code: ImportNote['code'], count: number): void => {
    if (count > 0) notes.push({ code, count })
  }
  note('rows-above-header', above)
  note('hidden-rows', hidden)
  note('hidden-columns', outline.hiddenColumns)
  note('merged-filled', filled)
  notes.push(...(writer as CellWriter).notes())
  return { table, notes }
}

/** Times become ISO texts here: the serial numbers that a mapping may speak of are gone. */
function withoutSerials({ timeFormat, start, end, deadline, ...mapping }: LogMapping): LogMapping {
  const role = (given: LogMapping['start']): LogMapping['start'] => {
    if (given === undefined || !('timeFormat' in given) || given.timeFormat !== 'excel') return given
    const { timeFormat: _, ...rest } = given
    return rest
  }
  const roles = Object.entries({ start: role(start), end: role(end), deadline: role(deadline) })
  return {
    ...mapping,
    ...(timeFormat === undefined || timeFormat === 'excel' ? {} : { timeFormat }),
    ...Object.fromEntries(roles.filter(([, given]) => given !== undefined)),
  }
}
