import type { Bilingual } from '../refusal/refusal.ts'

/** What kind of power it is: the ten of GB/T 39046 A.1, public services, and what the standard leaves to be added. */
export const powerKinds = [
  'permit',
  'penalty',
  'coercion',
  'levy',
  'payment',
  'inspection',
  'confirmation',
  'reward',
  'ruling',
  'other',
  'public-service',
  'internal',
  'micro-power',
] as const

/** A kind of power. */
export type PowerKind = (typeof powerKinds)[number]

/** At which level a power is exercised (GB/T 39046 A.2). */
export const powerLevels = ['national', 'province', 'city', 'county', 'township', 'village'] as const

/** A level of government. */
export type PowerLevel = (typeof powerLevels)[number]

/** 即办件 instant, 承诺件 promised, 告知承诺 commitment. */
export const powerCaseKinds = ['instant', 'promised', 'commitment'] as const

/** A kind of case that a power is exercised in. */
export type PowerCaseKind = (typeof powerCaseKinds)[number]

/** Bases that no library of laws holds: they are entered by hand, with the clause quoted. */
export const documentForms = [
  'council-decision',
  'party-regulation',
  'organ-charter',
  'document',
  'village-charter',
] as const

/** What a basis entered by hand is: 国务院决定, 党内法规, 三定, 规范性文件, 村规民约. */
export type DocumentForm = (typeof documentForms)[number]

/** What a power rests on: an article of the library, or the clause of a document entered by hand. */
export type Basis = ArticleBasis | DocumentBasis

export interface ArticleBasis {
  readonly kind: 'article'
  /** `LAW#article.paragraph.item`. */
  readonly ref: string
}

export interface DocumentBasis {
  readonly kind: 'document'
  readonly form: DocumentForm
  readonly title: string
  /** 文号, e.g. 望政办发〔2024〕12号. */
  readonly number: string
  readonly issuer: string
  /** `YYYY-MM-DD`. */
  readonly issuedOn: string
  readonly effectiveOn: string
  /** The first day on which it no longer holds. */
  readonly repealedOn: string | null
  /** The clause that the power rests on, quoted. */
  readonly quote: string
}

/** A period of days: 工作日 or 自然日. 0 is the same day. */
export interface Days {
  readonly value: number
  readonly unit: 'working-day' | 'calendar-day'
}

/** Within how long a power is exercised. */
export interface PowerLimit {
  /** What the law sets, with the article that sets it; null where no law does. */
  readonly statutory: (Days & { readonly basis: string }) | null
  /** What the body promises; never longer than the law's. */
  readonly promised: Days | null
}

/** What a power is, at one version of its entry in the list. Null: not stated yet. */
export interface PowerEntry {
  /** The code of the list, never reused. */
  readonly code: string
  readonly name: Bilingual
  readonly kind: PowerKind | null
  readonly level: PowerLevel | null
  /** The region whose list it stands in, a code path such as `99/9901/990121`. */
  readonly region: string
  /** The bodies that exercise it, by organ code. */
  readonly organs: readonly string[]
  readonly bases: readonly Basis[]
  readonly limit: PowerLimit
  /** The procedure of the packs by which alone it is exercised. */
  readonly procedure: string | null
  readonly caseKinds: readonly PowerCaseKind[]
  /** Special procedures whose time the limit does not count, e.g. `hearing`. */
  readonly special: readonly string[]
}

/** Where a power stands: only a published one may be exercised; a repealed one never returns. */
export const powerStates = ['draft', 'published', 'suspended', 'repealed'] as const

/** The state of a power. */
export type PowerState = (typeof powerStates)[number]
