import type { Basis } from '../../../core/power/power.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import type { ResolvedNode, Store } from '../laws/resolve.ts'
import { powerHistory, publishedChart, resolveReferences } from './browse.ts'
import { articleRefs } from './draft-power.ts'
import { type PowerRow, type PowerVersionRow, powerVersions } from './power-rows.ts'
import { examineEntry, type PublicationSources } from './publish-power.ts'

/** Why something cannot be, without the mark of a refusal, for a page. */
const shownRefusal = ({ code, says, next }: Refusal) => ({ code, says, next })

/** A version of an entry as a list and a page show it. */
export const shownVersion = ({ entry, version, netHash, publishedAt, lacks }: PowerVersionRow) => ({
  code: entry.code,
  name: entry.name,
  kind: entry.kind,
  level: entry.level,
  region: entry.region,
  organs: [...entry.organs],
  limit: entry.limit,
  procedure: entry.procedure,
  caseKinds: [...entry.caseKinds],
  special: [...entry.special],
  version,
  netHash,
  publishedAt,
  lacks: [...lacks],
})

/**
 * Everything that the page of a power shows on a day. `examine` also says what forbids the publication of the version.
 * Refuses `power.not-listed` where the version does not exist.
 */
export async function powerPageOf(
  db: Store,
  power: PowerRow,
  version: number,
  on: string,
  examine: PublicationSources | null,
) {
  const versions = await powerVersions(db, { code: power.code })
  const held = versions.find((one) => one.version === version)
  if (held === undefined) return refuse('power.not-listed', { code: `${power.code} (${version})` })
  const { entry } = held
  const references = await resolveReferences(db, articleRefs(entry), on)
  const byRef = new Map(references.map((reference) => [reference.ref, reference]))
  const shown = (basis: Basis) => shownBasis(basis, byRef, on)
  const examined = examine === null ? null : await examineEntry(db, entry, on, examine)
  if (isRefusal(examined)) return examined
  const { statutory } = entry.limit
  return {
    ...shownVersion(held),
    state: power.state,
    stateSinceAt: power.stateSinceAt,
    on,
    bases: entry.bases.map(shown),
    limitBasis: statutory === null ? null : shown({ kind: 'article', ref: statutory.basis }),
    chart: await publishedChart(db, power.code, version),
    versions: versions.map((one) => ({
      version: one.version,
      draftedAt: one.draftedAt,
      publishedAt: one.publishedAt,
      name: one.entry.name,
    })),
    history: [...(await powerHistory(db, power.code))],
    problems: (examined?.problems ?? []).map(shownRefusal),
  }
}

type Resolved = ReadonlyMap<string, { readonly node: ResolvedNode | null; readonly refusal: Refusal | null }>

function shownBasis(basis: Basis, resolved: Resolved, on: string) {
  if (basis.kind === 'document') {
    const named = `${basis.title} ${basis.number}`.trim()
    const ended = basis.repealedOn !== null && basis.repealedOn <= on ? basis.repealedOn : null
    const refusal = ended === null ? null : refuse('power.document-repealed', { code: '', document: named, on: ended })
    return {
      basis,
      title: basis.title,
      citation: basis.number === '' ? null : basis.number,
      law: null,
      article: null,
      version: null,
      effectiveOn: basis.effectiveOn,
      effectiveSource: null,
      text: basis.quote,
      gist: null,
      refusal: refusal === null ? null : shownRefusal(refusal),
    }
  }
  const { node = null, refusal = null } = resolved.get(basis.ref) ?? {}
  return {
    basis,
    title: node?.law.title ?? basis.ref,
    citation: node?.citation ?? null,
    law: node?.law.law ?? null,
    article: node?.address?.split('.')[0] ?? null,
    version: node?.version.version ?? null,
    effectiveOn: node?.version.effective.on ?? null,
    effectiveSource: node?.version.effective.source ?? null,
    text: node?.text ?? null,
    gist: node?.gist ?? null,
    refusal: refusal === null ? null : shownRefusal(refusal),
  }
}
