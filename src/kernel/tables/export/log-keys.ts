import type { EventLog, StringColumn } from '../../../core/eventlog/event-log.ts'
import type { LogMapping } from '../log-mapping.ts'

/** An attribute of a log as an export writes it. */
export interface ExportColumn {
  /** The key in the log. */
  readonly key: string
  /** The name in the file. */
  readonly name: string
  readonly level: 'case' | 'event'
  readonly values: StringColumn
}

/** What an export writes, and the mapping by which the file reads back as the same log. */
export interface ExportPlan {
  readonly columns: readonly ExportColumn[]
  readonly mapping: LogMapping
}

const roles: ReadonlySet<string> = new Set(['officer', 'organ', 'start', 'end', 'deadline', 'region', 'power'])

/** The roles of a log's columns as a mapping names them, and which others belong to the case though their name does not say so. */
export function rolesOf(
  columns: readonly ExportColumn[],
  fixed: Pick<LogMapping, 'case' | 'activity' | 'time'>,
): LogMapping {
  const mapping: Record<string, unknown> = { ...fixed }
  const ofCase: string[] = []
  for (const { key, name, level } of columns) {
    if (roles.has(key))
      mapping[key] = key === 'start' || key === 'end' || key === 'deadline' ? { column: name, level } : name
    else if (level === 'case' && !/^(case:|\(case\)_)/.test(name)) ofCase.push(name)
  }
  return { ...mapping, ...(ofCase.length === 0 ? {} : { attributes: { case: ofCase } }) } as LogMapping
}

/** The attributes of a log that have a value, those of its cases first; `nameOf` gives each its name in the file. */
export function exportColumns(log: EventLog, nameOf: (key: string, level: 'case' | 'event') => string): ExportColumn[] {
  const of = (attributes: EventLog['eventAttributes'], level: 'case' | 'event'): ExportColumn[] =>
    [...attributes]
      .filter(([, { codes }]) => codes.some((code) => code >= 0))
      .map(([key, values]) => ({ key, name: nameOf(key, level), level, values }))
  return [...of(log.caseAttributes, 'case'), ...of(log.eventAttributes, 'event')]
}

/** Whether any event of a log has an instant: a mapping may not name a column that is nowhere. */
export const hasTimes = (log: EventLog): boolean => log.time.some((time) => !Number.isNaN(time))

/** Whether a key is a role's. */
export const isRole = (key: string): boolean => roles.has(key)
