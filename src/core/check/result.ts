// What a rule says of a log: found n, none, or cannot be judged: lacks ….
import type { Bilingual } from '../refusal/refusal.ts'
import type { Severity } from './check-file.ts'
import type { Lack } from './facts.ts'
import type { Evidence } from './trace-events.ts'

/** A value of a result's column. */
export type ColumnValue = string | number | Bilingual

/** One thing that a rule found in one case. */
export interface Found {
  readonly index: number
  readonly caseId: string
  /** What within the case it is about, e.g. a step; empty for the whole. With check and case it is unique. */
  readonly subject: string
  readonly says: Bilingual
  readonly columns: Readonly<Record<string, ColumnValue>>
  readonly evidence: readonly Evidence[]
  /** The articles that the plan states for the limit that ran out, before those of the check. */
  readonly basis?: readonly string[]
  /** Which of the check's sentences it takes, where not its first. */
  readonly form?: 'fewer'
}

/** How many cases lacked a fact. */
export interface LackCount extends Lack {
  readonly cases: number
}

/** What one rule says of one log. */
export interface RuleResult {
  readonly check: string
  readonly code: string
  readonly version: number
  readonly severity: Severity
  readonly result: 'found' | 'none' | 'cannot-be-judged'
  readonly found: readonly Found[]
  /** Cases of the kinds that the rule applies to and whose facts are there. */
  readonly judged: number
  /** Cases that the rule does not ask about: of other kinds, or closed where it watches open ones. */
  readonly notApplicable: number
  /** Cases that could not be judged, by what they lack; most frequent first. */
  readonly lacks: readonly LackCount[]
}

/** What a rule says of one case. */
export type Verdict =
  | { readonly kind: 'found'; readonly found: readonly Omit<Found, 'index' | 'caseId' | 'says'>[] }
  | { readonly kind: 'silent' }
  /** The rule does not ask about such a case, e.g. a closed one. */
  | { readonly kind: 'outside' }
  | { readonly kind: 'lacks'; readonly lack: Lack }

/** Nothing to say. */
export const silent: Verdict = { kind: 'silent' }

/** A fact is missing. */
export const lacks = (lack: Lack): Verdict => ({ kind: 'lacks', lack })

/** Fills a sentence's places with a result's columns, in one language each. */
export function fillSays(says: Bilingual, columns: Readonly<Record<string, ColumnValue>>): Bilingual {
  const fill = (language: 'zh' | 'en') =>
    says[language].replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = columns[name]
      if (value === undefined) return whole
      return typeof value === 'object' ? value[language] : String(value)
    })
  return { zh: fill('zh'), en: fill('en') }
}
