import { type Refusal, refuse } from '../../core/refusal/refusal.ts'
import type { LogMapping } from './log-mapping.ts'
import { nearestName } from './nearest-name.ts'
import type { TimeFormat } from './time-text.ts'

/** The keys that a role's values have in an event log. */
export type RoleKey = 'officer' | 'organ' | 'start' | 'end' | 'deadline' | 'region' | 'power'

export interface Role {
  readonly key: RoleKey
  readonly column: string
  readonly level: 'case' | 'event'
  readonly timeFormat?: TimeFormat
}

/** A mapping made ready for reading. */
export interface LogRoles {
  readonly case: string
  readonly activity: readonly string[]
  readonly time: string | null
  readonly timeFormat: TimeFormat | null
  readonly lifecycle: { readonly column: string; readonly count: ReadonlySet<string> } | null
  readonly activityNames: ReadonlyMap<string, string>
  /** Source column → role, for the roles beside case, activity and time. */
  readonly byColumn: ReadonlyMap<string, Role>
  keeps(source: string): boolean
  attributeLevel(source: string): 'case' | 'event'
}

/** `case:` is the way of dataframes and of our XES reading, `(case)_` that of Disco. */
const startsAsCase = (name: string): boolean => name.startsWith('case:') || name.startsWith('(case)_')

/** Works a mapping out. A time role without a stated level belongs to the case if its column is one of the case. */
export function logRoles(mapping: LogMapping): LogRoles {
  const byColumn = new Map<string, Role>()
  const ofCase = new Set(mapping.attributes?.case ?? [])
  const level = (name: string): 'case' | 'event' => (startsAsCase(name) || ofCase.has(name) ? 'case' : 'event')
  const add = (key: RoleKey, name: string | undefined, at: 'case' | 'event', timeFormat?: TimeFormat): void => {
    if (name !== undefined) byColumn.set(name, { key, column: name, level: at, ...(timeFormat ? { timeFormat } : {}) })
  }
  add('officer', mapping.officer, 'event')
  add('organ', mapping.organ, 'event')
  add('region', mapping.region, 'case')
  add('power', mapping.power, 'case')
  for (const key of ['start', 'end', 'deadline'] as const) {
    const role = mapping[key]
    if (role === undefined) continue
    const stated = 'level' in role ? role.level : undefined
    const format = ('timeFormat' in role ? role.timeFormat : undefined) ?? mapping.timeFormat
    add(key, role.column, stated ?? (key === 'deadline' ? 'case' : level(role.column)), format)
  }
  const include = mapping.attributes?.include
  const kept = include === undefined ? null : new Set([...include, ...ofCase])
  const dropped = new Set(mapping.attributes?.exclude ?? [])
  return {
    case: mapping.case,
    activity: typeof mapping.activity === 'string' ? [mapping.activity] : mapping.activity,
    time: mapping.time,
    timeFormat: mapping.timeFormat ?? null,
    lifecycle:
      mapping.lifecycle === undefined
        ? null
        : { column: mapping.lifecycle.column ?? 'lifecycle:transition', count: new Set(mapping.lifecycle.count) },
    activityNames: new Map(Object.entries(mapping.activityNames ?? {})),
    byColumn,
    keeps: (name) => (kept === null || kept.has(name)) && !dropped.has(name),
    attributeLevel: level,
  }
}

/** Every column that a mapping names, with the role that names it. */
export function namedColumns(mapping: LogMapping): { readonly role: string; readonly column: string }[] {
  const roles = logRoles(mapping)
  const named = [
    { role: 'case', column: roles.case },
    ...roles.activity.map((column) => ({ role: 'activity', column })),
  ]
  if (roles.time !== null) named.push({ role: 'time', column: roles.time })
  if (roles.lifecycle !== null) named.push({ role: 'lifecycle', column: roles.lifecycle.column })
  // from the mapping itself: by column, a second role would hide the first
  for (const key of ['officer', 'organ', 'start', 'end', 'deadline', 'region', 'power'] as const) {
    const role = mapping[key]
    if (role !== undefined) named.push({ role: key, column: typeof role === 'string' ? role : role.column })
  }
  const { include = [], case: ofCase = [] } = mapping.attributes ?? {}
  for (const column of [...include, ...ofCase]) named.push({ role: 'attributes', column })
  return named
}

/** Column names as one may safely print them: without control characters, cut where there are too many. */
export function columnList(columns: readonly string[]): string {
  const shown = columns.slice(0, 60).map((name) =>
    name
      .replace(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, 60),
  )
  return shown.join(' · ') + (columns.length > 60 ? ` … (${columns.length})` : '')
}

/** The refusal of a mapping that names a column that the source does not have, with the columns that it has. */
export function missingColumn(file: string, mapping: LogMapping, columns: readonly string[]): Refusal | null {
  const existing = new Set(columns)
  const missing = namedColumns(mapping).find(({ column }) => !existing.has(column))
  if (missing === undefined) return null
  const near = nearestName(missing.column, columns)
  const shown = columnList(columns)
  const facts = { file, role: missing.role, column: missing.column, columns: shown, nearest: near ?? '' }
  return refuse(near === null ? 'log.column-missing' : 'log.column-missing-near', facts, {
    place: { file, column: missing.column },
  })
}

/** The refusal of a mapping that gives one column two roles. */
export function doubleRole(file: string, mapping: LogMapping): Refusal | null {
  const seen = new Map<string, string>()
  for (const { role, column } of namedColumns(mapping)) {
    if (role === 'attributes' || role === 'lifecycle') continue
    const before = seen.get(column)
    if (before !== undefined) return refuse('log.column-twice', { file, column, first: before, second: role })
    seen.set(column, role)
  }
  return null
}
