import { refuse } from '../../../core/refusal/refusal.ts'
import type { ReadLimits } from '../limits.ts'
import { Stopped } from '../stopped.ts'
import { columnIn, lettersOf } from './cell-reference.ts'
import type { SheetOutline } from './merged-cells.ts'
import { unescaped } from './shared-texts.ts'
import type { Sheet, Workbook } from './workbook.ts'
import { readPart } from './xml-part.ts'

/** What stands in a cell, as the file has it. */
export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  /** A text that cells share, by its number. */
  | { readonly kind: 'shared'; readonly index: number }
  | { readonly kind: 'number'; readonly text: string; readonly style: number }
  /** A formula that failed (`#N/A`), or one whose value nobody computed. */
  | { readonly kind: 'error' | 'uncomputed'; readonly text: string }

/** A row of a sheet that has a value: its cells by column. `filled` counts those that a merged cell above lent to it. */
export interface SheetRow {
  readonly number: number
  readonly hidden: boolean
  readonly cells: readonly (Cell | undefined)[]
  readonly filled: number
}

/** Takes its value from another file: `[1]Sheet1!A1`. */
const external = /\[\d+\][^[\]]*!/

/**
 * Reads the rows of one sheet in order; rows without any value are none. A cell that is merged over several rows lends
 * its value to the rows below that have values of their own. Calls `onRow` until it answers false. Throws Stopped where
 * the sheet is broken, or takes values from another workbook.
 */
export async function readSheet(
  { zip, texts }: Workbook,
  { part }: Sheet,
  outline: SheetOutline,
  limits: ReadLimits,
  onRow: (row: SheetRow) => boolean,
): Promise<void> {
  const { file } = zip
  let number = 0
  let hidden = false
  let column = -1
  let any = false
  let inRows = false
  let type = ''
  let style = 0
  let value: string | null = null
  let formula: string | null = null
  let taking: 'value' | 'formula' | null = null
  let phonetic = 0
  let cells: (Cell | undefined)[] = []
  let going = true
  const lent = new Map<number, { readonly cell: Cell; readonly last: number }>()

  const broken = (why: string): Stopped =>
    new Stopped(refuse('table.workbook-broken', { file, row: number, why }, { place: { file, row: number } }))

  const cellOf = (): Cell | undefined => {
    if (formula !== null && external.test(formula)) {
      const facts = { file, row: number, column: lettersOf(column) }
      throw new Stopped(refuse('table.workbook-external-value', facts, { place: { file, row: number } }))
    }
    if (value === null || value === '') return formula === null ? undefined : { kind: 'uncomputed', text: '' }
    if (type === 's') {
      const index = Number(value)
      if (!Number.isInteger(index) || index < 0 || index >= texts.count) throw broken(`s=${value.slice(0, 20)}`)
      return texts.start(index) === texts.end(index) ? undefined : { kind: 'shared', index }
    }
    if (type === 'e') return { kind: 'error', text: value.slice(0, 40) }
    if (type === 'b') return { kind: 'text', text: value === '1' || value === 'true' ? 'true' : 'false' }
    if (type === 'd') return { kind: 'text', text: value }
    if (type === '' || type === 'n') {
      if (Number.isNaN(Number(value))) throw broken(`n=${value.slice(0, 20)}`)
      return { kind: 'number', text: value.trim(), style }
    }
    return { kind: 'text', text: unescaped(value) }
  }

  const beginRow = (attributes: Readonly<Record<string, string>>): void => {
    const stated = attributes.r === undefined ? number + 1 : Number(attributes.r)
    if (!Number.isInteger(stated) || stated <= number || stated > 0x7fffffff) throw broken(`r=${attributes.r}`)
    number = stated
    hidden = attributes.hidden === '1' || attributes.hidden === 'true'
    cells = []
    column = -1
    any = false
  }

  const endRow = (): void => {
    if (!any || !going) return
    let filled = 0
    for (const [at, { cell, last }] of lent) {
      if (last < number) lent.delete(at)
      else if (cells[at] === undefined) {
        cells[at] = cell
        filled++
      }
    }
    for (const { column: at, last } of outline.merged.get(number) ?? []) {
      const cell = cells[at]
      if (cell !== undefined) lent.set(at, { cell, last })
    }
    going = onRow({ number, hidden, cells, filled })
  }

  await readPart(zip, part, limits.rowBytes, {
    more: () => going,
    open(name, attributes) {
      if (name === 'sheetData') inRows = true
      if (!inRows) return
      if (name === 'row') beginRow(attributes)
      else if (name === 'c') {
        column = attributes.r === undefined ? column + 1 : columnIn(attributes.r, number)
        if (column < 0) throw broken(`r=${(attributes.r ?? '').slice(0, 20)}`)
        if (column >= limits.columns) {
          const facts = { file, row: number, cells: column + 1, limit: limits.columns }
          throw new Stopped(refuse('table.too-many-columns', facts, { place: { file, row: number } }))
        }
        type = attributes.t ?? ''
        style = Number(attributes.s ?? 0)
        value = null
        formula = null
      } else if (name === 'v') taking = 'value'
      else if (name === 'f') {
        formula = ''
        taking = 'formula'
      } else if (name === 'rPh') phonetic++
      else if (name === 't' && phonetic === 0) taking = 'value'
    },
    text(piece) {
      if (taking === 'formula') formula = (formula ?? '') + piece
      else if (taking === 'value') value = (value ?? '') + piece
      if ((value?.length ?? 0) + (formula?.length ?? 0) > limits.rowBytes) {
        throw new Stopped(refuse('table.row-too-long', { file, row: number }, { place: { file, row: number } }))
      }
    },
    close(name) {
      if (!inRows) return
      if (name === 'v' || name === 'f' || name === 't') taking = null
      else if (name === 'rPh') phonetic--
      else if (name === 'c') {
        const cell = cellOf()
        if (cell === undefined) return
        if (cells[column] !== undefined) throw broken(`r=${lettersOf(column)}${number}`)
        cells[column] = cell
        any = true
      } else if (name === 'row') endRow()
      else if (name === 'sheetData') inRows = false
    },
  })
}
