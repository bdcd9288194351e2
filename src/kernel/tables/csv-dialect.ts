/** How a CSV file separates its cells and rows. */
export interface CsvDialect {
  readonly delimiter: number
  /** The byte that ends a row: LF (a CR before it is dropped), or CR in files of old Macintosh systems. */
  readonly newline: 0x0a | 0x0d
  /** Rows before the header: Excel's `sep=;` line. */
  readonly skipRows: number
}

const QUOTE = 0x22
const candidates = [0x2c, 0x3b, 0x09, 0x7c] as const

/** Cells per row for one candidate, quotes respected, over the rows that lie whole in the sample. */
function cellCounts(sample: Uint8Array, delimiter: number, newline: number, whole: boolean): number[] {
  const counts: number[] = []
  let cells = 1
  let quoted = false
  let cellStart = true
  let empty = true
  for (const byte of sample) {
    if (quoted) {
      if (byte === QUOTE) quoted = false
      continue
    }
    if (byte === QUOTE && cellStart) {
      quoted = true
      cellStart = false
      empty = false
    } else if (byte === delimiter) {
      cells++
      cellStart = true
      empty = false
    } else if (byte === newline) {
      if (!empty) counts.push(cells)
      if (counts.length === 50) return counts
      cells = 1
      cellStart = true
      empty = true
    } else if (byte !== 0x0d) {
      cellStart = false
      empty = false
    }
  }
  if (whole && !empty) counts.push(cells)
  return counts
}

/**
 * Reads the dialect off the first bytes (UTF-8): the separator that splits the header into most cells among those whose
 * rows agree with it best; a comma where there is one column only.
 */
export function sniffDialect(sample: Uint8Array, whole: boolean, given?: string): CsvDialect {
  const newline = sample.includes(0x0a) || !sample.includes(0x0d) ? 0x0a : 0x0d
  const announced = /^sep=([,;\t|])\r?[\n\r]/.exec(Buffer.from(sample.subarray(0, 8)).toString('latin1'))?.[1]
  const skipRows = announced === undefined ? 0 : 1
  const fixed = given ?? announced
  if (fixed !== undefined) return { delimiter: fixed.charCodeAt(0), newline, skipRows }
  let best: number = candidates[0]
  let bestScore = 0
  for (const delimiter of candidates) {
    const counts = cellCounts(sample, delimiter, newline, whole)
    const header = counts[0] ?? 1
    if (header < 2) continue
    const agreeing = counts.filter((count) => count === header).length / counts.length
    const score = agreeing * 1000 + Math.min(header, 500)
    if (score > bestScore) {
      best = delimiter
      bestScore = score
    }
  }
  return { delimiter: best, newline, skipRows }
}
