import type { CsvRow, RowFault } from '../csv-reader.ts'
import type { ImportNote } from '../import-report.ts'
import type { ReadLimits } from '../limits.ts'
import type { LogRoles } from '../log-roles.ts'
import type { TimeFormat } from '../time-text.ts'
import { type DateOrder, serialText } from './serial-date.ts'
import type { Cell, SheetRow } from './sheet-rows.ts'
import type { Workbook } from './workbook.ts'

/** A spreadsheet keeps fifteen digits of a number and puts zeros for the rest. */
const EXACT = 999_999_999_999_999
/** A number without a format is taken for a date in a column of times where it lies between 1900 and 2200. */
const SERIALS = { from: 61, to: 109_575 }

/** Turns the rows of a sheet into rows of a table. */
export interface CellWriter {
  /** The row as UTF-8 cells, valid until the next call. */
  write(row: SheetRow): CsvRow
  /** What was met on the way. */
  notes(): ImportNote[]
}

interface ColumnPlan {
  /** How this column writes its dates; null where numbers stay numbers unless their own format says date. */
  readonly times: DateOrder | null
  readonly key: 'case' | 'activity' | 'time' | null
}

const orderOf = (format: TimeFormat | null | undefined): DateOrder | null =>
  format === 'dmy' || format === 'mdy' ? format : format?.startsWith('epoch') ? null : 'ymd'

function plansOf(columns: readonly string[], roles: LogRoles): ColumnPlan[] {
  return columns.map((name) => {
    if (name === roles.case) return { times: null, key: 'case' }
    if (roles.activity.includes(name)) return { times: null, key: 'activity' }
    if (name === roles.time) return { times: orderOf(roles.timeFormat), key: 'time' }
    const role = roles.byColumn.get(name)
    const isTime = role?.key === 'start' || role?.key === 'end' || role?.key === 'deadline'
    return { times: isTime ? orderOf(role.timeFormat) : null, key: null }
  })
}

/** The plain digits of a whole number that the file writes with an exponent. */
function numberText(text: string): string {
  const [, sign = '', whole = '', part = '', power = ''] = /^(-?)(\d+)(?:\.(\d+))?[eE]\+?(\d+)$/.exec(text) ?? []
  const places = Number(power)
  if (whole === '' || part.length > places || places > 20) return text
  return sign + `${whole}${part.padEnd(places, '0')}`.replace(/^0+(?=\d)/, '')
}

/** Text of a cell that shares no text; dates become ISO texts, or those of their column's order. */
export function cellText(
  { shapes, from1904 }: Workbook,
  cell: Exclude<Cell, { kind: 'shared' }>,
  times: DateOrder | null,
): string {
  if (cell.kind === 'text') return cell.text
  if (cell.kind !== 'number') return ''
  const shape = shapes[cell.style] ?? { kind: 'plain' as const }
  const value = Number(cell.text)
  if (shape.kind === 'padded')
    return Number.isInteger(value) && value >= 0 ? numberText(cell.text).padStart(shape.digits, '0') : cell.text
  if (shape.kind !== 'plain') return serialText(value, shape.kind, from1904, times ?? 'ymd') ?? cell.text
  if (times !== null && value >= SERIALS.from && value < SERIALS.to) {
    return serialText(value, Number.isInteger(value) ? 'date' : 'datetime', from1904, times) ?? cell.text
  }
  return numberText(cell.text)
}

/** Makes the writer for a table of these columns; `width` is how many the header has. */
export function cellWriter(
  workbook: Workbook,
  columns: readonly string[],
  roles: LogRoles,
  limits: ReadLimits,
): CellWriter {
  const { texts } = workbook
  const plans = plansOf(columns, roles)
  const rounded = new Map<number, number>()
  let errors = 0
  let uncomputed = 0
  let bytes = Buffer.allocUnsafe(64 * 1024)
  const row: CsvRow = {
    bytes,
    cells: columns.length,
    starts: new Int32Array(limits.columns + 1),
    ends: new Int32Array(limits.columns + 1),
    number: 0,
    fault: null,
  }

  const room = (used: number, more: number): void => {
    if (used + more <= bytes.length) return
    const grown = Buffer.allocUnsafe(Math.max(used + more, bytes.length * 2))
    bytes.copy(grown, 0, 0, used)
    bytes = grown
  }
  /** What is wrong with a cell, where its row cannot be used for it. */
  const faultOf = (cell: Cell, column: number): RowFault | null => {
    const key = plans[column]?.key ?? null
    if (cell.kind === 'error') errors++
    else if (cell.kind === 'uncomputed') uncomputed++
    else if (cell.kind === 'number' && workbook.shapes[cell.style]?.kind !== 'date') {
      if (Math.abs(Number(cell.text)) <= EXACT) return null
      rounded.set(column, (rounded.get(column) ?? 0) + 1)
      return key === 'case' ? 'rounded-number' : null
    } else return null
    return key === null ? null : 'formula-error'
  }

  return {
    write({ number, cells }) {
      row.number = number
      row.fault = null
      row.cells = Math.max(columns.length, cells.length)
      let used = 0
      for (let column = 0; column < row.cells; column++) {
        const cell = cells[column]
        row.starts[column] = used
        if (cell !== undefined) {
          row.fault = faultOf(cell, column) ?? row.fault
          if (cell.kind === 'shared') {
            const start = texts.start(cell.index)
            const end = texts.end(cell.index)
            room(used, end - start)
            texts.heap.copy(bytes, used, start, end)
            used += end - start
          } else {
            const text = cellText(workbook, cell, plans[column]?.times ?? null)
            room(used, text.length * 3)
            used += bytes.write(text, used, 'utf8')
          }
        }
        row.ends[column] = used
        const length = used - (row.starts[column] as number)
        if (length > limits.cellBytes) row.fault = 'cell-too-large'
      }
      row.bytes = bytes
      if (bytes.subarray(0, used).includes(0)) row.fault = 'nul'
      return row
    },
    notes() {
      const notes: ImportNote[] = []
      if (errors > 0) notes.push({ code: 'formula-errors', count: errors })
      if (uncomputed > 0) notes.push({ code: 'formulas-uncomputed', count: uncomputed })
      for (const [column, count] of rounded) {
        notes.push({ code: 'numbers-rounded', count, column: columns[column] ?? `#${column + 1}` })
      }
      return notes
    },
  }
}
