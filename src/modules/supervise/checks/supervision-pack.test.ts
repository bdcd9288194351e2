import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { checkFile } from '../../../core/check/check-file.ts'
import { isRefusal } from '../../../core/refusal/refusal.ts'
import { packsRoot, parseYaml, verifyLock } from '../../../kernel/packs/packs.ts'
import { loadSupervision, parametersOn } from './load-checks.ts'
import { testSupervision } from './test-pack.ts'

const packs = packsRoot()
const root = join(packs, 'supervision')
const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))))

/** A copy of the pack in which one text of one file is replaced. */
async function changed(file: string, from: string, to: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'daylight-supervision-'))
  folders.push(copy)
  await cp(root, copy, { recursive: true })
  const text = await readFile(join(copy, file), 'utf8')
  expect(text).toContain(from)
  await writeFile(join(copy, file), text.replace(from, to))
  return copy
}

describe('the pack of supervision', async () => {
  const reports = await testSupervision(root, packs)
  if (isRefusal(reports)) throw new Error(reports.says.en)

  it('holds the seven rules', () => {
    expect(reports.map((report) => report.code)).toEqual([
      'EM-01',
      'EM-02',
      'EM-03',
      'EM-04',
      'EM-09',
      'EM-10',
      'EM-15',
    ])
  })
  it.each(reports)(
    '$code finds each of its planted cases, at least five, and passes over as many near-misses',
    (report) => {
      expect(report.failures.filter((failure) => !failure.why.endsWith('ms'))).toEqual([])
      expect(report.firing).toBeGreaterThanOrEqual(5)
      expect(report.silent).toBeGreaterThanOrEqual(5)
    },
  )
  it('rests on articles whose facts the law packs hold', async () => {
    const pack = await loadSupervision(root)
    if (isRefusal(pack)) throw new Error(pack.says.en)
    const refs = pack.checks.flatMap(({ check }) => check.basis)
    expect(refs.length).toBeGreaterThan(8)
    for (const ref of refs) {
      const [law = '', address = ''] = ref.split('#')
      expect(await readFile(join(packs, 'laws', `${law}.yml`), 'utf8')).toContain(`"${address}":`)
    }
  })
  it('agrees with its lock', async () => {
    expect((await verifyLock(root)).map((refusal) => refusal.says.en)).toEqual([])
  })
  it('ships the format of a check for editors, equal to the one that is enforced', async () => {
    const path = join(root, 'check.schema.json')
    const schema = `${JSON.stringify(z.toJSONSchema(checkFile, { io: 'input' }), null, 2)}\n`
    if (process.env.UPDATE_SCHEMA === '1') await writeFile(path, schema)
    expect(await readFile(path, 'utf8')).toBe(schema)
  })
})

describe('a pack of supervision that was spoilt', () => {
  const check = 'checks/past-statutory-limit/check.yml'
  it('fails where a rule no longer finds what its example plants', async () => {
    const copy = await changed('example-plan.yml', 'statutory: { value: 20', 'statutory: { value: 21')
    const reports = await testSupervision(copy, packs)
    if (isRefusal(reports)) throw new Error(reports.says.en)
    expect(reports.find((report) => report.code === 'EM-04')?.failures.length).toBeGreaterThan(3)
  })
  it('fails where a rule accuses a near-miss', async () => {
    const copy = await changed('example-plan.yml', 'statutory: { value: 20', 'statutory: { value: 15')
    const reports = await testSupervision(copy, packs)
    if (isRefusal(reports)) throw new Error(reports.says.en)
    const names = reports.flatMap((report) => report.failures).map((failure) => failure.example)
    expect(names).toContain('期间跨国庆节，最后一日下午决定')
  })
  it.each([
    ['an unknown key', 'severity: red', 'severity: red\nseverty: red', 'severty'],
    ['a sentence with a column that the rule does not return', '{started}', '{applicant}', 'says.zh'],
    ['a kind that its rule is not', 'kind: clock', 'kind: order', 'kind'],
    ['a fact that the rule does not read', 'published-calendar]', 'officer]', 'reads'],
    ['a reference that names no article', "#42.1'", "'", 'basis.0'],
  ])('is refused with %s', async (_, from, to, key) => {
    const copy = await changed(check, from, to)
    const pack = await loadSupervision(copy)
    expect(isRefusal(pack) && [pack.code, pack.place?.column]).toEqual(['pack.shape', key])
  })
  it('is refused where a check names a parameter without a value', async () => {
    const copy = await changed('parameters.yml', 'clock.near-share:', 'clock.near-part:')
    expect(await loadSupervision(copy)).toMatchObject({ code: 'plan.unknown-parameter' })
  })
  it('is refused without an example that stays silent', async () => {
    const text = await readFile(join(root, check), 'utf8')
    const parsed = parseYaml(text.replace('expect: []', 'expect: [{ due: x }]'), checkFile, check)
    expect(isRefusal(parsed) && parsed.says.en).toContain('no silent example')
  })
  it('is refused without a known innocent explanation', async () => {
    const text = await readFile(join(root, check), 'utf8')
    const parsed = parseYaml(text.replace(/innocent:\n(?: {2}- .*\n)+/, 'innocent: []\n'), checkFile, check)
    expect(isRefusal(parsed) && parsed.place?.column).toBe('innocent')
  })
})

describe('a parameter', () => {
  const near = { name: 'clock.near-days', title: { zh: '临期', en: 'near' } }
  it('has on each day the value that began last', () => {
    const values = [
      { from: '2026-07-01', value: 2 },
      { from: '2000-01-01', value: 1 },
    ]
    const on = (date: string) => parametersOn([{ ...near, values }], date).get('clock.near-days')
    expect([on('1999-12-31'), on('2026-06-30'), on('2026-07-01')]).toEqual([undefined, 1, 2])
  })
})
