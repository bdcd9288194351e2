import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import { testDatabase } from '../../../kernel/db/test-database.ts'
import { importLaws, type LawImportReport } from './import-laws.ts'
import { readLawPack } from './law-pack.ts'
import { loadLawPacks } from './load-law-packs.ts'
import { type ResolvedNode, resolveBasis } from './resolve.ts'
import { searchLaws } from './search.ts'
import { testPacks } from './test-set.ts'

const archive = resolve(import.meta.dirname, '../../../../../shared/data/laws-cn-national.tar.gz')
const present = existsSync(archive)
if (!present) console.info('The national laws are not beside this checkout: their tests are skipped.')

describe.skipIf(!present)('the national laws', async () => {
  const db = await testDatabase()
  let folder = ''
  let report: LawImportReport
  let seconds = 0

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daylight-national-'))
    execFileSync('tar', ['xzf', archive, '-C', folder])
    await loadLawPacks(db, testPacks)
    const began = performance.now()
    const imported = await importLaws(db, folder, testPacks)
    seconds = (performance.now() - began) / 1000
    if (isRefusal(imported)) throw new Error(imported.says.en)
    report = imported
  }, 120_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const node = async (ref: string, on: string): Promise<ResolvedNode> => {
    const found = await resolveBasis(db, ref, on)
    if (isRefusal(found)) throw new Error(`${ref} on ${on}: ${found.says.en}`)
    return found
  }

  test('come in whole within a minute: 1,061 files, every line of every law understood', () => {
    expect(seconds).toBeLessThan(60)
    expect(report).toMatchObject({ files: 1061, notLaws: 11, unparsed: 0, written: report.versions })
    expect(report.documents).toHaveLength(2)
    expect(report.articles).toBeGreaterThan(51_150)
    expect(report.articles).toBeLessThan(51_400)
  })

  test('are put together again from their nodes, every file to the last character', async () => {
    const { rows } = await sql<{ files: string[]; body: string }>`
      select v.files, string_agg(n.label || n.text || n.tail, '' order by n.position) as body
      from law_version v join law_node n using (version_key) group by v.version_key`.execute(db)
    let compared = 0
    for (const { files, body } of rows) {
      for (const file of files) {
        const text = readFileSync(join(folder, 'admin-subset', file.replace(/^admin-subset\//, '')), 'utf8')
        expect(text.slice(text.indexOf('<!-- INFO END -->') + '<!-- INFO END -->'.length)).toBe(body)
        compared += 1
      }
    }
    expect(compared).toBe(1050)
  })

  test('odd numbering is reported where it stands', () => {
    const lines = report.notes.map((note) => `${note.file.split('/').at(-1)}:${note.line} ${note.kind}`)
    expect(lines).toContain('宪法修正案（2018年）.md:53 numbering-skips')
    expect(lines).toContain('刑事诉讼法(2018-10-26).md:639 irregular-label')
    expect(lines).toContain('农民专业合作社法(2017-12-27).md:333 irregular-label')
    expect(lines.some((line) => line.startsWith('飞行基本规则(2007-10-18).md') && line.endsWith('run-together'))).toBe(
      true,
    )
  })

  test('行政许可法 32(4) is the item on missing papers, and is refused for a day before its held version', async () => {
    const item = await node('行政许可法#32(4)', '2026-11-22')
    expect(item.ref).toBe('CN-LAW-2003-administrative-license#32.1.4')
    expect(item.text).toMatch(/^（四）申请材料不齐全.*五日内一次告知.*即为受理；$/)
    expect(((await resolveBasis(db, '行政许可法#32(4)', '2010-01-01')) as Refusal).code).toBe('law.version-not-held')
  })

  test('监察法 has one text on 2020-01-01 and another on 2025-07-01', async () => {
    const before = await node('监察法#1', '2020-01-01')
    const after = await node('监察法#1', '2025-07-01')
    expect([before.version.version, after.version.version]).toEqual(['2018-03-20', '2024-12-25'])
    expect(before.version.effective).toEqual({ on: '2018-03-20', source: 'set' })
    expect(after.version.effective).toEqual({ on: '2025-06-01', source: 'pack' })
    expect(before.text).not.toBe(after.text)
    expect((await node('监察法#1', '2025-05-31')).version.version).toBe('2018-03-20')
  })

  test('an unknown effective date never counts as in force, and is named where it may have replaced a text', async () => {
    const { rows } = await sql<{ known: number; unknown: number; disagree: number }>`
      select count(*) filter (where effective_on is not null) as known,
        count(*) filter (where effective_source = 'unknown') as unknown,
        count(*) filter (where set_effective_on is not null and clause_effective_on is not null
          and set_effective_on <> clause_effective_on) as disagree
      from law_version where digest is not null and copy = 1`.execute(db)
    expect(rows[0]?.disagree).toBe(0)
    expect(rows[0]?.known).toBeGreaterThan(650)
    expect(rows[0]?.unknown).toBeGreaterThan(200)
    const replaced = await node('立法法#1', '2026-01-01')
    expect(replaced).toMatchObject({ version: { version: '2015-03-15' }, laterUnknown: ['2023-03-13'] })
  })

  test('every article that the packs cite stands in the text, in the version that they cite', async () => {
    const facts = await readLawPack(testPacks)
    if (isRefusal(facts)) throw new Error(facts.says.en)
    const { rows } = await sql<{ law: string; version: string; address: string }>`
      select coalesce(l.code, l.short_title) as law, v.version, g.address
      from law_gist g join law_version v using (version_key) join law l using (law_key)
      where v.digest is not null
        and not exists (select from law_node n where n.version_key = v.version_key and n.address = g.address)`.execute(
      db,
    )
    expect(rows).toEqual([])
    expect(facts.length).toBeGreaterThan(30)
  })

  test('are found by their words', async () => {
    const found = await searchLaws(db, '一次告知申请人需要补正的全部内容', {
      everyVersion: false,
      after: null,
      limit: 10,
    })
    expect(found.total).toBeGreaterThan(10)
    expect(found.rows[0]?.snippet).toContain('一次告知申请人需要补正的全部内容')
  })
})
