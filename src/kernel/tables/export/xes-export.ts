import type { EventLog, StringColumn } from '../../../core/eventlog/event-log.ts'
import { instantText } from './instant-text.ts'
import { type ExportColumn, type ExportPlan, exportColumns, hasTimes, isRole, rolesOf } from './log-keys.ts'

const PIECE = 64 * 1024

const standard = { case: 'case:concept:name', activity: 'concept:name', time: 'time:timestamp' } as const
/** What the standard's extensions call our roles. */
const byExtension: Readonly<Record<string, string>> = { officer: 'org:resource', organ: 'org:group' }

const extensions = [
  ['Concept', 'concept', 'http://www.xes-standard.org/concept.xesext'],
  ['Time', 'time', 'http://www.xes-standard.org/time.xesext'],
  ['Organizational', 'org', 'http://www.xes-standard.org/org.xesext'],
  ['Lifecycle', 'lifecycle', 'http://www.xes-standard.org/lifecycle.xesext'],
  ['Cost', 'cost', 'http://www.xes-standard.org/cost.xesext'],
  ['ID', 'identity', 'http://www.xes-standard.org/identity.xesext'],
] as const

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Text as an attribute's value: white space other than blanks by number, what XML 1.0 cannot hold as U+FFFD. */
function escaped(text: string): string {
  return text.replaceAll(/[&<>"']|\p{Cc}|\ufffe|\uffff/gu, (sign) => {
    const held = /[\t\n\r\u007f-\u009f]/.test(sign)
    return held ? `&#${sign.charCodeAt(0)};` : (named[sign] ?? '\ufffd')
  })
}

/** The XES type that all values of a column have; the text of a value is the same in any of them. */
function typeOf({ dictionary }: StringColumn): 'int' | 'float' | 'boolean' | 'date' | 'string' {
  const all = (shape: RegExp): boolean => dictionary.length > 0 && dictionary.every((text) => shape.test(text))
  if (all(/^-?(0|[1-9]\d{0,14})$/)) return 'int'
  if (all(/^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$/)) return 'float'
  if (all(/^(true|false)$/)) return 'boolean'
  return all(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/) ? 'date' : 'string'
}

/**
 * What an XES document of a log holds, and the mapping that reads it back. A value of the case whose key does not say so
 * stands at the trace's first event: a key of a trace is read with `case:` before it.
 */
export function xesPlan(log: EventLog): ExportPlan {
  const taken = new Set<string>(Object.values(standard))
  const columns = exportColumns(log, (key, level) => {
    let name = level === 'case' && isRole(key) ? `case:${key}` : (byExtension[key] ?? key)
    while (taken.has(name)) name = level === 'case' && name.startsWith('case:') ? `${name}_` : `source:${name}`
    taken.add(name)
    return name
  })
  return { columns, mapping: rolesOf(columns, hasTimes(log) ? standard : { ...standard, time: null }) }
}

/** Writes one attribute. */
type Write = (index: number) => string

function writer({ name, values }: ExportColumn, type = typeOf(values)): Write {
  const key = escaped(name.startsWith('case:') ? name.slice(5) : name)
  // each distinct value is written once, not once an event
  const written = values.dictionary.map((text) => `<${type} key="${key}" value="${escaped(text)}"/>`)
  return (index) => written[values.codes[index] as number] ?? ''
}

/** A log as an XES document (IEEE 1849-2016), piece by piece. */
export function* xesOfLog(log: EventLog, { columns }: ExportPlan): Generator<string> {
  const prefixes = new Set(['concept', 'time', ...columns.map(({ name }) => name.replace(/^case:/, '').split(':')[0])])
  const declared = extensions.filter(([, prefix]) => prefixes.has(prefix))
  let piece = '<?xml version="1.0" encoding="UTF-8"?>\n'
  piece += '<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">\n'
  for (const [name, prefix, uri] of declared) piece += `<extension name="${name}" prefix="${prefix}" uri="${uri}"/>\n`
  piece += '<classifier name="Activity" keys="concept:name"/>\n'
  const step = writer({ key: '', name: 'concept:name', level: 'event', values: log.activity }, 'string')
  const ofTrace = columns.filter(({ name }) => name.startsWith('case:')).map((column) => writer(column))
  const ofFirst = columns
    .filter(({ name, level }) => level === 'case' && !name.startsWith('case:'))
    .map((column) => writer(column))
  const ofEvent = columns.filter(({ level }) => level === 'event').map((column) => writer(column))
  for (let c = 0; c < log.caseIds.length; c++) {
    const start = log.caseStart[c] as number
    piece += `<trace>\n<string key="concept:name" value="${escaped(log.caseIds[c] as string)}"/>`
    for (const write of ofTrace) piece += write(c)
    piece += '\n'
    for (let i = start; i < (log.caseStart[c + 1] as number); i++) {
      const time = log.time[i] as number
      piece += `<event>${step(i)}`
      if (!Number.isNaN(time)) piece += `<date key="time:timestamp" value="${instantText(time)}"/>`
      if (i === start) for (const write of ofFirst) piece += write(c)
      for (const write of ofEvent) piece += write(i)
      piece += '</event>\n'
      if (piece.length >= PIECE) {
        yield piece
        piece = ''
      }
    }
    piece += '</trace>\n'
  }
  yield `${piece}</log>\n`
}
