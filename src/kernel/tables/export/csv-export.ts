import type { EventLog } from '../../../core/eventlog/event-log.ts'
import { instantText } from './instant-text.ts'
import { type ExportPlan, exportColumns, isRole, rolesOf } from './log-keys.ts'

const PIECE = 64 * 1024

/** Begins as a formula would in a spreadsheet, perhaps behind guards of its own. */
const formula = /^'*[=+\-@\t\r]/
const plainNumber = /^[+-]?\d+(\.\d+)?$/

/**
 * A cell that no spreadsheet takes for a formula: one that begins like it gets a `'` before it, and so does one that
 * begins with such guards already, so that `formulaGuard` of the mapping takes exactly one away again. Numbers stay.
 */
const guarded = (text: string): string => (formula.test(text) && !plainNumber.test(text) ? `'${text}` : text)

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const cell = (text: string): string => quoted(guarded(text))

/** What a CSV file of a log holds, and the mapping that reads it back. */
export function csvPlan(log: EventLog): ExportPlan {
  const taken = new Set<string>()
  const free = (wanted: string): string => {
    const first = guarded(wanted)
    let name = first
    for (let i = 2; taken.has(name); i++) name = `${first} (${i})`
    taken.add(name)
    return name
  }
  const columns = exportColumns(log, (key, level) => free(level === 'case' && isRole(key) ? `case:${key}` : key))
  const fixed = { case: free('case'), activity: free('activity'), time: free('time') }
  return { columns, mapping: { ...rolesOf(columns, fixed), formulaGuard: true } }
}

/**
 * A log as CSV, piece by piece: one event a row, in the log's order; RFC 4180 in UTF-8 with a byte order mark, which
 * spreadsheets need to read Chinese. Instants are ISO texts in UTC.
 */
export function* csvOfLog(log: EventLog, { columns, mapping }: ExportPlan): Generator<string> {
  const header = [mapping.case, mapping.activity as string, mapping.time as string, ...columns.map(({ name }) => name)]
  // each distinct text is guarded and quoted once, not once a row
  const cells = columns.map(({ level, values }) => ({
    ofCase: level === 'case',
    codes: values.codes,
    texts: values.dictionary.map(cell),
  }))
  const steps = log.activity.dictionary.map(cell)
  let piece = `\uFEFF${header.map(quoted).join(',')}\r\n`
  for (let c = 0; c < log.caseIds.length; c++) {
    const id = cell(log.caseIds[c] as string)
    for (let i = log.caseStart[c] as number; i < (log.caseStart[c + 1] as number); i++) {
      const time = log.time[i] as number
      piece += `${id},${steps[log.activity.codes[i] as number] ?? ''},${Number.isNaN(time) ? '' : instantText(time)}`
      for (const { ofCase, codes, texts } of cells) piece += `,${texts[codes[ofCase ? c : i] as number] ?? ''}`
      piece += '\r\n'
      if (piece.length >= PIECE) {
        yield piece
        piece = ''
      }
    }
  }
  yield piece
}
