import { type ImportReport, reportedRows, rowReasons } from './import-report.ts'

const PIECE = 5000

/** A cell that no spreadsheet takes for a formula and no reader for two cells. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/**
 * The reported rows of an import as CSV (UTF-8 with a byte order mark, so that Excel opens it right): row, reason, the
 * reason in both languages, and the cell that could not be read where it was kept.
 */
export function* reportCsv(report: ImportReport): Generator<string> {
  yield '\uFEFFrow,reason,zh,en,cell\r\n'
  for (let from = 0; from < report.reportedRows.length; from += PIECE) {
    const lines = reportedRows(report, from, PIECE).map(({ row, reason, text }) => {
      const says = rowReasons[reason]
      return `${[String(row), reason, says.zh, says.en, text ?? ''].map(cell).join(',')}\r\n`
    })
    yield lines.join('')
  }
}
