import { data } from 'react-router'
import type { Bilingual } from './format.ts'

/** What a refusal says, as the API sends it. */
export interface RefusalBody {
  readonly code: string
  readonly says: Bilingual
  readonly next: Bilingual
  readonly basis?: string
  readonly place?: { readonly file?: string; readonly row?: number; readonly column?: string }
}

/** The data of an answer; a refused one is thrown with its status, for the page's frame to show in words. */
export function orThrow<T>(answer: { readonly data?: T; readonly error?: unknown; readonly response: Response }): T {
  if (answer.response.ok) return answer.data as T
  throw data(answer.error ?? null, { status: answer.response.status })
}
