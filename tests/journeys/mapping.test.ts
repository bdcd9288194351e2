import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workbookOf } from '../../src/kernel/tables/fixtures/workbook.ts'
import { cli, expectAccessible, open, picture, signIn, type Visit, visit } from './browser.ts'

const steps = ['受理', '审查', '决定', '送达']
const header = ['单子编号', '走到哪步', '登记时间', '经手人员', '申请人', '联系方式', '承诺时限']

/** Forty cases of four steps, with the dates of a spreadsheet and personal data beside them. */
const rows = Array.from({ length: 160 }, (_, i) => [
  `D${2000 + (i >> 2)}`,
  steps[i % 4] as string,
  { n: 45_300 + (i >> 2) + (i % 4) / 8 + 0.375, style: 2 },
  `经办${i % 5}`,
  '赵敏',
  `1380013${8000 + (i >> 2)}`,
  { n: 45_330 + (i >> 2), style: 1 },
])

describe('a supervisor with a workbook whose columns nobody has described', () => {
  let there: Visit
  let folder: string
  let file: string
  beforeAll(async () => {
    there = await visit()
    folder = await mkdtemp(join(tmpdir(), 'daylight-mapping-'))
    file = join(folder, '窗口登记.xlsx')
    await writeFile(
      file,
      workbookOf([
        { name: '登记', rows: [['某窗口登记簿'], header, ...rows], merged: ['A1:G1'] },
        { name: '说明', rows: [['本表由窗口填写']] },
      ]),
    )
    await signIn(there.page, 'supervisor')
  })
  afterAll(async () => {
    await there.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('sees what each column is taken for, with reasons, and its first cases before anything is imported', async () => {
    const { page } = there
    await open(page, '/console/supervise/logs/import')
    await page.getByLabel('文件').setInputFiles(file)
    await page.getByRole('button', { name: '上传并对照列' }).click()
    await page.getByRole('heading', { level: 1, name: /窗口登记\.xlsx/ }).waitFor()
    const role = (column: string) => page.getByLabel(column, { exact: true })
    await expect(role('单子编号').inputValue()).resolves.toBe('case')
    await expect(role('走到哪步').inputValue()).resolves.toBe('activity')
    await expect(role('登记时间').inputValue()).resolves.toBe('time')
    await expect(role('申请人').inputValue()).resolves.toBe('drop')
    await expect(role('联系方式').inputValue()).resolves.toBe('drop')
    await expect(role('承诺时限').inputValue()).resolves.toBe('keep')
    const preview = page.locator('table.preview')
    await preview.waitFor()
    expect(await preview.locator('tbody').count()).toBe(5)
    await expect(preview.locator('tbody').first().locator('td:nth-child(2)').allTextContents()).resolves.toEqual(steps)
    const shown = (await page.locator('main').textContent()) ?? ''
    expect(shown).not.toContain('赵敏')
    expect(shown).toContain('40 件')
    await expectAccessible(page)
    await picture(page, 'console-mapping')
  })

  it('changes a role and sees the cases follow; a choice that cannot be is refused in words', async () => {
    const { page } = there
    await page.getByLabel('单子编号', { exact: true }).selectOption('keep')
    await page.getByText('请指明哪一列是办件编号').waitFor()
    await page.getByLabel('经手人员', { exact: true }).selectOption('case')
    await page.locator('table.preview tbody th', { hasText: '经办0' }).waitFor()
    await page.getByLabel('登记时间', { exact: true }).selectOption('deadline')
    await page.getByLabel('走到哪步', { exact: true }).selectOption('time')
    await page.getByLabel('单子编号', { exact: true }).selectOption('activity')
    await page.locator('.problems li').first().waitFor()
    await expect(page.locator('.problems').textContent()).resolves.toContain('100 % 的行')
    for (const [column, role] of [
      ['走到哪步', 'activity'],
      ['登记时间', 'time'],
      ['单子编号', 'case'],
      ['经手人员', 'officer'],
      ['承诺时限', 'deadline'],
    ] as const) {
      await page.getByLabel(column, { exact: true }).selectOption(role)
    }
    await page.locator('table.preview tbody th', { hasText: 'D2000' }).waitFor()
  })

  it('keeps the mapping under a name, imports by it, and the log has what the command line reads', async () => {
    const { page } = there
    await page.getByLabel('对照的名称').fill('窗口登记簿')
    await page.getByRole('button', { name: '保存对照' }).click()
    await page.getByText('已保存为“窗口登记簿”').waitFor()
    await page.getByRole('button', { name: '按此对照导入' }).click()
    await page.waitForURL(/\/supervise\/logs\/[0-9a-f-]{36}$/, { timeout: 60_000 })
    const told = await cli<{ mapping: object; preview: { counts: { cases: number; events: number } } }>(
      'log',
      'map',
      file,
    )
    expect(told.preview.counts).toMatchObject({ cases: 40, events: 160 })
    const heading = (await page.getByRole('heading', { level: 1, name: /40/ }).textContent()) ?? ''
    expect(heading).toContain('40')
    await open(page, '/console/supervise/logs/import')
    await expect(page.locator('#mappingId option').allTextContents()).resolves.toContain('窗口登记簿')
  })

  it('works by keys alone, in English, on a narrow screen', async () => {
    const narrow = await visit({ width: 360 })
    const { page } = narrow
    await signIn(page, 'supervisor')
    await open(page, '/console/supervise/logs/import')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { level: 1, name: /Import/ }).waitFor()
    await page.getByLabel('File', { exact: true }).setInputFiles(file)
    await page.getByLabel('File', { exact: true }).press('Enter')
    await page.getByRole('button', { name: 'Upload and map columns' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: /窗口登记/ }).waitFor()
    await page.locator('table.preview').waitFor()
    const select = page.getByLabel('单子编号', { exact: true })
    await select.focus()
    await page.keyboard.press('ArrowDown')
    await page.getByText('Say which column is the case id').waitFor()
    const wide = await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
    expect(wide).toBe(false)
    await expectAccessible(page)
    await picture(page, 'console-mapping-narrow')
    await narrow.close()
  })
})
