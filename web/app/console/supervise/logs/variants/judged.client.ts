import { useQueries } from '@tanstack/react-query'
import type { components } from '../../../../api/generated/schema.d.ts'
import { api, dataOf } from '../../../api.client.ts'

export type Judged = components['schemas']['VariantConformance']

const atOnce = 100

/**
 * What conformance to a procedure says of some ways that cases went, by their names. Where a way was judged for ended
 * cases and for cases under way, the ended ones speak: those under way owe nothing yet.
 */
export function useJudged(
  log: string,
  procedure: string | undefined,
  variants: readonly string[],
): ReadonlyMap<string, Judged> {
  const parts: (readonly string[])[] = []
  for (let at = 0; at < variants.length; at += atOnce) parts.push(variants.slice(at, at + atOnce))
  const answers = useQueries({
    queries: (procedure === undefined ? [] : parts).map((part) => ({
      queryKey: ['variant-conformance', log, procedure, part],
      queryFn: async ({ signal }: { readonly signal: AbortSignal }) =>
        dataOf(
          await api.GET('/api/logs/{id}/conformance/variants', {
            params: { path: { id: log }, query: { procedure: procedure ?? '', variants: part.join(',') } },
            signal,
          }),
        ),
    })),
  })
  const found = new Map<string, Judged>()
  for (const { data } of answers) {
    for (const row of data?.rows ?? []) if (!found.has(row.variant) || !row.unfinished) found.set(row.variant, row)
  }
  return found
}
