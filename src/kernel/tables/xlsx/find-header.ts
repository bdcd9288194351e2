import { guessMapping, type LogMapping } from '../log-mapping.ts'
import { namedColumns } from '../log-roles.ts'
import { cellText } from './cell-text.ts'
import type { Cell, SheetRow } from './sheet-rows.ts'
import type { Workbook } from './workbook.ts'

/** Where the header is among the first rows, and the names of all columns; one without a name is ''. */
export interface FoundHeader {
  readonly at: number
  readonly names: readonly string[]
}

function textOf(workbook: Workbook, cell: Cell | undefined): string {
  if (cell === undefined) return ''
  if (cell.kind !== 'shared') return cellText(workbook, cell, null).trim()
  const { heap } = workbook.texts
  return heap.toString('utf8', workbook.texts.start(cell.index), workbook.texts.end(cell.index)).trim()
}

const valuesIn = ({ cells }: SheetRow): Cell[] => cells.filter((cell) => cell !== undefined)

/**
 * Finds the header among the first rows of a sheet: the first that has every column which the mapping names; without
 * one, the first whose names tell case, activity and time; else the first that holds texts only and is at least half as
 * wide as the widest (a title above a table is one cell); else the first. Columns without a name are kept if they have values.
 */
export function findHeader(workbook: Workbook, rows: readonly SheetRow[], mapping: LogMapping | null): FoundHeader {
  const names = rows.map(({ cells }) => Array.from(cells, (cell) => textOf(workbook, cell)))
  const wanted = mapping === null ? null : namedColumns(mapping).map(({ column }) => column)
  const widest = Math.max(...rows.map((row) => valuesIn(row).length))
  const looksLikeOne = (row: SheetRow): boolean => {
    const values = valuesIn(row)
    const enough = values.length >= Math.max(Math.min(2, widest), widest / 2)
    return enough && values.every(({ kind }) => kind === 'text' || kind === 'shared')
  }
  const told = (known: (names: readonly string[]) => boolean): number => names.findIndex(known)
  const places = [
    told((row) => (wanted === null ? 'mapping' in guessMapping(row) : wanted.every((name) => row.includes(name)))),
    rows.findIndex(looksLikeOne),
    0,
  ]
  const at = places.find((place) => place >= 0) ?? 0
  const width = Math.max(...rows.slice(at).map(({ cells }) => cells.length))
  return { at, names: Array.from({ length: width }, (_, i) => names[at]?.[i] ?? '') }
}
