import { randomUUIDv7 } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import type { PowerEntry } from '../../core/power/power.ts'
import { isRefusal, type Refusal } from '../../core/refusal/refusal.ts'
import { testDatabase } from '../../kernel/db/test-database.ts'
import { readLog } from '../../kernel/tables/read-log.ts'
import { loadLawPacks } from '../../modules/list/module.ts'
import { draftPower } from '../../modules/list/powers/draft-power.ts'
import { publishPower } from '../../modules/list/powers/publish-power.ts'
import { importLog } from '../../modules/supervise/logs/import-log.ts'
import { judgeStoredLog, judgingDb, savePlan } from '../../modules/supervise/module.ts'
import { judgeLog } from '../../modules/supervise/plans/judge-log.ts'
import { planFile } from '../../modules/supervise/plans/plan-file.ts'
import { buildServer } from './build-server.ts'
import { compose } from './compose.ts'
import { cookieOf, testDirectory, testMorning, testRegions, testServices } from './test-server.ts'

const db = await testDatabase()
await testDirectory(db, ['supervisor'])
const home = await mkdtemp(join(tmpdir(), 'daylight-listed-'))
const services = testServices(db, { home })
const { app } = await buildServer(services, compose(services))
afterAll(async () => {
  await app.close()
  services.olap.close()
  await rm(home, { recursive: true, force: true })
})

function good<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(value.says.en)
  return value
}

const nobody = { officer: null, post: null, organ: null }
const acting = { actor: nobody, at: testMorning }
const basis = 'CN-LAW-2003-administrative-license#42.1'
const power = (code: string, statutory: number, promised: number): PowerEntry => ({
  code,
  name: { zh: '某项许可', en: 'A permit' },
  kind: 'permit',
  level: 'county',
  region: testRegions.county,
  organs: ['wh-water'],
  bases: [{ kind: 'article', ref: 'CN-LAW-2003-administrative-license#32.1.4' }],
  limit: {
    statutory: { value: statutory, unit: 'working-day', basis },
    promised: { value: promised, unit: 'working-day' },
  },
  procedure: 'ordinary-permit',
  caseKinds: ['promised'],
  special: [],
})

await loadLawPacks(db, services.packs)
const sources = { packs: services.packs, zone: 'Asia/Shanghai' }
for (const [code, statutory, promised] of [
  ['P-20', 20, 15],
  ['P-5', 5, 3],
] as const) {
  good(await draftPower(db, power(code, statutory, promised), acting))
  good(await publishPower(db, code, acting, sources))
}
good(await draftPower(db, power('P-DRAFT', 1, 1), acting))

// Ten working days from acceptance to decision, over the October holiday of 2025 and its make-up Saturday.
const csv = [
  '办件,事项,环节,时间',
  ...['P-20', 'P-5', 'P-DRAFT', 'P-NONE'].flatMap((code) => [
    `B-${code},${code},受理,2025-09-22 09:00`,
    `B-${code},${code},决定,2025-10-11 10:00`,
  ]),
].join('\n')
const file = join(home, 'log.csv')
const plan = {
  plan: 'by-list',
  title: { zh: '按清单', en: 'By the list' },
  map: { case: '办件', activity: '环节', time: '时间', power: '事项' },
  zone: 'Asia/Shanghai',
  calendar: 'cn',
  caseKind: 'promised' as const,
  clock: { start: { activity: '受理' }, end: { activity: '决定' } },
  limits: { byPower: { column: 'power' } },
  checks: ['EM-03', 'EM-04'],
}
const parsed = { ...planFile.parse(plan), map: plan.map }
const log = randomUUIDv7()
const judge = async () =>
  good(
    await judgeStoredLog(
      { db, olap: services.olap, home, packs: services.packs, zone: 'Asia/Shanghai', clock: services.clock },
      { log, plan: plan.plan, actor: nobody },
    ),
  )
const found = async () =>
  (
    await sql<object>`select code, case_id, basis, columns -> 'limit' ->> 'en' as limit_en, evidence
      from supervise_result where log_id = ${log} and state = 'current' order by code, case_id`.execute(db)
  ).rows

describe('limits that come from the published list', () => {
  it('judge each case by those of its power, and say where they come from', async () => {
    await writeFile(file, csv)
    const given = { log, name: '办件', region: testRegions.county, path: file, file: 'log.csv', mapping: plan.map }
    good(
      await importLog(
        { db, olap: services.olap, home },
        { ...given, zone: 'Asia/Shanghai', actor: nobody },
        { clock: services.clock },
      ),
    )
    const now = testMorning.toString()
    good(await savePlan(judgingDb(db), parsed, { actor: nobody, region: testRegions.county, now }))
    const { rules } = await judge()
    expect(await found()).toMatchObject([
      {
        code: 'EM-04',
        case_id: 'B-P-5',
        basis: [basis],
        limit_en: '5 working days',
        evidence: [{ what: '受理' }, { what: 'power', value: 'P-5（权力清单 power list, v1）' }, { what: '决定' }],
      },
    ])
    expect(rules.find(({ code }) => code === 'EM-04')).toMatchObject({
      judged: 2,
      lacks: [
        { fact: 'listed-power', detail: 'P-DRAFT', cases: 1 },
        { fact: 'listed-power', detail: 'P-NONE', cases: 1 },
      ],
    })
  })
  it('draw the clock of a case', async () => {
    const cookie = await cookieOf(db, 'supervisor', testRegions.county)
    const clock = async (id: string) =>
      (await app.inject({ url: `/api/logs/${log}/cases/${id}/clock`, headers: { cookie } })).json()
    expect((await clock('B-P-20')).clock.limits).toMatchObject([
      { which: 'promised', value: 15, late: false },
      { which: 'statutory', value: 20, late: false },
    ])
  })
  it('follow the list when it is published anew', async () => {
    good(await draftPower(db, power('P-20', 9, 9), acting))
    good(await publishPower(db, 'P-20', acting, sources))
    await judge()
    const source = { what: 'power', value: 'P-20（权力清单 power list, v2）' }
    expect(await found()).toMatchObject([
      { case_id: 'B-P-20', limit_en: '9 working days', evidence: [{}, source, {}] },
      { case_id: 'B-P-5' },
    ])
  })
  it('are lacking where a file is judged without a server', async () => {
    const { log: read } = good(await readLog(file, { mapping: plan.map, zone: plan.zone }))
    const { results } = good(await judgeLog(read, parsed, { packs: services.packs, folder: home, date: '2026-01-01' }))
    for (const result of results) {
      expect(result.result).toBe('cannot-be-judged')
      expect(result.lacks.map(({ fact }) => fact)).toEqual(Array(4).fill('listed-power'))
    }
  })
  it('stand alone in a plan', () => {
    const both = { ...plan, limits: { ...plan.limits, statutory: { value: 20, unit: 'working-day' } } }
    expect(planFile.safeParse(both).error?.issues[0]?.path).toEqual(['limits', 'byPower'])
  })
})
