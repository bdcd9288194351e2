import { sql, type Transaction } from 'kysely'
import type { Refusal } from '../../../core/refusal/refusal.ts'
import type { Db, KernelTables } from '../../../kernel/db/db.ts'
import { jsonb } from '../../../kernel/db/jsonb.ts'
import { type NewDomainEvent, publishAll } from '../../../kernel/outbox/publish.ts'
import { hashPassword } from '../sessions/password.ts'
import { type TrustTables, trustDb } from '../tables.ts'
import { faultIn, type KnownCodes } from './check-rows.ts'
import type { DirectoryImport, DirectoryRows, OfficerRow } from './rows.ts'

type Store = Transaction<KernelTables & TrustTables>

async function knownCodes(store: Store): Promise<KnownCodes> {
  const codes = async (table: 'region' | 'organ' | 'post' | 'officer') =>
    new Set((await store.selectFrom(table).select('code').execute()).map(({ code }) => code))
  return {
    regions: await codes('region'),
    organs: await codes('organ'),
    posts: await codes('post'),
    officers: await codes('officer'),
  }
}

/** Writes rows whole; answers with the codes of those that were new or differ from what the store held. */
async function write(store: Store, table: 'region' | 'organ' | 'post', rows: readonly object[]): Promise<string[]> {
  if (rows.length === 0) return []
  const columns = Object.keys(rows[0] ?? {})
  const list = sql.join(columns.map((column) => sql.ref(column)))
  const set = sql.join(columns.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`))
  const written = await sql<{ code: string }>`
    insert into ${sql.table(table)} as held (${list})
    select ${list} from jsonb_populate_recordset(null::${sql.table(table)}, ${jsonb(rows)})
    on conflict (code) do update set ${set} where held is distinct from excluded
    returning code`.execute(store)
  return written.rows.map(({ code }) => code)
}

async function writeOfficers(store: Store, officers: readonly OfficerRow[]): Promise<string[]> {
  if (officers.length === 0) return []
  const held = await store.selectFrom('officer').select(['code', 'password_hash']).execute()
  const hashes = new Map(held.map((row) => [row.code, row.password_hash]))
  const rows: object[] = []
  for (const { code, name, password, demo } of officers) {
    const known = hashes.get(code) ?? null
    const hash = known ?? (password === undefined ? null : await hashPassword(password))
    rows.push({ code, name, password_hash: hash, demo: demo ?? false })
  }
  const written = await sql<{ code: string }>`
    insert into officer as held (code, name, password_hash, demo)
    select code, name, password_hash, demo from jsonb_populate_recordset(null::officer, ${jsonb(rows)})
    on conflict (code) do update set name = excluded.name, password_hash = excluded.password_hash, demo = excluded.demo
      where held is distinct from excluded
    returning code`.execute(store)
  const holdings = officers.flatMap(({ code, posts }) =>
    posts.map((post) => ({
      officer: code,
      post: post.post,
      from_on: post.from,
      to_on: post.to ?? null,
      stand_in_for: post.standInFor ?? null,
    })),
  )
  // Holdings are replaced by what the rows say; those that stay the same are left alone and are no change.
  const gone = await sql<{ officer: string }>`
    delete from officer_post as held
    where officer = any(${officers.map(({ code }) => code)}) and not exists (
      select from jsonb_populate_recordset(null::officer_post, ${jsonb(holdings)}) as given
      where (given.officer, given.post, given.from_on) = (held.officer, held.post, held.from_on))
    returning officer`.execute(store)
  const placed = await sql<{ officer: string }>`
    insert into officer_post as held (officer, post, from_on, to_on, stand_in_for)
    select officer, post, from_on, to_on, stand_in_for from jsonb_populate_recordset(null::officer_post, ${jsonb(holdings)})
    on conflict (officer, post, from_on) do update set to_on = excluded.to_on, stand_in_for = excluded.stand_in_for
      where held is distinct from excluded
    returning officer`.execute(store)
  return [
    ...new Set([...written.rows.map(({ code }) => code), ...[...gone.rows, ...placed.rows].map((row) => row.officer)]),
  ]
}

/** Reads where each thing that changed belongs, for its event. */
async function regionsOf(store: Store, rows: DirectoryRows): Promise<(kind: string, code: string) => string> {
  const organs = new Map(
    (await store.selectFrom('organ').select(['code', 'region']).execute()).map((o) => [o.code, o.region]),
  )
  const posts = new Map(
    (await store.selectFrom('post').select(['code', 'organ']).execute()).map((p) => [p.code, p.organ]),
  )
  const ofPost = (post: string | undefined): string => organs.get(posts.get(post ?? '') ?? '') ?? ''
  const officers = new Map(rows.officers.map((officer) => [officer.code, ofPost(officer.posts[0]?.post)]))
  return (kind, code) => {
    if (kind === 'region') return code
    if (kind === 'organ') return organs.get(code) ?? ''
    return kind === 'post' ? ofPost(code) : (officers.get(code) ?? '')
  }
}

/**
 * Takes regions, organs, posts and officers into the directory, whole or not at all, with an event
 * (`region.recorded`, `organ.recorded`, `post.recorded`, `officer.recorded`; codes only) for each that is new or changed.
 * The same rows again change nothing. Refuses `directory.wrong` and `directory.missing`, naming the row.
 */
export async function importDirectory(
  db: Db,
  rows: DirectoryRows,
  clock: () => Temporal.Instant,
): Promise<DirectoryImport | Refusal> {
  return trustDb(db)
    .transaction()
    .execute(async (store) => {
      // Two imports at once take their turns: what one brings, the other may refer to.
      await sql`lock table region in share row exclusive mode`.execute(store)
      const fault = faultIn(rows, await knownCodes(store))
      if (fault !== null) return fault
      const changed = {
        region: await write(
          store,
          'region',
          rows.regions.map((row) => ({
            code: row.code,
            name_zh: row.name.zh,
            name_en: row.name.en,
            level: row.level,
            valid_from_on: row.validFrom,
            valid_to_on: row.validTo ?? null,
            successor: row.successor ?? null,
          })),
        ),
        organ: await write(
          store,
          'organ',
          rows.organs.map((row) => ({
            code: row.code,
            name_zh: row.name.zh,
            name_en: row.name.en,
            region: row.region,
            kind: row.kind,
            parent: row.parent ?? null,
            valid_from_on: row.validFrom,
            valid_to_on: row.validTo ?? null,
            successor_of: row.successorOf ?? null,
          })),
        ),
        post: await write(
          store,
          'post',
          rows.posts.map(({ code, organ, title, roles }) => ({
            code,
            organ,
            title_zh: title.zh,
            title_en: title.en,
            roles,
          })),
        ),
        officer: await writeOfficers(store, rows.officers),
      }
      const regionOf = await regionsOf(store, rows)
      const occurredAt = clock().toString()
      const events = Object.entries(changed).flatMap(([kind, codes]) =>
        codes.map(
          (code): NewDomainEvent => ({
            kind: `${kind}.recorded`,
            version: 1,
            aggregate: { kind, id: code },
            causedBy: null,
            occurredAt,
            actor: { officer: null, post: null, organ: null },
            region: regionOf(kind, code),
            power: null,
            basis: [],
            payload: {},
          }),
        ),
      )
      await publishAll(store, events)
      return {
        regions: changed.region.length,
        organs: changed.organ.length,
        posts: changed.post.length,
        officers: changed.officer.length,
      }
    })
}
