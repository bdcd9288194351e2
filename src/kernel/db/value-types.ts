import pg from 'pg'

/**
 * How PostgreSQL's values arrive: one decided type each, so that no driver default creeps in.
 * date → 'YYYY-MM-DD'; timestamptz → ISO instant ending in Z (sessions run in UTC); int8 → number; numeric → text.
 */
const oid = {
  int8: 20,
  int8Array: 1016,
  date: 1082,
  dateArray: 1182,
  timestamptz: 1184,
  timestamptzArray: 1185,
} as const

/** Throws beyond 2^53: a silent rounding would be worse, and no column of ours may hold such a number. */
export function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`a whole number beyond 2^53 came from the database: ${text}`)
  return value
}

/** `2026-01-05 09:30:00.25+00` → `2026-01-05T09:30:00.25Z`; PostgreSQL's ±infinity passes as it is. */
export function instantText(text: string): string {
  return text.replace(' ', 'T').replace(/\+00(:00)?$/, 'Z')
}

const asItIs = (text: string): string => text

/** Reads a one-dimensional array of a type that needs no quotes, or quotes without escapes. */
function arrayOf<T>(one: (text: string) => T): (text: string) => (T | null)[] {
  return (text) => {
    const inner = text.slice(1, -1)
    if (inner === '') return []
    return inner.split(',').map((item) => (item === 'NULL' ? null : one(item.replace(/^"|"$/g, ''))))
  }
}

const ours = new Map<number, (text: string) => unknown>([
  [oid.int8, wholeNumber],
  [oid.int8Array, arrayOf(wholeNumber)],
  [oid.date, asItIs],
  [oid.dateArray, arrayOf(asItIs)],
  [oid.timestamptz, instantText],
  [oid.timestamptzArray, arrayOf(instantText)],
])

/** The `types` setting of a `pg` pool. */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: ((id: number, format?: 'text' | 'binary') =>
    ours.get(id) ?? pg.types.getTypeParser(id, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
}
