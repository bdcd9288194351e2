import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { ClientPathsWithMethod, FetchResponse, MaybeOptionalInit } from 'openapi-fetch'
import { type Api, createApi } from '../api/context.ts'
import type { paths } from '../api/generated/schema.d.ts'
import type { RefusalBody } from '../shared/refusal.ts'

/** The console's client of the API, with the session's cookie. */
export const api: Api = createApi((request) => fetch(request), window.location.origin)

/** A refused request: a sentence with its basis and the way on, never a bare status. */
export class Refused extends Error {
  readonly refusal: RefusalBody
  readonly status: number
  constructor(refusal: RefusalBody, status: number) {
    super(refusal.code)
    this.refusal = refusal
    this.status = status
  }
}

/** Takes the data out of an answer, or throws what it refuses with. */
export function dataOf<T>(answer: { readonly data?: T; readonly error?: unknown; readonly response: Response }): T {
  if (answer.response.ok) return answer.data as T
  const refusal = (answer.error as { refusal?: RefusalBody } | undefined)?.refusal
  if (refusal) throw new Refused(refusal, answer.response.status)
  throw new Error(`HTTP ${answer.response.status}`)
}

type GetPath = ClientPathsWithMethod<Api, 'get'>
type GetInit<P extends GetPath> = MaybeOptionalInit<paths[P], 'get'>
type GetData<P extends GetPath> = NonNullable<FetchResponse<paths[P]['get'], GetInit<P>, 'application/json'>['data']>

/** How a view asks: as often as `everyMs` while `while` holds, and not at all while `enabled` is false. */
interface Asking<Data> {
  readonly enabled?: boolean
  readonly everyMs?: number
  readonly while?: (data: Data) => boolean
}

/** Reads one resource; the key is its path and parameters, so that two views share one answer. */
export function useGet<P extends GetPath>(
  path: P,
  init: GetInit<P>,
  asking: Asking<GetData<P>> = {},
): UseQueryResult<GetData<P>> {
  return useQuery<GetData<P>>({
    queryKey: [path, init],
    enabled: asking.enabled ?? true,
    queryFn: async ({ signal }) => {
      // The client's own types pair path and options; a generic path cannot be proved again here.
      const get = api.GET as unknown as (
        path: string,
        init: object,
      ) => Promise<{ data?: GetData<P>; response: Response }>
      return dataOf(await get(path, { ...(init as object), signal }))
    },
    refetchInterval: (query) => {
      if (asking.everyMs === undefined) return false
      return query.state.data === undefined || (asking.while?.(query.state.data) ?? true) ? asking.everyMs : false
    },
  })
}
