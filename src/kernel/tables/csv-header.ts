import type { CsvRow } from './csv-reader.ts'

/** The names of a table's columns, made distinct, and how many had to be told apart by their number. */
export interface CsvHeader {
  readonly names: readonly string[]
  readonly renamed: number
  /** Names that several headers share: a mapping cannot mean one of them. */
  readonly repeated: ReadonlySet<string>
}

/** The text of a row's cell. */
export function cellText(row: CsvRow, index: number): string {
  const { bytes } = row
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
    'utf8',
    row.starts[index],
    row.ends[index],
  )
}

/** Reads the header row. */
export const csvHeader = (row: CsvRow): CsvHeader =>
  headerOf(Array.from({ length: row.cells }, (_, i) => cellText(row, i)))

/** Makes names distinct: blanks around them are dropped; an empty name becomes `#5`, a repeated one `name #5`. */
export function headerOf(cells: readonly string[]): CsvHeader {
  const given = cells.map((cell) => cell.trim())
  const counts = new Map<string, number>()
  for (const name of given) counts.set(name, (counts.get(name) ?? 0) + 1)
  const repeated = new Set([...counts].filter(([name, count]) => name !== '' && count > 1).map(([name]) => name))
  const seen = new Set<string>()
  let renamed = 0
  const names = given.map((name, i) => {
    if (name !== '' && !seen.has(name)) {
      seen.add(name)
      return name
    }
    renamed++
    const distinct = name === '' ? `#${i + 1}` : `${name} #${i + 1}`
    seen.add(distinct)
    return distinct
  })
  return { names, renamed, repeated }
}
