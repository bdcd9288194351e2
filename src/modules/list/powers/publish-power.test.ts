import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import type { PowerEntry } from '../../../core/power/power.ts'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import { testDatabase } from '../../../kernel/db/test-database.ts'
import { importLaws } from '../laws/import-laws.ts'
import { loadLawPacks } from '../laws/load-law-packs.ts'
import { statute, testPacks, testSet } from '../laws/test-set.ts'
import { lapsedBases, powerHistory, publishedChart } from './browse.ts'
import { draftPower, nobody } from './draft-power.ts'
import { powerRow, powerVersions } from './power-rows.ts'
import { publishPower, withdrawPower } from './publish-power.ts'

const db = await testDatabase()
await loadLawPacks(db, testPacks)
const laws = await testSet(
  {
    '行政法规/短命条例(2001-03-01).md': statute(
      '短命条例',
      ['2001年3月1日 某机关公布'],
      '第一条 从事某事须经许可。\n\n第二条 本条例自2001年3月1日起施行。',
    ),
    '行政法规/新规条例(2030-01-01).md': statute('新规条例', ['2030年1月1日 某机关公布'], '第一条 甲。'),
  },
  [{ name: '新规条例', level: '行政法规', publish: '2030-01-01', valid_from: '2030-06-01' }],
)
await importLaws(db, laws, testPacks)

const at = Temporal.Instant.from('2026-01-05T02:00:00Z')
const acting = { actor: { officer: 'of1', post: 'po1', organ: 'or1' }, at }
const sources = { packs: testPacks, zone: 'Asia/Shanghai' }
const permit = (code: string, more: Partial<PowerEntry> = {}): PowerEntry => ({
  code,
  name: { zh: '取水许可', en: 'Water drawing permit' },
  kind: 'permit',
  level: 'county',
  region: '99/9901',
  organs: ['wh-water'],
  bases: [{ kind: 'article', ref: 'CN-LAW-2003-administrative-license#32.1.4' }],
  limit: {
    statutory: { value: 20, unit: 'working-day', basis: 'CN-LAW-2003-administrative-license#42.1' },
    promised: { value: 10, unit: 'working-day' },
  },
  procedure: 'ordinary-permit',
  caseKinds: ['promised'],
  special: [],
  ...more,
})
const events = async (code: string): Promise<string[]> => {
  const { rows } = await sql<{ kind: string }>`
    select kind from domain_event where aggregate_kind = 'power' and aggregate_id = ${code} order by sequence`.execute(
    db,
  )
  return rows.map((row) => row.kind)
}
const refusal = async (result: Promise<unknown>): Promise<string> => ((await result) as Refusal).code

describe('a power', () => {
  test('is drafted, published with its chart and hash, suspended, resumed and repealed, each with its event', async () => {
    expect(await draftPower(db, permit('A1'), acting)).toEqual({ code: 'A1', version: 1, isNew: true, lacks: [] })
    const published = await publishPower(db, 'A1', acting, sources)
    expect(published).toMatchObject({
      state: 'published',
      version: 1,
      netHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const chart = await publishedChart(db, 'A1', 1)
    expect(chart?.netHash).toBe((published as { netHash: string }).netHash)
    expect(chart?.diagram.nodes.length).toBeGreaterThan(10)
    expect(new Set(chart?.diagram.nodes.map((node) => node.id))).toEqual(
      new Set([
        ...(chart?.diagram.nodes.map((node) => node.id) ?? []),
        ...(chart?.steps.map((step) => step.element) ?? []),
      ]),
    )
    expect(await withdrawPower(db, 'A1', 'suspend', '法律修订中', acting)).toMatchObject({ state: 'suspended' })
    expect(await publishPower(db, 'A1', acting, sources)).toMatchObject({ state: 'published' })
    expect(await withdrawPower(db, 'A1', 'repeal', '已取消', acting)).toMatchObject({ state: 'repealed' })
    expect(await refusal(publishPower(db, 'A1', acting, sources))).toBe('power.wrong-state')
    expect(await refusal(draftPower(db, permit('A1', { organs: ['x'] }), acting))).toBe('power.repealed')
    expect(await events('A1')).toEqual([
      'power.drafted',
      'power.published',
      'power.suspended',
      'power.published',
      'power.repealed',
    ])
    expect((await powerHistory(db, 'A1')).map((change) => [change.step, change.state, change.reason])).toEqual([
      [1, 'draft', null],
      [2, 'published', null],
      [3, 'suspended', '法律修订中'],
      [4, 'published', null],
      [5, 'repealed', '已取消'],
    ])
  })

  test('keeps every version, and the published one stands until the next is published', async () => {
    await draftPower(db, permit('A2'), acting)
    await publishPower(db, 'A2', acting, sources)
    const next = permit('A2', { limit: { ...permit('A2').limit, promised: { value: 5, unit: 'working-day' } } })
    expect(await draftPower(db, next, acting)).toMatchObject({ version: 2, isNew: true })
    expect(await powerRow(db, 'A2')).toMatchObject({ state: 'published', publishedVersion: 1, latestVersion: 2 })
    await publishPower(db, 'A2', acting, sources)
    expect(await powerRow(db, 'A2')).toMatchObject({ publishedVersion: 2 })
    const versions = await powerVersions(db, { code: 'A2' })
    expect(versions.map((version) => version.entry.limit.promised?.value)).toEqual([5, 10])
  })

  test('is seen by other modules in the published version, and its article with text or gist', async () => {
    const power = await sql`select state, version, promised_value, statutory_value, net_hash is not null as has_net
      from list_power_v1 where code = 'A2'`.execute(db)
    expect(power.rows).toEqual([
      { state: 'published', version: 2, promised_value: 5, statutory_value: 20, has_net: true },
    ])
    const nodes = await sql`select law, version, address, text, gist_zh is not null as gist from list_law_node_v1
      where (law = 'CN-LAW-2003-administrative-license' and address = '32.1.4')
        or (law = '短命条例' and address = '1.1')`.execute(db)
    expect(nodes.rows).toEqual([
      { law: '短命条例', version: '2001-03-01', address: '1.1', text: '从事某事须经许可。', gist: false },
      { law: 'CN-LAW-2003-administrative-license', version: '2019-04-23', address: '32.1.4', text: null, gist: true },
    ])
  })

  test('drafted or published twice with the same entry changes nothing and says nothing', async () => {
    await draftPower(db, permit('A3'), acting)
    expect(await draftPower(db, permit('A3'), acting)).toMatchObject({ version: 1, isNew: false })
    await publishPower(db, 'A3', acting, sources)
    await publishPower(db, 'A3', acting, sources)
    expect(await events('A3')).toEqual(['power.drafted', 'power.published'])
  })

  test('leaves no state where its event cannot be recorded', async () => {
    await draftPower(db, permit('A4'), acting)
    await sql`create function refuse_event() returns trigger language plpgsql as $$ begin raise 'no event'; end $$`.execute(
      db,
    )
    await sql`create trigger refuse_event before insert on domain_event for each row execute function refuse_event()`.execute(
      db,
    )
    await expect(publishPower(db, 'A4', acting, sources)).rejects.toThrow('no event')
    await expect(draftPower(db, permit('A5'), acting)).rejects.toThrow('no event')
    await sql`drop trigger refuse_event on domain_event`.execute(db)
    expect(await powerRow(db, 'A4')).toMatchObject({ state: 'draft', publishedVersion: null })
    expect(await powerRow(db, 'A5')).toBeNull()
  })
})

describe('publication is refused', () => {
  const publishing = async (entry: PowerEntry): Promise<string> => {
    const drafted = await draftPower(db, entry, acting)
    if (isRefusal(drafted)) return drafted.code
    return await refusal(publishPower(db, entry.code, acting, sources))
  }
  test.each<[string, string, Partial<PowerEntry>]>([
    [
      'for a basis whose law had not begun',
      'law.version-not-held',
      { bases: [{ kind: 'article', ref: '新规条例#1' }] },
    ],
    [
      'for an article that is not there',
      'law.text-not-imported',
      { bases: [{ kind: 'article', ref: '行政许可法#900' }] },
    ],
    ['for a law that is not held', 'law.not-held', { bases: [{ kind: 'article', ref: '无此法#1' }] }],
    ['for a procedure that no pack holds', 'power.procedure-missing', { procedure: 'no-such-procedure' }],
    [
      'for a promise longer than the law allows',
      'power.promise-too-long',
      { limit: { ...permit('x').limit, promised: { value: 21, unit: 'working-day' } } },
    ],
    ['for an entry that lacks something', 'power.lacks', { organs: [] }],
  ])('%s', async (_why, code, more) => {
    expect(await publishing(permit(`R${Math.abs(hash(_why))}`, more))).toBe(code)
  })

  test('for a power whose basis is repealed, and a power published before is listed', async () => {
    const resting = (code: string) => permit(code, { bases: [{ kind: 'article', ref: '短命条例#1' }] })
    await draftPower(db, resting('L1'), acting)
    expect(await publishPower(db, 'L1', acting, sources)).toMatchObject({ state: 'published' })
    await sql`update law_version set expired_on = '2026-01-01' from law
      where law.law_key = law_version.law_key and short_title = '短命条例'`.execute(db)
    expect(await publishing(resting('L2'))).toBe('law.lapsed')
    const lapsed = await lapsedBases(db, sql<boolean>`true`, '2026-01-05')
    expect(lapsed.map((one) => [one.code, one.basis, one.refusal?.code])).toEqual([['L1', '短命条例#1', 'law.lapsed']])
    expect(await lapsedBases(db, sql<boolean>`true`, '2025-12-31')).toEqual([])
  })

  test('for a procedure that is not sound, saying why', async () => {
    const packs = await mkdtemp(join(tmpdir(), 'daylight-packs-'))
    afterAll(() => rm(packs, { recursive: true, force: true }))
    await cp(join(testPacks, 'list'), join(packs, 'list'), { recursive: true })
    await cp(join(testPacks, 'procedures/public-service'), join(packs, 'procedures/ordinary-permit'), {
      recursive: true,
    })
    await writeFile(join(packs, 'procedures/ordinary-permit/procedure.bpmn'), deadlock)
    await draftPower(db, permit('U1'), acting)
    const refused = (await publishPower(db, 'U1', acting, { packs, zone: 'Asia/Shanghai' })) as Refusal
    expect(refused.code).toBe('power.procedure-unsound')
    expect(refused.says.en).not.toBe(refused.says.zh)
  })

  test('for a code of another region, and an entry that does not fit', async () => {
    await draftPower(db, permit('O1'), acting)
    expect(await refusal(draftPower(db, permit('O1', { region: '99/9902' }), acting))).toBe('power.other-region')
    expect(await refusal(draftPower(db, { ...permit('O2'), extra: 1 }, acting))).toBe('power.bad-entry')
    expect(await refusal(withdrawPower(db, 'O1', 'suspend', ' ', acting))).toBe('power.reason-missing')
    expect(await refusal(publishPower(db, 'nobody', { actor: nobody, at }, sources))).toBe('power.not-listed')
  })
})

const hash = (text: string): number => [...text].reduce((sum, mark) => (sum * 31 + (mark.codePointAt(0) ?? 0)) | 0, 7)

/** An exclusive choice that a parallel gateway waits for: it never ends. */
const deadlock = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:test">
<process id="p" name="死锁" isExecutable="false">
<startEvent id="s"/><exclusiveGateway id="x"/><task id="a" name="甲"/><task id="b" name="乙"/>
<parallelGateway id="j"/><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="x"/><sequenceFlow id="f2" sourceRef="x" targetRef="a"/>
<sequenceFlow id="f3" sourceRef="x" targetRef="b"/><sequenceFlow id="f4" sourceRef="a" targetRef="j"/>
<sequenceFlow id="f5" sourceRef="b" targetRef="j"/><sequenceFlow id="f6" sourceRef="j" targetRef="e"/>
</process></definitions>`
