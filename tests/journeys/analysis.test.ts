import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  checkout,
  cli,
  expectAccessible,
  hasSharedLogs,
  numberOf,
  open,
  picture,
  sharedLogs,
  signIn,
  type Visit,
  visit,
} from './browser.ts'

interface Overview {
  readonly cases: number
  readonly events: number
  readonly variants: number
  readonly open: number
  readonly rework: { readonly cases: number }
  readonly attention: readonly { readonly cases: number; readonly says: { readonly zh: string } }[]
}
interface Ways {
  readonly total: number
  readonly rows: readonly { readonly variant: string; readonly activities: readonly string[]; readonly cases: number }[]
}
interface Graph {
  readonly nodes: readonly { readonly activity: string; readonly events: number }[]
  readonly edges: readonly {
    readonly from: string
    readonly to: string
    readonly count: number
    readonly cases: number
  }[]
}
interface Judged {
  readonly cases: number
  readonly fitting: number
  readonly deviating: number
  readonly deviations: readonly { readonly kind: string; readonly step: string; readonly cases: number }[]
}

const tabs = ['', '/variants', '/map', '/deviations', '/rhythm', '/compare', '/cases', '/report'] as const
const exampleLog = /望禾县行政许可办件/
const thousands = (value: number): string => value.toLocaleString('zh-CN')

describe('the pages of a log', () => {
  let there: Visit
  let folder: string
  let base: string
  let page: Page

  /** What the command line says of the same log, under the same filter. */
  const says = <T>(command: string, filter?: object, ...more: readonly string[]): Promise<T> => {
    const stated = filter === undefined ? [] : ['--filter', JSON.stringify(filter)]
    const map = ['--map', join(folder, 'permits-map.yml')]
    return cli<T>('log', command, join(folder, 'permits.csv'), ...map, ...stated, ...more)
  }
  const at = (tab: string, filter?: object): string =>
    filter === undefined ? base + tab : `${base}${tab}?filter=${encodeURIComponent(JSON.stringify(filter))}`
  /** Follows a number to its cases: they are as many. */
  const opensAsMany = async (count: number) => {
    await page.getByRole('heading', { level: 1, name: new RegExp(`：${thousands(count)} 件办件`) }).waitFor()
    await page.locator('table.data tbody tr').first().waitFor()
    expect(await page.locator('table.data tbody tr').count()).toBe(Math.min(count, 50))
  }

  beforeAll(async () => {
    there = await visit()
    page = there.page
    folder = await mkdtemp(join(tmpdir(), 'daylight-analysis-'))
    await cli('example', 'generate', '--seed', '20261122', '--cases', '5000', '--out', folder)
    await signIn(page, 'supervisor')
    await open(page, '/console/supervise/logs', /\d/)
    base = (await page.getByRole('link', { name: exampleLog }).getAttribute('href')) ?? ''
  })
  afterAll(async () => {
    await there.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('shows at a glance what the command line counts, and each number opens as many cases', async () => {
    const told = await says<Overview>('overview')
    await open(page, at(''), /\d/)
    await page.locator('.figures dd').first().waitFor()
    const shown = await page
      .locator('.figures > div')
      .evaluateAll((all) =>
        all.map((one) => [one.querySelector('dt')?.textContent ?? '', one.querySelector('dd')?.textContent ?? '']),
      )
    const figure = (name: string) =>
      Number((shown.find(([says]) => says?.includes(name))?.[1] ?? '').replace(/\D/g, ''))
    expect(figure('办件')).toBe(told.cases)
    expect(figure('记录')).toBe(told.events)
    expect(figure('走法')).toBe(told.variants)
    expect(figure('还在办')).toBe(told.open)
    expect(figure('重复环节')).toBe(told.rework.cases)
    const attention = page.locator('.attention > li')
    expect(await attention.count()).toBe(told.attention.length)
    expect(told.attention.length).toBeGreaterThan(1)
    for (const [index, { cases, says: sentence }] of told.attention.entries()) {
      const line = attention.nth(index)
      await expect(line.textContent()).resolves.toContain(sentence.zh)
      expect(await numberOf(line.locator('a.n').textContent())).toBe(cases)
    }
    await picture(page, 'console-log-overview')
    await attention.last().locator('a.n').click()
    await opensAsMany(told.attention.at(-1)?.cases ?? 0)
  })

  it('keeps one filter on every tab, in the address, with the command line’s numbers', async () => {
    await open(page, at(''), /\d/)
    await page.getByLabel('结果').selectOption('open')
    const filter = { outcome: 'open' }
    const told = await says<Overview>('overview', filter)
    const left = page.locator('.lf .of')
    await left.filter({ hasText: `筛出 ${thousands(told.cases)} 件` }).waitFor()
    expect(told.cases).toBeGreaterThan(10)
    const ways = await says<Ways>('variants', filter)
    await page.getByRole('navigation', { name: '这份日志的页面' }).getByRole('link', { name: '走法' }).click()
    await page.getByRole('heading', { level: 1, name: new RegExp(`^${ways.total} 种走法`) }).waitFor()
    await page.getByRole('navigation', { name: '这份日志的页面' }).getByRole('link', { name: '偏离' }).click()
    await page.getByRole('heading', { level: 1, name: new RegExp(`^${thousands(told.cases)} 件里`) }).waitFor()
    await page.getByRole('button', { name: /^结果 还在办/ }).click()
    await page.locator('.lf .of', { hasText: '共 5,000 件' }).waitFor()
    expect(new URL(page.url()).searchParams.has('filter')).toBe(false)
  })

  it('filters by a path that a person puts together, by keys alone', async () => {
    const filter = { follows: [{ from: '审查', to: '实地核查', how: 'directly' }] }
    const told = await says<Overview>('overview', filter)
    await open(page, at('/variants'), /\d/)
    await page.locator('.choice > summary', { hasText: '走法含' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: '先', exact: true }).selectOption('审查')
    await page.getByRole('combobox', { name: '后', exact: true }).selectOption('实地核查')
    await page.getByRole('button', { name: '紧接着' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('.lf .of', { hasText: `筛出 ${thousands(told.cases)} 件` }).waitFor()
    await page.keyboard.press('Escape')
    expect(await page.locator('.choice[open]').count()).toBe(0)
  })

  it('lists the ways as the command line does, draws only the chosen ones, and opens one with its cases', async () => {
    const told = await says<Ways>('variants')
    await open(page, at('/variants'), /^\d/)
    const rows = page.locator('table.data tbody tr')
    await rows.first().locator('.st').waitFor()
    for (const index of [0, 1, 19]) {
      const way = told.rows[index]
      expect(await numberOf(rows.nth(index).locator('td').nth(2).textContent())).toBe(way?.cases)
      expect(await rows.nth(index).locator('.steps li').allTextContents()).toEqual(way?.activities.slice(0, 14))
    }
    await picture(page, 'console-log-ways')
    await page.getByLabel('选第 5 种走法').check()
    await page.getByLabel('选第 9 种走法').check()
    const chosen = { variant: [told.rows[4]?.variant, told.rows[8]?.variant] }
    const graph = await says<Graph>('graph', chosen)
    await page.getByRole('link', { name: '只看它们的流程图' }).click()
    await page
      .getByRole('heading', { level: 1, name: `${graph.nodes.length} 个环节之间有 ${graph.edges.length} 种先后` })
      .waitFor()
    expect(await page.locator('.dfg .node').count()).toBe(graph.nodes.length)
    await open(page, at('/variants'), /^\d/)
    await page.getByRole('link', { name: '第 3 种', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: new RegExp(`^${told.rows[2]?.cases} 件走了同样的`) }).waitFor()
    await page.getByRole('img', { name: /路径/ }).waitFor()
    await expectAccessible(page)
    await page.locator('.four a.n').click()
    await opensAsMany(told.rows[2]?.cases ?? 0)
  })

  it('draws what follows what with the command line’s counts, each a link to its cases, and the same as a table', async () => {
    const told = await says<Graph>('graph')
    await open(page, at('/map'), /^\d/)
    const [first] = told.edges
    const table = page.getByRole('table', { name: '先后，逐行' })
    const cells = await table.locator('tbody tr').first().locator('td').allTextContents()
    expect(cells.slice(0, 4)).toEqual([
      first?.from,
      first?.to,
      thousands(first?.count ?? 0),
      thousands(first?.cases ?? 0),
    ])
    const drawn = page.locator('.dfg a', { has: page.locator('text.count') })
    expect(await drawn.count()).toBeGreaterThan(20)
    const link = page.getByRole('link', { name: `${first?.from} 紧接 ${first?.to}：${thousands(first?.count ?? 0)}` })
    await picture(page, 'console-log-map')
    await link.focus()
    await page.keyboard.press('Enter')
    await opensAsMany(first?.cases ?? 0)
    await open(page, at('/map'), /^\d/)
    const steps = page.getByLabel(/个环节（共/)
    await steps.focus()
    await page.keyboard.press('Home')
    expect(await page.locator('.dfg .node').count()).toBe(1)
  })

  it('puts the deviations on the procedure with the command line’s counts, which open their cases', async () => {
    const judged = await cli<Judged>(
      'conformance',
      join(folder, 'permits.csv'),
      '--map',
      join(folder, 'permits-map.yml'),
      '--model',
      join(checkout, 'packs/procedures/ordinary-permit/procedure.bpmn'),
    )
    const sums = new Map<string, number>()
    for (const { kind, step, cases } of judged.deviations)
      sums.set(`${kind} ${step}`, (sums.get(`${kind} ${step}`) ?? 0) + cases)
    const heading = await open(page, at('/deviations'), /件里/)
    expect(heading.replaceAll(',', '').match(/\d+/g)?.map(Number)).toEqual([
      judged.cases,
      judged.fitting,
      judged.deviating,
    ])
    const listed = await page
      .getByRole('table', { name: '在哪里偏离程序' })
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map(({ children }) => `${children[1]?.textContent} ${children[2]?.textContent}`))
    const told = [...sums].map(([key, cases]) => `${key.slice(key.indexOf(' ') + 1)} ${cases}`)
    expect(listed.sort()).toEqual(told.sort())
    const drawn = page.locator('.flow a')
    expect(await drawn.count()).toBe(sums.size)
    await picture(page, 'console-log-deviations')
    const count = await numberOf(drawn.first().locator('text').textContent())
    await drawn.first().focus()
    await page.keyboard.press('Enter')
    await opensAsMany(count)
    expect(new URL(page.url()).searchParams.get('deviation')).toMatch(/:/)
  })

  it('opens from a deviation under a filter exactly the cases of both', async () => {
    const facets = await says<{ readonly organ: readonly { readonly value: string }[] }>('facets')
    const filter = { organ: [facets.organ[0]?.value] }
    const told = await says<Overview>('overview', filter)
    const heading = await open(page, at('/deviations', filter), /件里/)
    const [cases, fitting, deviating] = heading.replaceAll(',', '').match(/\d+/g)?.map(Number) ?? []
    expect(cases).toBe(told.cases)
    expect((fitting ?? 0) + (deviating ?? 0)).toBe(cases)
    await page.locator('.ft a.n').first().click()
    await opensAsMany(fitting ?? 0)
  })

  it('counts the hours of the week as the command line does; an hour opens the cases in it', async () => {
    const { hours } = await says<{ readonly hours: readonly (readonly number[])[] }>('rhythm')
    await open(page, at('/rhythm'), /最忙/)
    const week = page.getByRole('table', { name: '一周里的什么时候' })
    const sums = await week.locator('td.sum').allTextContents()
    expect(sums.map((text) => Number(text.replace(/\D/g, '')))).toEqual(
      hours.map((day) => day.reduce((sum, events) => sum + events, 0)),
    )
    const most = Math.max(...hours.flat())
    await expect(page.getByRole('heading', { level: 1 }).textContent()).resolves.toContain(thousands(most))
    const weekday = hours.findIndex((day) => day.includes(most)) + 1
    const hour = hours[weekday - 1]?.indexOf(most) ?? 0
    const inHour = await says<{ readonly cases: number }>('overview', { hours: [{ weekday, hour }] })
    await picture(page, 'console-log-hours')
    await week
      .getByRole('link', { name: thousands(most), exact: true })
      .first()
      .click()
    await opensAsMany(inHour.cases)
    await open(page, `${at('/rhythm')}?by=officer`, /最忙/)
    const marks = await page.getByRole('table', { name: '各代号在什么时候' }).locator('tbody th').allTextContents()
    expect(marks.length).toBeGreaterThan(5)
    expect(marks.filter((mark) => !/^[A-Z0-9]{6}$/.test(mark))).toEqual([])
  })

  it('compares two periods as the command line does, the differences that matter first, each with its cases', async () => {
    const a = { time: { how: 'starts', from: '2025-01-01', to: '2025-06-30' } }
    const b = { time: { how: 'starts', from: '2026-01-01', to: '2026-06-30' } }
    interface Compared {
      readonly a: { readonly cases: number }
      readonly b: { readonly cases: number }
      readonly differences: readonly {
        readonly kind: string
        readonly says: { readonly zh: string }
        readonly sure: string
        readonly a: { readonly cases: number }
      }[]
    }
    const told = await says<Compared>('compare', undefined, '--a', JSON.stringify(a), '--b', JSON.stringify(b))
    const sides = `a=${encodeURIComponent(JSON.stringify(a))}&b=${encodeURIComponent(JSON.stringify(b))}`
    await open(page, `${at('/compare')}?${sides}`, /有把握/)
    const both = page.getByRole('table', { name: '两边各有' }).locator('tbody tr').first().locator('td')
    expect(await numberOf(both.nth(0).textContent())).toBe(told.a.cases)
    expect(await numberOf(both.nth(1).textContent())).toBe(told.b.cases)
    const rows = page.getByRole('table', { name: '差别，要紧的在前' }).locator('tbody tr')
    const shown = (await rows.allTextContents()).filter((text) => !/偏离$|偏离 /.test(text))
    const apart = told.differences.filter(({ kind }) => kind !== 'deviation')
    expect(apart.length).toBeGreaterThan(10)
    for (const [index, { says: sentence }] of apart.slice(0, 5).entries()) expect(shown[index]).toContain(sentence.zh)
    await picture(page, 'console-log-compare')
    const count = rows.first().locator('a.n').first()
    const cases = await numberOf(count.textContent())
    await count.click()
    await opensAsMany(cases)
  })

  it.skipIf(!hasSharedLogs)(
    'shows a real log (receipt.csv, where it lies beside the checkout) that no procedure judges, with the command line’s numbers',
    async () => {
      const file = join(sharedLogs, 'receipt.csv')
      const upload = { name: 'receipt.csv', mimeType: 'text/csv', buffer: await readFile(file) }
      const headers = { origin: inject('address') }
      const started = await page.request.post('/api/logs', { headers, multipart: { name: 'receipt', file: upload } })
      const { job, log } = (await started.json()) as { readonly job: string; readonly log: string }
      await expect
        .poll(async () => ((await (await page.request.get(`/api/jobs/${job}`)).json()) as { state: string }).state, {
          timeout: 60_000,
        })
        .toBe('done')
      const own = `/console/supervise/logs/${log}`
      const told = await cli<Overview>('log', 'overview', file)
      const graph = await cli<Graph>('log', 'graph', file)
      const ways = await cli<Ways>('log', 'variants', file)
      expect([told.cases, told.events, told.variants]).toEqual([1434, 8577, 116])
      await open(page, own, /receipt/)
      const figures = page.locator('.figures dd')
      await figures.first().waitFor()
      for (const [index, value] of [told.cases, told.events, told.variants].entries())
        expect(await numberOf(figures.nth(index).textContent())).toBe(value)
      expect(await numberOf(page.locator('.figures a[href="#rework"]').textContent())).toBe(told.rework.cases)
      await open(page, `${own}/map`, new RegExp(`^${graph.nodes.length} 个环节之间有 ${graph.edges.length} 种先后$`))
      await open(page, `${own}/variants`, new RegExp(`^${ways.total} 种走法`))
      const rows = page.locator('table.data tbody tr')
      expect(await numberOf(rows.first().locator('td').nth(2).textContent())).toBe(ways.rows[0]?.cases)
      await open(page, `${own}/deviations`)
      await page.getByText('还没有对照程序').first().waitFor()
      for (const tab of ['', '/map', '/rhythm', '/compare', '/report']) {
        await open(page, own + tab)
        await expectAccessible(page)
      }
    },
  )

  it('prints a report that says what was judged by which version, what was not, and from what source', async () => {
    const heading = await open(page, at('/report'), /流程报告/)
    expect(heading).toMatch(exampleLog)
    await page.locator('.dfg .node').first().waitFor()
    await page.locator('.report .flow').first().waitFor()
    const text = (await page.locator('.report').textContent()) ?? ''
    for (const said of ['permits.csv', '版本', '预算内没算出来', '没有判断', '由人核实后才算问题', '代号'])
      expect(text).toContain(said)
    await page.emulateMedia({ media: 'print' })
    for (const hidden of ['.tabs', '.rail', '.lf select', '.sliders'])
      expect(await page.locator(hidden).first().isVisible(), hidden).toBe(false)
    const paper = await page.pdf({ format: 'A4', preferCSSPageSize: true })
    const pages = paper.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
    expect(pages).toBeGreaterThan(2)
    expect(pages).toBeLessThan(14)
    await page.emulateMedia({ media: 'screen' })
  })

  it('is accessible by axe on every tab', async () => {
    for (const tab of tabs) {
      await open(page, tab === '/cases' ? at(tab, { outcome: 'ended' }) : at(tab), /[\d流]/)
      await expectAccessible(page)
    }
  })

  it('never scrolls sideways on a phone', async () => {
    await page.setViewportSize({ width: 360, height: 800 })
    for (const tab of tabs) {
      await open(page, at(tab), /[\d流]/)
      await page.waitForLoadState('networkidle')
      const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
      expect(over, tab).toBe(0)
    }
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  it('reads in English: nothing Chinese but what the log itself says', async () => {
    await open(page, at('/compare'), /有把握/)
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { level: 1, name: /differences?$/ }).waitFor()
    for (const tab of tabs) {
      await open(page, at(tab), /[a-z]/)
      const chrome = page.locator('h1, h2, thead th, .tabs, .lf summary, .card > header .sm, .ft, .figures dt')
      const said = (await chrome.allTextContents()).join(' ').replaceAll(/望禾县[^:]*?(?=:|$)/g, '')
      expect(/[\u4e00-\u9fff]/.test(said), `${tab}: ${said.match(/.{0,20}[\u4e00-\u9fff]+.{0,20}/)?.[0]}`).toBe(false)
    }
    await page.getByRole('button', { name: '中文' }).click()
    await page.getByRole('heading', { level: 1, name: /报告/ }).waitFor()
  })
})
