import { sql, type Transaction } from 'kysely'
import { afterAct } from '../../../core/power/lifecycle.ts'
import type { PowerEntry, PowerState } from '../../../core/power/power.ts'
import { type BasisRules, type CheckedBasis, publicationProblems } from '../../../core/power/publication.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import type { Db, KernelTables } from '../../../kernel/db/db.ts'
import { jsonb } from '../../../kernel/db/jsonb.ts'
import { publish } from '../../../kernel/outbox/publish.ts'
import { resolveBasis, type Store } from '../laws/resolve.ts'
import { compileProcedure, type SoundProcedure } from '../procedures/compile-procedure.ts'
import { readBasisRules } from './basis-rules.ts'
import { articleRefs, type PowerActing, recordHistory } from './draft-power.ts'
import { type PowerVersionRow, powerRow, powerVersions } from './power-rows.ts'

/** What publication is checked against besides the store. */
export interface PublicationSources {
  /** The folder of packs: procedures, and which basis a kind of power needs. */
  readonly packs: string
  /** The zone whose calendar day counts as the day of publication. */
  readonly zone: string
  /** Compiles procedures; the default reads the pack anew each time. */
  readonly compile?: (id: string) => Promise<SoundProcedure | Refusal>
}

/** A power as it stands after an act. */
export interface PowerStanding {
  readonly code: string
  readonly state: PowerState
  readonly version: number
  readonly netHash: string | null
}

/** What forbids the publication of an entry on a day, and the procedure that it would be published with. */
export async function examineEntry(
  db: Store,
  entry: PowerEntry,
  on: string,
  sources: PublicationSources,
): Promise<{ readonly problems: readonly Refusal[]; readonly procedure: SoundProcedure | null } | Refusal> {
  const rules: BasisRules | Refusal = await readBasisRules(sources.packs)
  if (isRefusal(rules)) return rules
  const bases: CheckedBasis[] = []
  for (const basis of entry.bases) {
    const node = basis.kind === 'article' ? await resolveBasis(db, basis.ref, on) : null
    bases.push({ basis, resolved: isRefusal(node) ? node : { rank: node?.law.rank ?? null } })
  }
  const { statutory } = entry.limit
  const limitBasis = statutory === null ? null : await resolveBasis(db, statutory.basis, on)
  const compile = sources.compile ?? ((id: string) => compileProcedure(sources.packs, id))
  const procedure = entry.procedure === null ? null : await compile(entry.procedure)
  const problems = publicationProblems(entry, { bases, limitBasis, procedure, rules, on })
  return { problems, procedure: isRefusal(procedure) ? null : procedure }
}

/**
 * Publishes a power's newest version, or the one named. It must state everything, rest on nodes in force on that day and
 * of sufficient rank, promise no more time than the law gives, and run along a sound procedure, whose net's hash is kept.
 * Publishing what is published already changes nothing. State and event `power.published` in one transaction.
 * Refusals: the first of publicationProblems, `power.not-listed`, `power.wrong-state`.
 */
export async function publishPower(
  db: Db,
  code: string,
  acting: PowerActing,
  sources: PublicationSources & { readonly version?: number },
): Promise<PowerStanding | Refusal> {
  const on = acting.at.toZonedDateTimeISO(sources.zone).toPlainDate().toString()
  return await db.transaction().execute(async (trx) => {
    const power = await powerRow(trx, code, true)
    if (power === null) return refuse('power.not-listed', { code })
    const state = afterAct(code, power.state, 'publish')
    if (isRefusal(state)) return state
    const version = sources.version ?? power.latestVersion
    const [kept] = await powerVersions(trx, { pairs: [{ code, version }] })
    if (kept === undefined) return refuse('power.not-listed', { code: `${code} (${version})` })
    if (power.state === 'published' && power.publishedVersion === version) {
      return { code, state, version, netHash: kept.netHash }
    }
    const examined = await examineEntry(trx, kept.entry, on, sources)
    if (isRefusal(examined)) return examined
    const [problem] = examined.problems
    if (problem !== undefined) return problem
    if (examined.procedure !== null) await keepProcedure(trx, examined.procedure, acting)
    const netHash = examined.procedure?.netHash ?? null
    await sql`
      update power_version set net_hash = ${netHash}, file_hash = ${examined.procedure?.fileHash ?? null}, published_at = ${acting.at.toString()}
      where code = ${code} and version = ${version}`.execute(trx)
    await changeState(trx, kept, { state, acting, reason: null, act: 'published', payload: { netHash } })
    return { code, state, version, netHash }
  })
}

/**
 * Suspends a published power, or repeals one for good, with the reason. State and event in one transaction.
 * Refusals: `power.not-listed`, `power.wrong-state`, `power.reason-missing`.
 */
export async function withdrawPower(
  db: Db,
  code: string,
  act: 'suspend' | 'repeal',
  reason: string,
  acting: PowerActing,
): Promise<PowerStanding | Refusal> {
  if (reason.trim() === '') return refuse('power.reason-missing')
  return await db.transaction().execute(async (trx) => {
    const power = await powerRow(trx, code, true)
    if (power === null) return refuse('power.not-listed', { code })
    const state = afterAct(code, power.state, act)
    if (isRefusal(state)) return state
    const version = power.publishedVersion ?? power.latestVersion
    const [kept] = await powerVersions(trx, { pairs: [{ code, version }] })
    if (kept === undefined) throw new Error(`power ${code} has no version ${version}`)
    const said = act === 'suspend' ? 'suspended' : 'repealed'
    await changeState(trx, kept, { state, acting, reason: reason.trim(), act: said, payload: {} })
    return { code, state, version, netHash: kept.netHash }
  })
}

async function changeState(
  trx: Transaction<KernelTables>,
  { version, entry }: PowerVersionRow,
  change: {
    readonly state: PowerState
    readonly act: 'published' | 'suspended' | 'repealed'
    readonly acting: PowerActing
    readonly reason: string | null
    readonly payload: object
  },
): Promise<void> {
  const { state, acting, reason } = change
  const { code } = entry
  await sql`
    update power set state = ${state}, published_version = ${version}, state_since_at = ${acting.at.toString()}
    where code = ${code}`.execute(trx)
  await recordHistory(trx, { code, version, state, acting, reason })
  await publish(trx, {
    kind: `power.${change.act}`,
    version: 1,
    aggregate: { kind: 'power', id: code },
    causedBy: null,
    occurredAt: acting.at.toString(),
    actor: acting.actor,
    region: entry.region,
    power: code,
    basis: articleRefs(entry),
    payload: { version, ...change.payload },
  })
}

/** Keeps the procedure as it was published, so that its chart can be shown with its hash for ever. */
async function keepProcedure(
  trx: Transaction<KernelTables>,
  { id, procedure, bpmn, diagram, fileHash, netHash }: SoundProcedure,
  acting: PowerActing,
): Promise<void> {
  await sql`
    insert into procedure_version (procedure, file_hash, net_hash, name, bpmn, diagram, steps, compiled_at)
    values (${id}, ${fileHash}, ${netHash}, ${procedure.name}, ${bpmn}, ${jsonb(diagram)}, ${jsonb(procedure.steps)},
      ${acting.at.toString()})
    on conflict (procedure, file_hash) do nothing`.execute(trx)
}
