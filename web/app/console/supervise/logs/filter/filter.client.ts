import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { components } from '../../../../api/generated/schema.d.ts'

export type LogFilter = components['schemas']['LogFilter']

/** What a filter reads as in an address; absent where it leaves out nothing. */
export function filterText(filter: LogFilter): string | undefined {
  const parts = Object.entries(filter).filter(([, part]) => part !== undefined)
  return parts.length === 0 ? undefined : JSON.stringify(Object.fromEntries(parts))
}

/** Reads a filter out of an address; what is no object counts as none, and what is no part of one the server refuses. */
export function readFilter(text: string | null): LogFilter {
  if (text === null) return {}
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as LogFilter) : {}
  } catch {
    return {}
  }
}

/** An address of a log's page with a filter. */
export function withFilter(path: string, filter: LogFilter, others: Readonly<Record<string, string>> = {}): string {
  const text = filterText(filter)
  const query = new URLSearchParams({ ...others, ...(text === undefined ? {} : { filter: text }) })
  return query.size === 0 ? path : `${path}?${query}`
}

/** The filter of the page: it lives in the address, so that a link opens the same cases, on every tab of a log. */
export function useLogFilter() {
  const [params, setParams] = useSearchParams()
  const text = params.get('filter')
  const filter = useMemo(() => readFilter(text), [text])
  const set = useCallback(
    (next: LogFilter) =>
      setParams((before) => {
        const query = new URLSearchParams(before)
        const written = filterText(next)
        if (written === undefined) query.delete('filter')
        else query.set('filter', written)
        query.delete('cursor')
        return query
      }),
    [setParams],
  )
  return { filter, text: filterText(filter), set }
}
