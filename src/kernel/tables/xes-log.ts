import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { isRefusal, refuse } from '../../core/refusal/refusal.ts'
import { ByteDictionary } from './byte-dictionary.ts'
import type { LogReading } from './csv-log.ts'
import type { RowReason } from './import-report.ts'
import type { ReadLimits } from './limits.ts'
import { LogBuilder, type Target } from './log-builder.ts'
import type { LogMapping } from './log-mapping.ts'
import { doubleRole, logRoles, missingColumn } from './log-roles.ts'
import { Stopped } from './stopped.ts'
import type { ZoneClock } from './zone-offset.ts'

/** The columns that an XES log is read by where no mapping says otherwise; a trace's keys carry the prefix `case:`. */
const standard: LogMapping = { case: 'case:concept:name', activity: 'concept:name', time: 'time:timestamp' }

const TRACE_END = '</trace>'

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

/**
 * The events of an XES document (IEEE 1849), read in one pass. Nested attributes, lists, classifiers and extensions are
 * passed over; the defaults of `global` are not put in for what an event lacks: a default is no observation. An event's
 * row is its ordinal in the document. A DTD, deep nesting, foreign roots and broken XML throw Stopped with their line.
 */
export function xesLog(
  file: string,
  given: LogMapping | null,
  clockOf: (mapping: LogMapping) => ZoneClock,
  limits: ReadLimits,
  parts = false,
): LogReading {
  const mapping = given ?? { ...standard, officer: 'org:resource', organ: 'org:group' }
  const twice = doubleRole(file, mapping)
  if (isRefusal(twice)) throw new Stopped(twice)
  const roles = logRoles(mapping)
  const builder = new LogBuilder(file, roles, clockOf(mapping), parts)
  const parser = new SaxesParser({ xmlns: false, fragment: false })
  const seen = new Set<string>()
  const targets = new Map<string, Target | null>()
  const scratch = Buffer.allocUnsafe(1024)

  let depth = 0
  let inTrace = false
  let inEvent = false
  let ordinal = 0
  let traces = 0
  let quietBytes = 0
  let rootSeen = false

  let traceFrom = 0
  /** The values of the trace with the event that they stand at. */
  const traceValues: [string, string, number][] = []
  const event = new Map<string, string>()
  let unnamed = 0
  let merged = 0
  // parts forget their cases: which names were there before is then remembered apart
  const traceNames = parts ? new ByteDictionary() : builder.cases
  const caseOfEvent = !roles.case.startsWith('case:')

  const at = (): { place: { file: string; row: number } } => ({ place: { file, row: parser.line } })
  const stop = (code: 'log.xml-broken' | 'log.xml-doctype' | 'log.xml-deep' | 'log.xml-root', facts: object): Stopped =>
    new Stopped(refuse(code, { file, row: parser.line, ...facts }, at()))

  const targetOf = (key: string): Target | null => {
    let target = targets.get(key)
    if (target === undefined) {
      target = builder.target(key)
      targets.set(key, target)
    }
    return target
  }

  const against = (activity: readonly string[], caseText: string | null): RowReason | null => {
    if (caseText === null ? !inTrace : caseText.trim() === '') return 'missing-case'
    if (caseText !== null && Buffer.byteLength(caseText) > limits.caseIdBytes) return 'case-too-long'
    if (activity.every((text) => text.trim() === '')) return 'missing-activity'
    if (roles.lifecycle === null) return null
    return roles.lifecycle.count.has(event.get(roles.lifecycle.column) ?? '') ? null : 'not-counted'
  }

  const finishEvent = (): void => {
    ordinal++
    const activity = roles.activity.map((key) => event.get(key) ?? '')
    const caseText = caseOfEvent ? (event.get(roles.case) ?? '') : null
    const reason = against(activity, caseText)
    if (reason !== null) {
      builder.reject(ordinal, reason)
      return
    }
    const activityCode = builder.activities.codeOfText(activity.join('+'))
    const caseCode = caseText === null ? -1 : builder.cases.codeOfText(caseText)
    const index = builder.event(ordinal, caseCode, activityCode)
    const time = roles.time === null ? undefined : event.get(roles.time)
    if (time === undefined || time.length > 300) {
      if (time === undefined) builder.time?.pushMissing()
      else builder.time?.push(Buffer.from(time), 0, Buffer.byteLength(time))
    } else {
      builder.time?.push(scratch, 0, scratch.write(time, 0, 'utf8'))
    }
    for (const [key, value] of event) {
      if (key === roles.case || key === roles.time || roles.activity.includes(key)) continue
      const target = targetOf(key)
      if (target?.kind === 'event') target.column.takeText(index, value)
      else if (target?.kind === 'case') traceValues.push([key, value, index])
    }
  }

  const finishTrace = (): void => {
    traces++
    const traceTo = builder.length
    let caseCode = -1
    if (!caseOfEvent) {
      const name = traceValues.find(([key]) => key === roles.case)?.[1] ?? ''
      if (Buffer.byteLength(name) > limits.caseIdBytes) {
        for (let i = traceFrom; i < traceTo; i++) builder.withdraw(i, 'case-too-long')
        return
      }
      if (name === '' && traceTo > traceFrom) unnamed++
      const id = name === '' ? `#${traces}` : name
      const known = traceNames.size
      traceNames.codeOfText(id)
      if (traceNames.size === known) merged++
      caseCode = builder.cases.codeOfText(id)
      for (let i = traceFrom; i < traceTo; i++) builder.moveEvent(i, caseCode)
    }
    if (caseCode < 0 || traceTo === traceFrom) return
    for (const [key, value, at] of traceValues) {
      if (key === roles.case) continue
      const target = targetOf(key)
      if (target?.kind === 'case') target.column.takeText(caseCode, at, value)
    }
  }

  parser.on('error', (error) => {
    const why = error.message.replace(/^(undefined|\d+):\d+: /, '')
    throw stop('log.xml-broken', { why })
  })
  parser.on('doctype', () => {
    throw stop('log.xml-doctype', {})
  })
  parser.on('opentag', (tag: SaxesTagPlain) => {
    quietBytes = 0
    if (++depth > limits.depth) throw stop('log.xml-deep', { limit: limits.depth })
    const name = local(tag.name)
    if (depth === 1) {
      rootSeen = true
      if (name !== 'log') throw stop('log.xml-root', { root: tag.name })
      return
    }
    if (name === 'trace' && depth === 2) {
      inTrace = true
      traceFrom = builder.length
      traceValues.length = 0
      return
    }
    if (name === 'event' && depth === (inTrace ? 3 : 2)) {
      inEvent = true
      event.clear()
      return
    }
    const { key, value } = tag.attributes
    if (key === undefined || value === undefined) return
    if (inEvent && depth === (inTrace ? 4 : 3)) {
      seen.add(key)
      event.set(key, value)
    } else if (inTrace && !inEvent && depth === 3) {
      seen.add(`case:${key}`)
      traceValues.push([`case:${key}`, value, traceFrom])
    }
  })
  parser.on('closetag', (tag: SaxesTagPlain) => {
    const name = local(tag.name)
    if (inEvent && name === 'event' && depth === (inTrace ? 3 : 2)) {
      finishEvent()
      inEvent = false
    } else if (inTrace && name === 'trace' && depth === 2) {
      finishTrace()
      inTrace = false
    }
    depth--
  })

  return {
    write(piece) {
      quietBytes += piece.length
      if (quietBytes > limits.rowBytes + piece.length) throw stop('log.xml-broken', { why: 'markup without end' })
      parser.write(piece.toString('utf8'))
    },
    rows: () => builder.rowsIn,
    builder: () => builder,
    settled: () => !inTrace,
    cutOf(piece) {
      const at = piece.lastIndexOf(TRACE_END)
      return at < 0 ? piece.length : at + TRACE_END.length
    },
    end(cut) {
      if (!cut) parser.close()
      else if (inTrace) finishTrace()
      if (!rootSeen) throw stop('log.xml-broken', { why: 'no root element' })
      if (unnamed > 0) builder.notes.push({ code: 'case-without-name', count: unnamed })
      if (merged > 0) builder.notes.push({ code: 'trace-split', count: merged })
      const columns = [...seen].sort()
      if (given !== null) {
        const missing = missingColumn(file, given, columns)
        if (missing !== null) throw new Stopped(missing)
      }
      return { format: 'xes', builder, columns, mapping, guessed: given === null, delimiter: null }
    },
  }
}
