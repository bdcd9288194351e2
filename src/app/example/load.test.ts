import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { isRefusal } from '../../core/refusal/refusal.ts'
import { testDatabase } from '../../kernel/db/test-database.ts'
import { olapLimits, openOlap } from '../../kernel/olap/olap.ts'
import { packsRoot } from '../../kernel/packs/packs.ts'
import { procedureCompiler } from '../../modules/list/module.ts'
import { findingsFollowResults } from '../../modules/remedy/findings/sync-findings.ts'
import { generateCases } from './generate/generate.ts'
import { loadExample } from './load.ts'
import { loadReceipt } from './load-log.ts'
import { readExample } from './read-example.ts'

const db = await testDatabase()
const home = await mkdtemp(join(tmpdir(), 'daylight-load-'))
const olap = openOlap(olapLimits(home))
afterAll(async () => {
  await olap.close()
  await rm(home, { recursive: true })
})

const packs = packsRoot()
/** A public log that may lie beside the checkout. */
const receipt = resolve(import.meta.dirname, '../../../../shared/data/eventlogs/receipt.csv')
const zone = 'Asia/Shanghai'
const services = {
  db,
  olap,
  packs,
  clock: () => Temporal.Instant.from('2026-11-22T09:00:00+08:00'),
  config: { home, zone, threads: 2, memory: 512, budget: 60 },
}
const modules = [{ name: 'remedy', subscriptions: [findingsFollowResults(zone)] }]
const load = async () => {
  const loaded = await loadExample(services, modules, () => {})
  if (isRefusal(loaded)) throw new Error(`${loaded.code}: ${loaded.says.en} ${JSON.stringify(loaded.place ?? {})}`)
  return loaded
}
const rows = async <Row>(query: ReturnType<typeof sql<Row>>): Promise<readonly Row[]> => (await query.execute(db)).rows
const count = async (table: string): Promise<number> =>
  (await rows(sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`))[0]?.n ?? -1

describe('the example county', () => {
  it('loads within 25 seconds: five levels, published powers, 5,000 cases, findings and first decisions', async () => {
    const begun = performance.now()
    const loaded = await load()
    expect(performance.now() - begun).toBeLessThan(25_000)
    expect(loaded).toEqual({ officers: 252, powers: 48, cases: 5000, decided: 12 })
    const levels = await rows(sql<{ level: number }>`select distinct level from region`)
    expect(levels.length).toBe(5)
    expect(await count('log_case')).toBe(5000)
  }, 60_000)

  it('publishes every power with bases in force and the hash of the net that its chart is drawn from', async () => {
    const example = await readExample(packs)
    if (isRefusal(example)) throw new Error(example.says.en)
    expect(example.powers.length).toBeGreaterThanOrEqual(30)
    const published = await rows(sql<{ code: string; procedure: string; net_hash: string | null }>`
      select p.code, v.procedure, v.net_hash from power p
      join power_version v on v.code = p.code and v.version = p.published_version where p.state = 'published'`)
    expect(published.map(({ code }) => code).sort()).toEqual(example.powers.map(({ code }) => code).sort())
    const compile = procedureCompiler(packs)
    for (const { procedure, net_hash } of published) {
      const compiled = await compile(procedure)
      expect(isRefusal(compiled) ? compiled.code : compiled.netHash).toBe(net_hash)
    }
  })

  it('raises a finding for each planted case and for no other, in the region that handled it', async () => {
    const example = await readExample(packs)
    if (isRefusal(example)) throw new Error(example.says.en)
    const { seed, cases } = example.start
    const generated = generateCases(example, { seed, cases, irregular: true })
    const found = await rows(sql<{ code: string; case_id: string; region: string }>`
      select distinct code, case_id, region from finding`)
    const shown = (one: { code: string; case_id: string }) => `${one.code} ${one.case_id}`
    expect(found.map(shown).sort()).toEqual(
      generated.planted.map((one) => shown({ code: one.rule, case_id: one.case })).sort(),
    )
    const regions = new Map(generated.cases.map(({ id, region }) => [id, region]))
    for (const { case_id, region } of found) expect(region).toBe(regions.get(case_id))
    expect(new Set(found.map(({ region }) => region)).size).toBeGreaterThan(3)
  })

  it('rests a late case on the article that sets the limit of its power, and then on the law of all permits', async () => {
    const example = await readExample(packs)
    if (isRefusal(example)) throw new Error(example.says.en)
    const late = await rows(sql<{ power: string; basis: string[] }>`
      select power, basis from finding where code = 'EM-04'`)
    expect(late.length).toBeGreaterThanOrEqual(5)
    for (const { power, basis } of late) {
      expect(basis[0], power).toBe(example.powers.find(({ code }) => code === power)?.statutory?.basis)
      expect(new Set(basis).size, power).toBe(basis.length)
    }
    const limits = new Set(late.map(({ basis }) => basis[0]))
    expect(limits.size).toBeGreaterThan(1)
  })

  it('keeps what was planted out of the store, and leaves no file of the generator behind', async () => {
    expect((await readdir(home)).filter((name) => name.startsWith('example-'))).toEqual([])
    const tables = await rows(sql<{ name: string; text: string }>`
      select table_name as name, '' as text from information_schema.tables where table_schema = 'public'`)
    expect(tables.length).toBeGreaterThan(10)
    for (const { name } of tables) {
      const held = await rows(sql<{ n: number }>`
        select count(*) as n from ${sql.table(name)} t where t::text like '%pause deducted%' or t::text like '%the promise almost run out%'`)
      expect(held[0]?.n, name).toBe(0)
    }
  })

  it('changes nothing when it is loaded again', async () => {
    const tables = ['domain_event', 'power_version', 'log_import', 'finding', 'finding_step', 'officer']
    const before = await Promise.all(tables.map(count))
    expect(await load()).toMatchObject({ powers: 48, cases: null, decided: 0 })
    expect(await Promise.all(tables.map(count))).toEqual(before)
  }, 60_000)

  it.skipIf(!existsSync(receipt))('takes the public receipt log beside it, once, with its 377 and 1,042', async () => {
    const loaded = await loadReceipt(services, receipt, () => {})
    if (loaded === null || isRefusal(loaded)) throw new Error('the receipt log was not loaded')
    expect(loaded.cases).toBe(1434)
    const cases = new Map(loaded.rules.map((rule) => [rule.code, rule.cases]))
    expect([cases.get('EM-04'), cases.get('EM-15')]).toEqual([377, 1042])
    expect(await loadReceipt(services, receipt, () => {})).toBeNull()
  })
})
