import { csvCell } from './csv-cell.ts'
import { type ImportReport, type ReportedRow, reportedRows, rowReasons } from './import-report.ts'

const PIECE = 5000

/**
 * Reported rows as lines of CSV: row, reason, the reason in both languages, and the cell that could not be read where it
 * was kept. `head` gives the header, with a byte order mark, so that Excel reads it as UTF-8.
 */
export function reportLines(rows: readonly ReportedRow[] | 'head'): string {
  if (rows === 'head') return '\uFEFFrow,reason,zh,en,cell\r\n'
  const lines = rows.map(({ row, reason, text }) => {
    const says = rowReasons[reason]
    return `${[String(row), reason, says.zh, says.en, text ?? ''].map(csvCell).join(',')}\r\n`
  })
  return lines.join('')
}

/** The reported rows of an import as a CSV file, piece by piece. */
export function* reportCsv(report: ImportReport): Generator<string> {
  yield reportLines('head')
  for (let from = 0; from < report.reportedRows.length; from += PIECE) {
    yield reportLines(reportedRows(report, from, PIECE))
  }
}
