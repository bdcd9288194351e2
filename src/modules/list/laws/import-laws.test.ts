import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import { testDatabase } from '../../../kernel/db/test-database.ts'
import { importLaws, type LawImportReport } from './import-laws.ts'
import { resolveBasis } from './resolve.ts'
import { statute, testPacks, testSet } from './test-set.ts'

const db = await testDatabase()
const imported = async (folder: string): Promise<LawImportReport> => {
  const report = await importLaws(db, folder, testPacks)
  if (isRefusal(report)) throw new Error(report.says.en)
  return report
}
const bodyOf = async (short: string, version: string, copy = 1): Promise<string | undefined> => {
  const { rows } = await sql<{ body: string }>`
    select string_agg(label || text || tail, '' order by position) as body
    from law_node join law_version using (version_key) join law using (law_key)
    where short_title = ${short} and version = ${version} and copy = ${copy}`.execute(db)
  return rows[0]?.body
}

const enacted = statute(
  '中华人民共和国望禾法',
  ['2001年3月1日 某会议通过'],
  '## 第一章 总则\n\n第一条 为了甲，制定本法。\n\n第二条 分为：\n\n（一）子；\n\n（二）丑。\n\n第三条 本法自2001年7月1日起施行。\n',
)
const amended = statute(
  '中华人民共和国望禾法',
  ['2001年3月1日 某会议通过', '2010年5月5日 某会议《关于修改〈望禾法〉的决定》修正'],
  '第一条 为了甲和乙，制定本法。\n\n第二条 本法自2001年7月1日起施行。',
)

describe('a set of statutes', () => {
  test('is imported whole, and every body is put together again from the store', async () => {
    const folder = await testSet(
      {
        'README.md': '说明',
        '法律法规模版.md': '# 标题\n\n<!-- INFO END -->\n\n第一条 xx',
        '行政法/_index.md': '---\nx: true\n---',
        '行政法/望禾法(2001-03-01).md': enacted,
        '行政法/望禾法(2010-05-05).md': amended,
        '行政法规/云泽条例(2005-01-01).md': statute('云泽条例', [], '第一条 某。\r\n\r\n第三条 某某。'),
      },
      [
        { name: '望禾法', level: '法律', publish: '2001-03-01', valid_from: '' },
        { name: '望禾法', level: '法律', publish: '2010-05-05', valid_from: '2010-06-01' },
        { name: '云泽条例', level: '行政法规', publish: '2005-01-01', valid_from: 'bad', expired: 1 },
      ],
    )
    const report = await imported(folder)
    expect(report).toMatchObject({
      files: 4,
      notLaws: 1,
      laws: 2,
      versions: 3,
      articles: 7,
      written: 3,
      unparsed: 0,
      effective: { set: 1, clause: 1, none: 1 },
    })
    expect([...report.documents].sort()).toEqual(['README.md', '法律法规模版.md'])
    expect(report.notes).toContainEqual(
      expect.objectContaining({ file: '行政法/_index.md', line: 1, kind: 'not-a-law' }),
    )
    expect(report.notes).toContainEqual(
      expect.objectContaining({ file: '行政法规/云泽条例(2005-01-01).md', line: 7, kind: 'numbering-skips' }),
    )
    expect(await bodyOf('望禾法', '2001-03-01')).toBe(enacted.split('<!-- INFO END -->')[1])
    expect(await bodyOf('云泽条例', '2005-01-01')).toBe('\n\n第一条 某。\r\n\r\n第三条 某某。')
    const ranks = await sql`select short_title, rank from law order by 1`.execute(db)
    expect(ranks.rows).toEqual([
      { short_title: '云泽条例', rank: 'regulation' },
      { short_title: '望禾法', rank: 'law' },
    ])
    expect((await imported(folder)).written).toBe(0)
  })

  test('each version says who dates it, and a date is answered with the version of that day', async () => {
    const first = await resolveBasis(db, '望禾法#1', '2005-01-01')
    expect(first).toMatchObject({
      text: '第一条 为了甲，制定本法。',
      until: '2010-06-01',
      version: { version: '2001-03-01', effective: { on: '2001-07-01', source: 'clause' } },
    })
    expect(await resolveBasis(db, '中华人民共和国望禾法#1', '2010-06-01')).toMatchObject({
      text: '第一条 为了甲和乙，制定本法。',
      version: { effective: { on: '2010-06-01', source: 'set' } },
    })
    expect(await resolveBasis(db, '望禾法#2(2)', '2005-01-01')).toMatchObject({
      ref: '望禾法#2.1.2',
      citation: '第二条第一款第二项',
      text: '（二）丑。',
    })
  })

  test('what cannot be answered is refused with its own code', async () => {
    const code = async (ref: string, on: string): Promise<string> => ((await resolveBasis(db, ref, on)) as Refusal).code
    expect(await code('望禾法#1', '2001-06-30')).toBe('law.version-not-held')
    expect(await code('望禾法#9', '2005-01-01')).toBe('law.no-such-node')
    expect(await code('望禾法#2(9)', '2005-01-01')).toBe('law.no-such-node')
    expect(await code('无此法#1', '2005-01-01')).toBe('law.not-held')
    expect(await code('云泽条例#1', '2020-01-01')).toBe('law.effective-unknown')
    expect(await code('望禾法#1#2', '2005-01-01')).toBe('law.bad-reference')
    expect(await code('望禾法#1', '2005-02-30')).toBe('law.bad-date')
  })

  test('a changed file replaces the text of its version, and nothing else', async () => {
    const folder = await testSet({ '行政法/望禾法(2001-03-01).md': enacted.replace('为了甲', '为了丙') }, [])
    expect(await imported(folder)).toMatchObject({ written: 1 })
    expect(await bodyOf('望禾法', '2001-03-01')).toContain('为了丙')
    expect(await bodyOf('望禾法', '2010-05-05')).toContain('为了甲和乙')
  })

  test('two texts of one version are both kept, the second named and never in force', async () => {
    const other = enacted.replace('为了甲', '为了丁')
    const folder = await testSet(
      { '甲/青岚法(2001-03-01).md': enacted, '乙/青岚法(2001-03-01).md': other, '丙/青岚法(2001-03-01).md': enacted },
      null,
    )
    const report = await imported(folder)
    expect(report.notes.map((note) => note.kind)).toEqual(['no-database', 'another-text-of-this-version'])
    expect(report).toMatchObject({ laws: 1, versions: 2 })
    expect([await bodyOf('青岚法', '2001-03-01', 1), await bodyOf('青岚法', '2001-03-01', 2)].sort()).toEqual(
      [enacted, other].map((text) => text.split('<!-- INFO END -->')[1]).sort(),
    )
  })
})

describe('files of another shape lose nothing', () => {
  test('a law without a head mark, one in GB18030, and one that is no text', async () => {
    const gb18030 = new Uint8Array([
      0x23, 0x20, 0xc4, 0xb3, 0xb9, 0xe6, 0xb6, 0xa8, 0x0a, 0x0a, 0xb5, 0xda, 0xd2, 0xbb, 0xcc, 0xf5, 0x20, 0xbc, 0xd7,
      0xa1, 0xa3,
    ])
    const folder = await testSet(
      {
        '裸文本.md': '# 裸文本规定\n\n2003年4月5日 某机关公布\n\n第一条 甲。\n\n这不是结尾',
        '某规定(2003-01-01).md': gb18030,
        '二进制.md': new Uint8Array([0, 1, 2, 3]),
        '空.md': '',
      },
      null,
    )
    const report = await imported(folder)
    expect(report).toMatchObject({ files: 4, laws: 2, articles: 2, unparsed: 1, notLaws: 1 })
    expect(report.notes).toContainEqual(expect.objectContaining({ file: '二进制.md', line: 1, kind: 'unreadable' }))
    expect(await bodyOf('裸文本', '2003-04-05')).toBe('第一条 甲。\n\n这不是结尾')
    expect(await bodyOf('某规定', '2003-01-01')).toContain('第一条 甲。')
  })

  test('no folder, an archive and a folder without Markdown are each a sentence', async () => {
    const folder = await testSet({ 'a.txt': 'x' }, null)
    const archive = join(folder, 'laws.tar.gz')
    await writeFile(archive, 'x')
    const code = async (path: string): Promise<string> => ((await importLaws(db, path, testPacks)) as Refusal).code
    expect(await code(join(folder, 'nowhere'))).toBe('law.no-folder')
    expect(await code(archive)).toBe('law.folder-not-archive')
    expect(await code(folder)).toBe('law.no-files')
  })

  test('a database of another shape is named, and the laws come in without it', async () => {
    const folder = await testSet({ '行政法/白河法(2001-03-01).md': enacted, 'db.sqlite3': 'not a database' }, null)
    const report = await imported(folder)
    expect(report.notes).toContainEqual(expect.objectContaining({ file: 'db.sqlite3', kind: 'no-database' }))
    expect(report.laws).toBe(1)
  })
})

test('of two imports at once one is refused, and the other is whole', async () => {
  const folder = await testSet({ '行政法/双桥法(2001-03-01).md': enacted }, null)
  let both: Promise<LawImportReport | Refusal> | undefined
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(720001)`.execute(trx)
    both = importLaws(db, folder, testPacks)
    expect(((await both) as Refusal).code).toBe('law.import-running')
  })
  expect((await bodyOf('双桥法', '2001-03-01')) ?? null).toBeNull()
  expect(await imported(folder)).toMatchObject({ written: 1 })
})
