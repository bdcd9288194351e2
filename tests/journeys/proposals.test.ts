import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli, expectAccessible, numberOf, open, picture, signIn, type Visit, visit } from './browser.ts'

describe('the keeper of the list', () => {
  let there: Visit
  beforeAll(async () => {
    there = await visit()
    await signIn(there.page, 'list-officer')
  })
  afterAll(() => there.close())

  /** Takes a file that a button or link hands out. */
  async function taken(name: RegExp): Promise<string> {
    const { page } = there
    const waiting = page.waitForEvent('download')
    await page.getByRole('button', { name }).or(page.getByRole('link', { name })).first().click()
    const file = await (await waiting).path()
    return await readFile(file, 'utf8')
  }

  it('proposes a procedure from a log, which fits every ended case of it', async () => {
    const { page } = there
    await open(page, '/console/list/proposals', /流程提议/)
    await expectAccessible(page)
    await page.getByRole('link', { name: '从日志提出流程' }).first().click()
    const log = page.getByLabel('日志', { exact: true })
    const example = log.locator('option', { hasText: '望禾县行政许可办件' })
    await example.waitFor({ state: 'attached' })
    await log.selectOption(await example.getAttribute('value'))
    await page.getByRole('button', { name: '提出流程' }).click()
    const heading = page.getByRole('heading', { level: 1, name: /件与它相符/ })
    await heading.waitFor({ timeout: 60_000 })
    const [cases, fitting] = ((await heading.textContent()) ?? '').replaceAll(',', '').match(/\d+/g)?.map(Number) ?? []
    expect(cases).toBeGreaterThan(4000)
    expect(fitting).toBe(cases)
    await page.locator('.editor .bpmn .djs-shape').first().waitFor()
    expect(await page.locator('.bjs-powered-by').isVisible()).toBe(true)
    // Every case begins with the one step that the drawing begins with.
    expect(await numberOf(page.locator('.editor .cases:not(.way)').first().textContent())).toBe(cases)
    await expectAccessible(page)
    await picture(page, 'proposal')
  })

  it('proposes anew from the cases of some days, with rare ways left out', async () => {
    const { page } = there
    const whole = Number(
      /[\d,]+/.exec((await page.getByRole('heading', { level: 1 }).textContent()) ?? '')?.[0].replace(',', ''),
    )
    await page.getByLabel(/最早哪天开始/).fill('2026-01-01')
    await page.waitForURL(/filter=/)
    await page.getByLabel(/略去少见的走法/).fill('20')
    await page.getByRole('button', { name: '提出流程' }).click()
    await page.locator('.four', { hasText: '略去 20%' }).waitFor({ timeout: 60_000 })
    const heading = page.getByRole('heading', { level: 1, name: /件与它相符/ })
    const [cases = 0, fitting = 0] =
      ((await heading.textContent()) ?? '').replaceAll(',', '').match(/\d+/g)?.map(Number) ?? []
    expect(cases).toBeGreaterThan(100)
    expect(cases).toBeLessThan(whole)
    expect(fitting).toBeLessThan(cases)
    await page.locator('.editor .bpmn .djs-shape').first().waitFor()
  })

  it('corrects it in place and is told what is wrong, then saves it as a proposal', async () => {
    const { page } = there
    const chosen = page.getByLabel('选中的', { exact: true })
    await chosen.selectOption({ label: '提交申请' })
    await page.getByRole('button', { name: '环节', exact: true }).click()
    await page.getByLabel('选中部分的名称').fill('预约取号')
    await page.getByRole('button', { name: '改名' }).click()
    await page.getByRole('button', { name: '检查是否健全' }).click()
    await page.getByText('健全：总能办结').waitFor()
    // A parallel way that never joins: the case would end while it is under way.
    await page.getByRole('button', { name: '并行网关' }).click()
    await page.getByLabel('连到').selectOption({ label: '提交申请' })
    await page.getByRole('button', { name: '检查是否健全' }).click()
    await page.getByText('不健全').waitFor()
    expect(await page.locator('[role=status] li').count()).toBeGreaterThan(0)
    await page.getByRole('button', { name: '撤销' }).click()
    await page.getByRole('button', { name: '撤销' }).click()
    await page.getByRole('button', { name: '检查是否健全' }).click()
    await page.getByText('健全：总能办结').waitFor()
    await page.getByLabel('名称', { exact: true }).fill('许可的实际流程')
    await page.getByRole('button', { name: '保存提议' }).click()
    await page.getByRole('heading', { level: 1, name: /许可的实际流程/ }).waitFor()
    await page.getByText('提议，不是程序').waitFor()
    // From which cases it was made stays with it.
    expect(await page.locator('.four').textContent()).toContain('2026-01-01')
    await page.locator('.editor .bpmn .djs-shape').first().waitFor()
    expect(await page.locator('.editor .bpmn').textContent()).toContain('预约取号')
    await expectAccessible(page)
  })

  it('compares it with the law’s procedure, in steps, orders, duties and cases', async () => {
    const { page } = there
    await page.getByLabel('法定程序', { exact: true }).selectOption({ label: '行政许可一般程序' })
    await page.getByRole('button', { name: '对照' }).click()
    await page.getByRole('heading', { level: 2, name: /处不同/ }).waitFor({ timeout: 60_000 })
    const facts = (await page.locator('dl.kv').textContent()) ?? ''
    expect(facts).toContain('预约取号')
    // The step that was put in is in no case, so no case follows the corrected proposal; nearly all follow the law.
    const [, , law = 0, broken = 0] =
      facts
        .replaceAll(',', '')
        .match(/\d+(?= 件)/g)
        ?.map(Number) ?? []
    expect(facts).toMatch(/按这份提议0 件相符/)
    expect(law).toBeGreaterThan(50 * broken)
    const table = page.locator('table', { has: page.locator('caption', { hasText: '必经或限时' }) })
    expect(await table.locator('tbody tr').count()).toBeGreaterThan(4)
    expect(await table.locator('tr', { hasText: '归档' }).textContent()).toMatch(/必经/)
    await expectAccessible(page)
    await picture(page, 'proposal-comparison')
  })

  it('takes it along as BPMN and PNML that the command line reads as one sound net, and it is no procedure', async () => {
    const { page } = there
    const folder = join(process.env.TMPDIR ?? '/tmp', `daylight-proposal-${process.pid}`)
    const hashes: string[] = []
    for (const [name, file] of [
      [/导出 BPMN/, `${folder}.bpmn`],
      [/导出 PNML/, `${folder}.pnml`],
    ] as const) {
      await writeFile(file, await taken(name))
      const said = await cli<{ hash: string; soundness: string }>('procedure', 'check', file)
      expect(said.soundness).toBe('sound')
      hashes.push(said.hash)
    }
    expect(new Set(hashes).size).toBe(1)
    const listed = (await (await page.request.get('/api/procedures')).json()) as { rows: { title: { zh: string } }[] }
    expect(listed.rows.map(({ title }) => title.zh)).not.toContain('许可的实际流程')
    await open(page, '/console/list/proposals', /1 份流程提议/)
    await page.getByRole('link', { name: '许可的实际流程' }).waitFor()
  })
})
