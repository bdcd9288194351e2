import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import { testDatabase } from '../../../kernel/db/test-database.ts'
import { importLaws } from './import-laws.ts'
import { readLawPack } from './law-pack.ts'
import { loadLawPacks } from './load-law-packs.ts'
import { lockLawLibrary } from './lock.ts'
import { resolveBasis } from './resolve.ts'
import { statute, testPacks, testSet } from './test-set.ts'

const db = await testDatabase()

describe('the facts of the packs', () => {
  test('stand in the library without any text, each with its source', async () => {
    const loaded = await loadLawPacks(db, testPacks)
    expect(loaded).toMatchObject({ laws: expect.any(Number) })
    const node = await resolveBasis(db, '行政许可法#32(4)', '2026-01-05')
    expect(node).toMatchObject({
      law: { law: 'CN-LAW-2003-administrative-license', rank: 'law' },
      ref: 'CN-LAW-2003-administrative-license#32.1.4',
      citation: '第三十二条第一款第四项',
      text: null,
      version: { version: '2019-04-23', hasText: false, effective: { on: '2019-04-23', source: 'pack' } },
    })
    if (isRefusal(node)) return
    expect(node.gist?.zh).toMatch(/五日/)
    expect(((await resolveBasis(db, '行政许可法#99', '2026-01-05')) as Refusal).code).toBe('law.text-not-imported')
  })

  test('loaded again, change nothing', async () => {
    const count = async () =>
      (
        await sql`select (select count(*) from law) as laws, (select count(*) from law_version) as versions,
          (select count(*) from law_gist) as gists, (select max(version_key) from law_version) as last`.execute(db)
      ).rows[0]
    const before = await count()
    // A second loading neither waits for whoever writes the library nor writes itself.
    const again = await db.transaction().execute(async (trx) => {
      await lockLawLibrary(trx)
      return await loadLawPacks(db, testPacks)
    })
    await sql`delete from law_pack_state`.execute(db)
    await loadLawPacks(db, testPacks)
    expect(await count()).toEqual(before)
    expect(again).toMatchObject({ versions: (before as { versions: number }).versions })
  })

  test('keep their gist when an import brings the text, and every article that they cite has one', async () => {
    const folder = await testSet(
      {
        '行政法/行政许可法(2019-04-23).md': statute(
          '中华人民共和国行政许可法',
          ['2003年8月27日 某会议通过', '2019年4月23日 某会议《关于修改某法的决定》修正'],
          `第三十二条 处理：\n\n（一）甲；\n\n（二）乙；\n\n（三）丙；\n\n（四）丁；\n\n（五）戊。`,
        ),
      },
      null,
    )
    expect(isRefusal(await importLaws(db, folder, testPacks))).toBe(false)
    const node = await resolveBasis(db, 'CN-LAW-2003-administrative-license#32.1.4', '2026-01-05')
    expect(node).toMatchObject({
      text: '（四）丁；',
      gist: { zh: expect.stringContaining('五日') },
      version: { hasText: true },
    })
  })

  test('are facts: every law dates each of its versions', async () => {
    const facts = await readLawPack(testPacks)
    if (isRefusal(facts)) throw new Error(facts.says.en)
    expect(facts.length).toBeGreaterThan(30)
    const undated = facts.flatMap((law) =>
      law.versions
        .filter((version) => version.effective_on === undefined)
        .map((version) => `${law.law} ${version.version}`),
    )
    expect(undated).toEqual([])
  })
})
