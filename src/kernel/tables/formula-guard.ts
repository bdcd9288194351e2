import type { CsvRow } from './csv-reader.ts'

const GUARD = 0x27
/** `=`, `+`, `-`, `@`, tab and carriage return: what a spreadsheet takes for the start of a formula. */
const starters: ReadonlySet<number> = new Set([0x3d, 0x2b, 0x2d, 0x40, 0x09, 0x0d])

/** Takes one `'` away from each cell in which guards stand before the start of a formula, as our own exports write them. */
export function unguard(row: CsvRow): void {
  const { bytes, starts, ends } = row
  for (let i = 0; i < row.cells; i++) {
    const start = starts[i] as number
    const end = ends[i] as number
    if (start >= end || bytes[start] !== GUARD) continue
    let at = start
    while (at < end && bytes[at] === GUARD) at++
    if (at < end && starters.has(bytes[at] as number)) starts[i] = start + 1
  }
}
