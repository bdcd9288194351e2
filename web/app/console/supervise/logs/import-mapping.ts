/** What a column may be; `keep` is an ordinary attribute, `drop` is not read. */
export const columnRoles = [
  'keep',
  'drop',
  'case',
  'activity',
  'time',
  'officer',
  'organ',
  'deadline',
  'start',
  'end',
  'region',
  'power',
] as const
export type ColumnRole = (typeof columnRoles)[number]

/** A mapping as the API takes it. Keys that this page does not know stay as they are. */
export type Mapping = Readonly<Record<string, unknown>>

/** The role of each column by its name. */
export type Roles = Readonly<Record<string, ColumnRole>>

const timed = ['deadline', 'start', 'end'] as const
const single = ['case', 'time', 'officer', 'organ', 'region', 'power'] as const

const columnOf = (value: unknown): string | null => {
  if (typeof value === 'string') return value
  const { column } = (value ?? {}) as { column?: unknown }
  return typeof column === 'string' ? column : null
}

const namesIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : []

/** Reads the roles of a file's columns off a mapping. */
export function rolesOf(columns: readonly string[], mapping: Mapping | null): Roles {
  const roles: Record<string, ColumnRole> = Object.fromEntries(columns.map((name) => [name, 'keep']))
  if (mapping === null) return roles
  const { exclude } = (mapping.attributes ?? {}) as { exclude?: unknown }
  for (const name of namesIn(exclude)) if (name in roles) roles[name] = 'drop'
  for (const role of [...single, ...timed]) {
    const name = columnOf(mapping[role])
    if (name !== null && name in roles) roles[name] = role
  }
  for (const name of Array.isArray(mapping.activity) ? namesIn(mapping.activity) : [columnOf(mapping.activity)]) {
    if (name !== null && name in roles) roles[name] = 'activity'
  }
  return roles
}

/** Gives a column a role; the column that had it becomes an ordinary attribute. Several columns may make the activity. */
export function withRole(roles: Roles, column: string, role: ColumnRole): Roles {
  const next: Record<string, ColumnRole> = { ...roles, [column]: role }
  if (role !== 'keep' && role !== 'drop' && role !== 'activity') {
    for (const [name, other] of Object.entries(roles)) if (other === role && name !== column) next[name] = 'keep'
  }
  return next
}

/** The mapping that the roles make upon another; null while case or activity are open. */
export function mappingOf(base: Mapping | null, roles: Roles, more: Mapping): Mapping | null {
  const having = (role: ColumnRole): string[] => Object.keys(roles).filter((name) => roles[name] === role)
  const [id] = having('case')
  const activity = having('activity')
  if (id === undefined || activity.length === 0) return null
  const mapping: Record<string, unknown> = { ...base, ...more, case: id }
  mapping.activity = activity.length === 1 ? activity[0] : activity
  mapping.time = having('time')[0] ?? null
  for (const role of ['officer', 'organ', 'region', 'power'] as const) mapping[role] = having(role)[0]
  for (const role of timed) {
    const [column] = having(role)
    const before = base?.[role]
    // what an earlier mapping says of the column beside its name goes on
    mapping[role] = column === undefined ? undefined : columnOf(before) === column ? before : { column }
  }
  const { exclude: _, ...attributes } = (base?.attributes ?? {}) as Record<string, unknown>
  const dropped = having('drop')
  const kept = dropped.length === 0 ? attributes : { ...attributes, exclude: dropped }
  mapping.attributes = Object.keys(kept).length === 0 ? undefined : kept
  return Object.fromEntries(Object.entries(mapping).filter(([, value]) => value !== undefined && value !== ''))
}
