import { isDeepStrictEqual } from 'node:util'
import { sql, type Transaction } from 'kysely'
import type { Actor } from '../../../core/event/domain-event.ts'
import { readReference } from '../../../core/law/reference.ts'
import { lacksOf } from '../../../core/power/lacks.ts'
import type { PowerEntry } from '../../../core/power/power.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import type { Db, KernelTables } from '../../../kernel/db/db.ts'
import { jsonb } from '../../../kernel/db/jsonb.ts'
import { publish } from '../../../kernel/outbox/publish.ts'
import { vectorText, wordsForIndex } from '../../../kernel/text/segment.ts'
import { readEntry } from './entry-schema.ts'
import { powerRow, powerVersions } from './power-rows.ts'

/** Who does something with a power, and when. */
export interface PowerActing {
  readonly actor: Actor
  /** The instant at which it happens, by the deployment's clock. */
  readonly at: Temporal.Instant
}

/** Where a draft came from, with what a catalogue said of it there. */
export interface DraftSource {
  readonly source: 'person' | 'pack' | 'catalogue'
  readonly catalogue?: object
}

/** A drafted version; `isNew` is false where the newest version already says the same. */
export interface Drafted {
  readonly code: string
  readonly version: number
  readonly isNew: boolean
  readonly lacks: readonly string[]
}

/** The actor of what no officer did: an import or a load. */
export const nobody: Actor = { officer: null, post: null, organ: null }

/**
 * Drafts a power, or a new version of one: a published version stands until the draft is published. Drafting the same
 * entry again changes nothing. State and event `power.drafted` in one transaction.
 * Refusals: `power.bad-entry`, `power.other-region`, `power.repealed`.
 */
export async function draftPower(
  db: Db,
  entry: unknown,
  acting: PowerActing,
  from: DraftSource = { source: 'person' },
): Promise<Drafted | Refusal> {
  const read = readEntry(entry)
  if (isRefusal(read)) return read
  return await db.transaction().execute((trx) => draftInside(trx, read, acting, from))
}

/** As draftPower, inside the caller's transaction, for an entry that readEntry has checked. */
export async function draftInside(
  trx: Transaction<KernelTables>,
  entry: PowerEntry,
  acting: PowerActing,
  from: DraftSource,
): Promise<Drafted | Refusal> {
  const { code } = entry
  await sql`select pg_advisory_xact_lock(hashtextextended(${`power ${code}`}, 0))`.execute(trx)
  const power = await powerRow(trx, code, true)
  const lacks = lacksOf(entry)
  if (power !== null) {
    if (power.region !== entry.region) return refuse('power.other-region', { code })
    if (power.state === 'repealed') return refuse('power.repealed', { code })
    const [newest] = await powerVersions(trx, { pairs: [{ code, version: power.latestVersion }] })
    if (newest !== undefined && isDeepStrictEqual(newest.entry, entry)) {
      return { code, version: newest.version, isNew: false, lacks }
    }
  }
  const version = (power?.latestVersion ?? 0) + 1
  const at = acting.at.toString()
  if (power === null) {
    await sql`insert into power (code, region, state, latest_version, state_since_at)
      values (${code}, ${entry.region}, 'draft', ${version}, ${at})`.execute(trx)
  } else {
    await sql`update power set latest_version = ${version} where code = ${code}`.execute(trx)
  }
  await insertVersion(trx, entry, { version, lacks, at, from })
  if (power === null) await recordHistory(trx, { code, version, state: 'draft', acting, reason: null })
  await publish(trx, {
    kind: 'power.drafted',
    version: 1,
    aggregate: { kind: 'power', id: code },
    causedBy: null,
    occurredAt: at,
    actor: acting.actor,
    region: entry.region,
    power: code,
    basis: articleRefs(entry),
    payload: { version, source: from.source },
  })
  return { code, version, isNew: true, lacks }
}

/** The articles that an entry names, each once. */
export const articleRefs = (entry: PowerEntry): readonly string[] => [
  ...new Set([
    ...entry.bases.flatMap((basis) => (basis.kind === 'article' ? [basis.ref] : [])),
    ...(entry.limit.statutory === null ? [] : [entry.limit.statutory.basis]),
  ]),
]

async function insertVersion(
  trx: Transaction<KernelTables>,
  entry: PowerEntry,
  kept: {
    readonly version: number
    readonly lacks: readonly string[]
    readonly at: string
    readonly from: DraftSource
  },
): Promise<void> {
  const { statutory, promised } = entry.limit
  const { catalogue } = kept.from
  await sql`
    insert into power_version (code, version, name_zh, name_en, kind, level, organs, bases, statutory_value,
      statutory_unit, statutory_basis, promised_value, promised_unit, procedure, case_kinds, special, lacks, source,
      catalogue, drafted_at, words)
    values (${entry.code}, ${kept.version}, ${entry.name.zh}, ${entry.name.en}, ${entry.kind}, ${entry.level},
      ${sql.val(entry.organs)}, ${jsonb(entry.bases)}, ${statutory?.value ?? null}, ${statutory?.unit ?? null},
      ${statutory?.basis ?? null}, ${promised?.value ?? null}, ${promised?.unit ?? null}, ${entry.procedure},
      ${sql.val(entry.caseKinds)}, ${sql.val(entry.special)}, ${sql.val(kept.lacks)}, ${kept.from.source},
      ${catalogue === undefined ? null : jsonb(catalogue)}, ${kept.at},
      ${vectorText(wordsForIndex(`${entry.name.zh} ${entry.name.en} ${entry.code}`))}::tsvector)`.execute(trx)
  const refs = articleRefs(entry).map((ref) => ({ ref, ...readReference(ref) }))
  await sql`
    insert into power_basis (code, version, ref, law, address)
    select ${entry.code}, ${kept.version}, ref, law, address
    from jsonb_to_recordset(${jsonb(refs)}) as b (ref text, law text, address text)`.execute(trx)
}

/** Writes a change of state, with who made it and why. */
export async function recordHistory(
  trx: Transaction<KernelTables>,
  change: {
    readonly code: string
    readonly version: number
    readonly state: string
    readonly acting: PowerActing
    readonly reason: string | null
  },
): Promise<void> {
  const { code, version, state, acting, reason } = change
  const { officer, post, organ } = acting.actor
  await sql`
    insert into power_history (code, step, version, state, changed_at, officer, post, organ, reason)
    select ${code}, count(*) + 1, ${version}, ${state}, ${acting.at.toString()}, ${officer}, ${post}, ${organ}, ${reason}
    from power_history where code = ${code}`.execute(trx)
}
