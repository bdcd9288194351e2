import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { clientSettings, connectionOf } from '../../../kernel/db/pool.ts'
import { testDatabase } from '../../../kernel/db/test-database.ts'
import { statute, testSet } from '../../../modules/list/laws/test-set.ts'
import { testedCommandLine } from '../test-run.ts'

const db = await testDatabase()
const home = await mkdtemp(join(tmpdir(), 'daylight-law-cli-'))
afterAll(() => rm(home, { recursive: true, force: true }))
const { host, user, password, database } = clientSettings(connectionOf(db))
vi.stubEnv('DAYLIGHT_HOME', home)
vi.stubEnv(
  'DATABASE_URL',
  `postgresql://${user}:${String(password)}@localhost/${database}?host=${encodeURIComponent(String(host))}`,
)

const cli = testedCommandLine()
const json = () => JSON.parse(cli.shown.trim().split('\n').at(-1) ?? '')

describe('the command line of the law library', () => {
  test('shows a gist, and says that the text comes by import', async () => {
    expect(await cli.run('law', 'show', '行政许可法#32(4)', '--on', '2026-01-05')).toBe(0)
    expect(cli.shown).toMatch(/第三十二条第一款第四项/)
    expect(cli.shown).toMatch(/全文尚未导入/)
    cli.shown = ''
    await cli.run('law', 'show', '行政许可法#32.1.4', '--on', '2026-01-05', '--json')
    expect(json()).toMatchObject({
      ref: 'CN-LAW-2003-administrative-license#32.1.4',
      text: null,
      effectiveSource: 'pack',
    })
  })

  test('imports a folder, lists what it did not understand, and then shows the text', async () => {
    const body = '第三十二条 处理：\n\n（一）甲；\n\n（二）乙；\n\n（三）丙；\n\n（四）丁。\n\n第三十五条 戊。'
    const folder = await testSet({ '行政法/行政许可法(2019-04-23).md': statute('行政许可法', [], body) }, null)
    expect(await cli.run('law', 'import', folder)).toBe(0)
    expect(cli.shown).toMatch(/行政许可法\(2019-04-23\)\.md:15 {2}序号跳过（应为 33，见 35）/)
    cli.shown = ''
    expect(await cli.run('law', 'import', folder, '--json')).toBe(0)
    expect(json()).toMatchObject({ files: 1, laws: 1, versions: 1, articles: 2, written: 0, unparsed: 0 })
    cli.shown = ''
    await cli.run('law', 'show', '行政许可法#32(4)', '--on', '2026-01-05')
    expect(cli.shown).toMatch(/（四）丁。/)
  })

  test('refuses with exit code 2 what it cannot answer, and says what to do', async () => {
    expect(await cli.run('law', 'show', '行政许可法#32', '--on', '2010-01-01', '--json')).toBe(2)
    expect(json().refusal.code).toBe('law.version-not-held')
    expect(cli.said).toMatch(/下一步/)
    expect(await cli.run('law', 'import', join(home, 'nowhere'))).toBe(2)
  })
})
