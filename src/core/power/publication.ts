import type { LawRank } from '../law/rank.ts'
import { isRefusal, type Refusal, refuse } from '../refusal/refusal.ts'
import { lacksOf } from './lacks.ts'
import type { Basis, Days, DocumentForm, PowerEntry, PowerKind } from './power.ts'

/** What a basis is, as the rules of a pack name it. */
export type BasisKind = LawRank | DocumentForm

/** Which bases a kind of power may rest on, and the article that says so. Data of a pack, never of the code. */
export type BasisRules = Readonly<
  Record<PowerKind, { readonly restsOn: readonly BasisKind[]; readonly because: string | null }>
>

/** A basis with what the library said of it on the day of publication. */
export interface CheckedBasis {
  readonly basis: Basis
  /** The rank of the law that its node stands in, or why it does not resolve. Not used for a document. */
  readonly resolved: { readonly rank: LawRank | null } | Refusal
}

/** What an entry is held against. */
export interface PublicationFacts {
  readonly bases: readonly CheckedBasis[]
  /** The statutory limit's own article; null where there is no statutory limit. */
  readonly limitBasis: object | Refusal | null
  /** The procedure compiled and sound, or why not; null where none is named. */
  readonly procedure: object | Refusal | null
  readonly rules: BasisRules
  /** The day of publication, `YYYY-MM-DD`. */
  readonly on: string
}

/**
 * Everything that forbids the publication of an entry; none means that it may be published. A power is published only if
 * every basis resolves to a node in force on that day and ranks high enough for its kind (a permit or a penalty never
 * rests on a document), the promise is no longer than the law's limit, and its procedure is sound.
 */
export function publicationProblems(entry: PowerEntry, facts: PublicationFacts): readonly Refusal[] {
  const lacks = lacksOf(entry)
  const problems: Refusal[] = []
  if (lacks.length > 0) problems.push(refuse('power.lacks', { code: entry.code, lacks: lacks.join(', ') }))
  for (const { basis, resolved } of facts.bases) {
    const problem = basis.kind === 'article' ? articleProblem(entry, basis.ref, resolved, facts.rules) : null
    if (problem !== null) problems.push(problem)
    if (basis.kind === 'document') problems.push(...documentProblems(entry, basis, facts))
  }
  if (isRefusal(facts.limitBasis)) problems.push(facts.limitBasis)
  const limit = limitProblem(entry)
  if (limit !== null) problems.push(limit)
  if (isRefusal(facts.procedure)) problems.push(facts.procedure)
  return problems
}

function articleProblem(
  entry: PowerEntry,
  ref: string,
  resolved: CheckedBasis['resolved'],
  rules: BasisRules,
): Refusal | null {
  if (isRefusal(resolved)) return resolved
  if (resolved.rank === null) return refuse('power.basis-rank-unknown', { code: entry.code, ref })
  return rankProblem(entry, resolved.rank, ref, rules)
}

function documentProblems(entry: PowerEntry, basis: Basis & { kind: 'document' }, facts: PublicationFacts): Refusal[] {
  const problems: Refusal[] = []
  const named = `${basis.title} ${basis.number}`.trim()
  const rank = rankProblem(entry, basis.form, named, facts.rules)
  if (rank !== null) problems.push(rank)
  if (basis.effectiveOn > facts.on) {
    problems.push(refuse('power.document-not-yet', { code: entry.code, document: named, from: basis.effectiveOn }))
  }
  if (basis.repealedOn !== null && basis.repealedOn <= facts.on) {
    problems.push(refuse('power.document-repealed', { code: entry.code, document: named, on: basis.repealedOn }))
  }
  return problems
}

function rankProblem(entry: PowerEntry, kind: BasisKind, named: string, rules: BasisRules): Refusal | null {
  if (entry.kind === null) return null
  const rule = rules[entry.kind]
  if (rule.restsOn.includes(kind)) return null
  const facts = { code: entry.code, kind: entry.kind, basis: named, basisKind: kind }
  return refuse('power.basis-too-low', facts, rule.because === null ? {} : { basis: rule.because })
}

/** Whether the promise can be longer than the law's limit; a promise in working days is not held against calendar days. */
function limitProblem({ code, limit: { statutory, promised } }: PowerEntry): Refusal | null {
  if (statutory === null || promised === null) return null
  const facts = { code, promised: said(promised), statutory: said(statutory) }
  if (promised.unit === 'working-day' && statutory.unit === 'calendar-day' && promised.value > 0) {
    return refuse('power.promise-unit', facts, { basis: statutory.basis })
  }
  return promised.value > statutory.value ? refuse('power.promise-too-long', facts, { basis: statutory.basis }) : null
}

const said = (days: Days): string => `${days.value} ${days.unit}`
