import type { EventLog } from './event-log.ts'

/** The activities of a log by name: equal names are one, and the order is that of the names. */
interface Activities {
  /** Ascending by code point, as PostgreSQL's "C" and DuckDB order texts; '' stands for a missing activity. */
  readonly names: readonly string[]
  /** Event → index into names. */
  readonly codes: Int32Array
}

const remembered = new WeakMap<EventLog, Activities>()

/** Orders texts by code point. JavaScript's own order differs from it beyond U+FFFF. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x === y) continue
    const astral = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff
    return astral(x) === astral(y) ? x - y : astral(x) ? 1 : -1
  }
  return a.length - b.length
}

/** The activities of a log. The same log gives the same object: it is worked out once. */
export function activitiesOf(log: EventLog): Activities {
  const known = remembered.get(log)
  if (known !== undefined) return known
  const { dictionary, codes } = log.activity
  const used = new Uint8Array(dictionary.length)
  let missing = false
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    if (code >= 0) used[code] = 1
    else missing = true
  }
  const texts = dictionary.filter((_, code) => used[code] === 1)
  const names = [...new Set(missing ? ['', ...texts] : texts)].sort(byCodePoint)
  const place = new Map(names.map((name, i) => [name, i]))
  const rank = Int32Array.from(dictionary, (name) => place.get(name) ?? -1)
  const none = place.get('') ?? -1
  const ranks = new Int32Array(codes.length)
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    ranks[i] = code < 0 ? none : (rank[code] as number)
  }
  const activities = { names, codes: ranks }
  remembered.set(log, activities)
  return activities
}
