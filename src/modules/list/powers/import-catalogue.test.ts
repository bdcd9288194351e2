import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import { testDatabase } from '../../../kernel/db/test-database.ts'
import { testPacks } from '../laws/test-set.ts'
import { type CatalogueReport, importCatalogue } from './import-catalogue.ts'
import { readLiteralScript } from './literal-script.ts'

const db = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'daylight-catalogue-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const at = Temporal.Instant.from('2026-01-05T02:00:00Z')
const link = (item: string, type: number, area = '990121000000') =>
  `http://example.test/x?areaCode=${area}&itemCode=${item}&taskType=${type}&deptCode=O1`
const file = async (text: string): Promise<string> => {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.js`)
  await writeFile(path, text)
  return path
}
const imported = async (text: string): Promise<CatalogueReport | Refusal> =>
  importCatalogue(db, await file(text), testPacks, at)

test('a catalogue becomes drafts that say what they lack, and none is published', async () => {
  const text = `// 目录
  const data = [{ department: '区水务局', items: [{ main_item: '取水', sub_items: [
    { name: '取水许可', link: '${link('X-1', 1)}', qrcode: '' },
    { name: '取水许可', link: '${link('X-2', 20)}', 'qr': null },
    { name: '无编码', link: 'http://example.test/', n: -1 },
    { name: '同编码', link: '${link('X-1', 1)}' },
  ] }] }];`
  const report = await imported(text)
  expect(report).toMatchObject({
    departments: 1,
    items: 4,
    drafts: 2,
    published: 0,
    written: 2,
    repeatedNames: 1,
    lacking: { level: 2, basis: 2, 'statutory-limit': 1, promise: 2, procedure: 2, 'case-kind': 2 },
  })
  if (isRefusal(report)) return
  expect(report.unused.map((one) => one.item)).toEqual([3, 4])
  const { rows } = await sql`
    select p.code, p.state, p.region, v.kind, v.organs, v.source, v.catalogue ->> 'department' as department
    from power p join power_version v using (code) order by 1`.execute(db)
  expect(rows).toEqual([
    {
      code: 'X-1',
      state: 'draft',
      region: '99/9901/990121',
      kind: 'permit',
      organs: ['O1'],
      source: 'catalogue',
      department: '区水务局',
    },
    {
      code: 'X-2',
      state: 'draft',
      region: '99/9901/990121',
      kind: 'public-service',
      organs: ['O1'],
      source: 'catalogue',
      department: '区水务局',
    },
  ])
  expect(await imported(text)).toMatchObject({ drafts: 2, written: 0 })
})

describe('a catalogue is parsed, never run', () => {
  test.each([
    ['a call', 'const a = [globalThis.process.exit(1)]'],
    ['a second statement', 'const a = []; a.push(1)'],
    ['a getter', 'const a = [{ get name() { return 1 } }]'],
    ['a computed key', 'const a = [{ ["a" + 1]: 1 }]'],
    ['a template with a value', ['const a = [`$', '{a}`]'].join('')],
    ['a spread', 'const a = [...b]'],
    ['an import', 'import "x"'],
    ['a regular expression', 'const a = [/x/]'],
    ['broken syntax', 'const a = ['],
    ['nesting without end', `const a = ${'['.repeat(200_000)}${']'.repeat(200_000)}`],
  ])('%s is refused with its row', async (_what, text) => {
    const refused = (await imported(text)) as Refusal
    expect(refused).toMatchObject({ code: 'power.catalogue-not-literal', place: { row: 1 } })
  })
  test('an object’s keys never reach a prototype', () => {
    const value = readLiteralScript('const a = { "__proto__": { "polluted": true } }', 'a.js')
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    expect(Object.keys(value as object)).toEqual(['__proto__'])
  })
  test('another shape, and a file that is not there, are each a sentence', async () => {
    expect(await imported('const a = [{ name: 1 }]')).toMatchObject({ code: 'power.catalogue-shape' })
    const missing = await importCatalogue(db, join(folder, 'nowhere.js'), testPacks, at)
    expect(missing).toMatchObject({ code: 'input.unreadable' })
  })
})

const real = resolve(import.meta.dirname, '../../../../../shared/data/powerlist/bszl-data.js')
if (!existsSync(real)) console.info("The district's catalogue is not beside this checkout: its test is skipped.")

test.skipIf(!existsSync(real))("a real district's catalogue becomes 1,135 drafts", async () => {
  const report = await importCatalogue(db, real, testPacks, at)
  expect(report).toMatchObject({
    departments: 34,
    items: 1135,
    drafts: 1135,
    published: 0,
    written: 1135,
    repeatedNames: 2,
    unused: [],
    lacking: { level: 1135, basis: 1135, promise: 1135, procedure: 1135, 'case-kind': 1135, 'statutory-limit': 536 },
  })
})
