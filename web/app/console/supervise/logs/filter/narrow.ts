import type { LogFilter } from './filter.client.ts'

// Lists of which every one must hold join; of the others one is enough, so that two of them cannot be said at once.
const joined = ['contains', 'lacks', 'follows', 'repeats', 'attribute'] as const
type Joined = (typeof joined)[number]
const isJoined = (key: string): key is Joined => joined.some((known) => known === key)

/**
 * The cases of a filter for which something else holds too. Null where one filter cannot say both; a number that cannot
 * be opened exactly is then shown without a link, never with a wrong one.
 */
export function narrow(filter: LogFilter, more: LogFilter): LogFilter | null {
  const both: Record<string, unknown> = { ...filter }
  for (const [key, value] of Object.entries(more)) {
    const own = both[key]
    if (value === undefined) continue
    if (own === undefined || JSON.stringify(own) === JSON.stringify(value)) both[key] = value
    else if (isJoined(key)) both[key] = [...(own as unknown[]), ...(value as unknown[])]
    else if (isPart(value, own)) both[key] = value
    else if (!isPart(own, value)) return null
  }
  return both as LogFilter
}

/** Whether one list of names lies whole within another: of two such lists the smaller says both. */
function isPart(part: unknown, whole: unknown): boolean {
  if (!Array.isArray(part) || !Array.isArray(whole)) return false
  const known = new Set(whole.map((one) => JSON.stringify(one)))
  return part.every((one) => known.has(JSON.stringify(one)))
}
