import type { z } from 'zod'
import type { OpenStep } from '../../../../core/eventlog/open-cases.ts'
import type { Grouping, Party } from '../../../../core/eventlog/units.ts'
import type { Calendar } from '../../../../core/worktime/calendar.ts'
import type { logFilterSchema } from './filter.ts'
import type { Kept, Verdict } from './judged.ts'

/** A filter as requests and commands state it: variants by name. */
export type StatedFilter = z.output<typeof logFilterSchema>

/** What conformance to a procedure found of the cases of one variant: the keys of its deviations. */
export interface DeviatingVariant {
  readonly variant: string
  readonly unfinished: boolean
  readonly keys: readonly string[]
}

/** A page of an answer's rows. */
export interface PageOf {
  readonly from: number
  readonly limit: number
}

/** What can be asked of a log. All of it is plain, so that it can be sent to a thread and be the key of a cache. */
export type Question =
  | { readonly kind: 'facets' }
  | { readonly kind: 'overview'; readonly calendar: Calendar | null }
  | { readonly kind: 'variants'; readonly page: PageOf }
  | { readonly kind: 'graph' }
  | { readonly kind: 'throughput'; readonly by: Grouping }
  | { readonly kind: 'temporal'; readonly zeta: number; readonly page: PageOf }
  | { readonly kind: 'rework' }
  | { readonly kind: 'handovers'; readonly by: Party }
  | { readonly kind: 'rhythm'; readonly by: Party | 'none' }
  | { readonly kind: 'open'; readonly step: OpenStep }
  | {
      readonly kind: 'cases'
      readonly order: CaseOrder
      readonly page: PageOf
      /** Only the cases that a procedure's verdicts say this of. */
      readonly kept?: Kept & { readonly verdicts: readonly Verdict[] }
    }
  | { readonly kind: 'deviations'; readonly verdicts: readonly Verdict[] }
  | {
      readonly kind: 'compare'
      readonly b: StatedFilter | null
      readonly judgedBy: string | null
      readonly deviations: readonly DeviatingVariant[]
    }

/** How the cases behind a number are listed. */
export type CaseOrder = 'started' | 'longest' | 'shortest' | 'events'
