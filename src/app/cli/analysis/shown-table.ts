import { saysDuration } from '../../../core/eventlog/says-duration.ts'
import type { Bilingual } from '../../../core/refusal/refusal.ts'
import { csvCell } from '../../../kernel/tables/csv-cell.ts'
import { text } from '../language.ts'

/** How a value is shown: shares as percent, seconds in the unit that a person would take. */
type ShownAs = 'text' | 'count' | 'share' | 'seconds' | 'number'

/** A column of a table on the command line. `key` is its header in CSV; times are seconds. */
export interface ShownColumn<Row> {
  readonly key: string
  readonly name: Bilingual
  readonly kind: ShownAs | ((row: Row) => ShownAs)
  readonly of: (row: Row) => string | number | null
}

/** Columns that a terminal takes for a text: Chinese characters and full-width signs take two. */
const widthOf = (words: string): number =>
  [...words].reduce((sum, sign) => sum + (/[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦]/u.test(sign) ? 2 : 1), 0)

function shown(value: string | number | null, kind: ShownAs): string {
  if (value === null) return '–'
  if (typeof value === 'string') return value
  if (kind === 'seconds') return text(saysDuration(value))
  if (kind === 'share') return `${(value * 100).toFixed(1)}%`
  return kind === 'count' ? value.toLocaleString('en') : String(Math.round(value * 1000) / 1000)
}

/** The first rows of a table as lines, numbers to the right; how many are left out is said below. */
export function tableLines<Row>(columns: readonly ShownColumn<Row>[], rows: readonly Row[], most = 20): string[] {
  const cells = [
    columns.map(({ name }) => text(name)),
    ...rows
      .slice(0, most)
      .map((row) => columns.map(({ kind, of }) => shown(of(row), typeof kind === 'function' ? kind(row) : kind))),
  ]
  const widths = columns.map((_, k) => Math.max(...cells.map((line) => widthOf(line[k] as string))))
  const lines = cells.map((line) =>
    line
      .map((cell, k) => {
        const pad = ' '.repeat((widths[k] as number) - widthOf(cell))
        return columns[k]?.kind === 'text' ? cell + pad : pad + cell
      })
      .join('  ')
      .trimEnd(),
  )
  const rest = rows.length - most
  return rest > 0 ? [...lines, text({ zh: `……另有 ${rest} 行`, en: `… and ${rest} more rows` })] : lines
}

/** A whole table as CSV, with a byte order mark, so that Excel reads it as UTF-8; numbers as they are, times in seconds. */
export function tableCsv<Row>(columns: readonly ShownColumn<Row>[], rows: readonly Row[]): string {
  const line = (cells: readonly (string | number | null)[]): string =>
    cells.map((cell) => (typeof cell === 'string' ? csvCell(cell) : (cell ?? ''))).join(',')
  const body = rows.map((row) => line(columns.map(({ of }) => of(row))))
  return `\uFEFF${[line(columns.map(({ key }) => key)), ...body].join('\r\n')}\r\n`
}
