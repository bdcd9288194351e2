import type { RouterContextProvider } from 'react-router'
import { type Api, apiContext } from '../api/context.ts'
import type { Bilingual } from '../shared/format.ts'
import { orThrow } from '../shared/refusal.ts'

/** What a portal page's loader is given. */
export interface Loading {
  readonly context: Readonly<RouterContextProvider>
  readonly request: Request
  readonly params: Readonly<Record<string, string | undefined>>
}

/** The API of a request. */
export const apiOf = ({ context }: Loading): Api => context.get(apiContext)

/** A filter of the address; an empty field of a form counts as none. */
export const filterOf = ({ request }: Loading, name: string): string | undefined =>
  new URL(request.url).searchParams.get(name)?.trim() || undefined

/** The names of the bodies by their codes. */
export async function organNames(api: Api): Promise<Readonly<Record<string, Bilingual>>> {
  const { rows } = orThrow(await api.GET('/api/organs', { params: { query: { limit: 500 } } }))
  return Object.fromEntries(rows.map((organ) => [organ.code, organ.name]))
}
