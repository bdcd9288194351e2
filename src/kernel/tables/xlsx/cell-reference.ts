/** The column, from 0, of its letters: A is 0, AA is 26. */
export function columnOf(letters: string): number {
  let column = 0
  for (let i = 0; i < letters.length; i++) column = column * 26 + letters.charCodeAt(i) - 64
  return column - 1
}

/** The letters of a column from 0. */
export function lettersOf(column: number): string {
  let letters = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}

/** Reads a cell's address such as `AB12` into its column from 0; −1 where it is no address of this row. */
export function columnIn(address: string, row: number): number {
  let i = 0
  while (i < address.length && address.charCodeAt(i) >= 65 && address.charCodeAt(i) <= 90) i++
  return i > 0 && i <= 3 && Number(address.slice(i)) === row ? columnOf(address.slice(0, i)) : -1
}
