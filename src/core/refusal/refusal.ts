import { type RefusalCode, refusalCodes } from './codes.ts'

/** A text in both languages of the interface; Chinese comes first. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}

/** Where in an input a refusal points: all optional, 1-based, as a person would count. */
export interface InputPlace {
  readonly file?: string
  readonly row?: number
  readonly column?: string
}

/**
 * What the law, a rule or the input forbids, as a returned value: only bugs throw.
 * `code` is permanent and listed in codes.ts; `says` states what happened and `next` what the caller should do.
 */
export interface Refusal {
  readonly kind: 'refusal'
  readonly code: RefusalCode
  readonly says: Bilingual
  readonly next: Bilingual
  readonly basis?: string
  readonly place?: InputPlace
}

/** The values that fill the `{name}` places of a refusal's sentences. */
export type RefusalFacts = Readonly<Record<string, string | number>>

const fill = (template: string, facts: RefusalFacts): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => (name in facts ? String(facts[name]) : whole))

/** Builds the refusal of a listed code; `facts` fill the sentences' places. */
export function refuse(
  code: RefusalCode,
  facts: RefusalFacts = {},
  more: { readonly basis?: string; readonly place?: InputPlace } = {},
): Refusal {
  const entry = refusalCodes[code]
  const both = (text: Bilingual): Bilingual => ({ zh: fill(text.zh, facts), en: fill(text.en, facts) })
  return { kind: 'refusal', code, says: both(entry.says), next: both(entry.next), ...more }
}

/** Tells a refusal from any other value that a function may return. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'refusal'
}
