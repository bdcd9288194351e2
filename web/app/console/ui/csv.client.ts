type Cell = string | number | null

// A cell that begins like a formula would run in a spreadsheet: it is written as text.
const safe = (text: string): string => (/^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text)

const field = (value: Cell): string => {
  const text = value === null ? '' : typeof value === 'number' ? String(value) : safe(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Writes rows as CSV: RFC 4180, in UTF-8 with a byte-order mark, which spreadsheets need to read Chinese. */
export function csvOf(titles: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${[titles, ...rows].map((row) => row.map(field).join(',')).join('\r\n')}\r\n`
}

/** Gives the browser a CSV file to keep. */
export function saveCsv(name: string, titles: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const address = URL.createObjectURL(new Blob([csvOf(titles, rows)], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = `${name}.csv`
  link.click()
  URL.revokeObjectURL(address)
}
