import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  accountOf,
  checkout,
  cli,
  expectAccessible,
  hasSharedLogs,
  numberOf,
  open,
  password,
  picture,
  sharedLogs,
  signIn,
  type Visit,
  visit,
} from './browser.ts'

interface RuleSaid {
  readonly code: string
  readonly result: 'found' | 'none' | 'cannot-be-judged'
  readonly n: number
  readonly judged: number
  readonly lacks: readonly { readonly cases: number }[]
  readonly found: readonly {
    readonly says: { readonly zh: string }
    readonly columns: Readonly<Record<'due' | 'ended' | 'elapsed', string | { readonly zh: string }>>
  }[]
}
const exampleLog = /望禾县行政许可办件/

describe('the staff’s door', () => {
  it('says in words what is wrong, and leads back to the page that was asked for', async () => {
    const there = await visit()
    const { page } = there
    await page.goto('/console/remedy/findings')
    await page.waitForURL('**/console/sign-in?to=*')
    await expectAccessible(page)
    await page.getByLabel('账号').fill('nobody')
    await page.getByLabel('密码').fill('not the password')
    await page.getByRole('button', { name: '登录' }).click()
    await expect(page.getByRole('alert').textContent()).resolves.toContain('sign-in.wrong')
    await page.getByLabel('账号').fill(accountOf('supervisor'))
    await page.getByLabel('密码').fill(password)
    await page.getByRole('button', { name: '登录' }).click()
    await page.waitForURL('**/console/remedy/findings')
    await there.close()
  })
})

describe('a supervisor', () => {
  let there: Visit
  let folder: string
  let said: {
    readonly rows: Readonly<Record<'in' | 'used' | 'reported', number>>
    readonly checks: readonly RuleSaid[]
  }
  beforeAll(async () => {
    there = await visit()
    folder = await mkdtemp(join(tmpdir(), 'daylight-example-'))
    await cli('example', 'generate', '--seed', '20261122', '--cases', '5000', '--out', folder)
    said = await cli('supervise', join(folder, 'permits.csv'), '--plan', join(folder, 'permits-plan.yml'))
    await signIn(there.page, 'supervisor')
  })
  afterAll(async () => {
    await there.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('sees at home only numbers that open exactly their rows', async () => {
    const { page } = there
    await open(page, '/console', /疑点/)
    await page.locator('.kp a.n').first().waitFor()
    const counts = await page.locator('.kp a.n').evaluateAll((all) =>
      all.map((link) => ({
        n: Number((link.textContent ?? '').replace(/\D/g, '')),
        href: link.getAttribute('href') ?? '',
      })),
    )
    expect(counts.length).toBeGreaterThan(4)
    await picture(page, 'console-home')
    for (const { n, href } of counts) {
      await open(page, href, /\d/)
      await page.locator('table.data, .empty').first().waitFor()
      expect(await numberOf(page.getByRole('heading', { level: 1 }).textContent()), href).toBe(n)
    }
  })

  it('reads on the log’s page what the command line says of the same log, rule by rule', async () => {
    const { page } = there
    await open(page, '/console/supervise/logs', /\d/)
    await page.getByRole('link', { name: exampleLog }).click()
    await page.getByRole('heading', { level: 1, name: /件/ }).waitFor()
    const stats = await cli<{ cases: number; events: number; variants: number }>(
      'log',
      'stats',
      join(folder, 'permits.csv'),
    )
    const four = (await page.locator('.four').textContent()) ?? ''
    expect(four).toContain(stats.cases.toLocaleString('zh-CN'))
    expect(four).toContain(stats.events.toLocaleString('zh-CN'))
    interface Judged {
      readonly cases: number
      readonly fitting: number
      readonly deviating: number
      readonly deviations: readonly { readonly kind: string; readonly step: string; readonly cases: number }[]
    }
    const judged = await cli<Judged>(
      'conformance',
      join(folder, 'permits.csv'),
      '--map',
      join(folder, 'permits-map.yml'),
      '--model',
      join(checkout, 'packs/procedures/ordinary-permit/procedure.bpmn'),
    )
    const heading = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
    expect(heading.replaceAll(',', '').match(/\d+/g)?.map(Number)).toEqual([
      judged.cases,
      judged.fitting,
      judged.deviating,
    ])
    expect((await page.locator('main').textContent()) ?? '').toContain(`${stats.variants} 种走法`)
    const sums = new Map<string, number>()
    for (const { kind, step, cases } of judged.deviations)
      sums.set(`${kind} ${step}`, (sums.get(`${kind} ${step}`) ?? 0) + cases)
    const told = [...sums].map(([key, cases]) => `${key.split(' ')[1]} ${cases}`)
    const drawn = await page
      .locator('table', { has: page.locator('caption', { hasText: '在哪里偏离程序' }) })
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map(({ children }) => `${children[1]?.textContent} ${children[2]?.textContent}`))
    expect(told.length).toBeGreaterThan(4)
    expect(drawn.sort()).toEqual(told.sort())
    const rows = (['in', 'used', 'reported'] as const).map((name) => said.rows[name].toLocaleString('zh-CN'))
    expect(four.match(/[\d,]+/g)).toEqual(expect.arrayContaining(rows))
    await page.locator('table', { hasText: 'EM-04' }).first().waitFor()
    for (const rule of said.checks) {
      const row = page.locator('tr', { hasText: rule.code }).first()
      expect(await numberOf(row.locator('td').nth(2).textContent()), rule.code).toBe(rule.judged)
      const lacking = (await row.locator('td').nth(3).textContent()) ?? ''
      for (const { cases } of rule.lacks) expect(lacking, rule.code).toContain(`${cases.toLocaleString('zh-CN')} 件`)
      const shown = (await row.locator('td').nth(1).textContent()) ?? ''
      if (rule.result === 'found') expect(Number(shown.replace(/\D/g, '')), rule.code).toBe(rule.n)
      else expect(shown, rule.code).toContain(rule.result === 'none' ? '没有' : '不能判断')
    }
    expect(said.checks.filter((rule) => rule.result === 'found').length).toBeGreaterThan(4)
    await picture(page, 'console-log')
  })

  it('goes from a rule’s count to its findings, to the late case, its clock and path, and to its article', async () => {
    const { page } = there
    const late = said.checks.find((rule) => rule.code === 'EM-04')
    await page.locator('tr', { hasText: 'EM-04' }).first().locator('a.n').click()
    // The heading of the page before has a number too: only the rule's own counts.
    await page.getByRole('heading', { level: 1, name: new RegExp(`^${late?.n} 条`) }).waitFor()
    await page.locator('tbody [data-row-link]').first().click()
    await page.getByRole('heading', { level: 1, name: /法定时限/ }).waitFor()
    // The sentence holds the case, its limit, its days and its moments: all of them as the command line says them.
    const sentence = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
    const found = late?.found.find(({ says }) => says.zh === sentence)
    expect(found, sentence).toBeDefined()
    const evidence = (await page.locator('main').textContent()) ?? ''
    for (const value of Object.values(found?.columns ?? {}))
      expect(evidence).toContain(typeof value === 'string' ? value : value.zh)
    await picture(page, 'console-finding')
    await page.getByRole('link', { name: '看这件的经过' }).click()
    await page.getByRole('heading', { level: 1, name: /^办件/ }).waitFor()
    await page.getByRole('img', { name: /路径/ }).waitFor()
    await page.getByRole('img', { name: /起算/ }).waitFor()
    expect(await page.locator('.c-day.late').count()).toBeGreaterThan(0)
    const elapsed = found?.columns.elapsed
    const clock = (await page.locator('main').textContent()) ?? ''
    expect(clock).toContain(`已用${typeof elapsed === 'object' ? elapsed.zh : elapsed}`)
    expect(await page.locator('.f-node.done').count()).toBeGreaterThan(3)
    await picture(page, 'console-case')
    await page.goBack()
    await page.locator('.basis a').first().click()
    await page.getByRole('heading', { level: 1, name: /第.+条/ }).waitFor()
    expect(await page.locator('.law').count()).toBeGreaterThan(0)
    await picture(page, 'console-article')
  })

  it('decides only with a reason, is told the rule where it is refused, and finds the decision in the history', async () => {
    const { page } = there
    await open(page, '/console/remedy/findings?state=doubt&check=past-promised-limit', /\d/)
    await page.locator('tbody [data-row-link]').first().click()
    await page.getByRole('radio', { name: /^属实/ }).check()
    await page.getByLabel('理由').fill('太短')
    await page.getByRole('button', { name: '提交' }).click()
    await expect(page.locator('.refused').textContent()).resolves.toContain('finding.reason-too-short')
    await page.getByLabel('理由').fill('调阅纸质卷宗，受理与决定的落款日期和日志一致，没有依法不计的时间。')
    await page.getByRole('button', { name: '提交' }).click()
    await page.locator('.chip', { hasText: '属实' }).waitFor()
    await expect(page.locator('.tl').last().textContent()).resolves.toContain('调阅纸质卷宗')
  })

  it('moves by keys: search, rows, the words of the loop, and the list of keys', async () => {
    const { page } = there
    await open(page, '/console/remedy/findings', /\d/)
    await page.locator('tbody [data-row-link]').first().waitFor()
    await page.locator('body').click({ position: { x: 700, y: 60 } })
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    const second = await page.locator('tbody [data-row-link]').nth(1).textContent()
    expect(await page.evaluate('document.activeElement.textContent')).toBe(second)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/findings/${second}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('1')
    await page.waitForURL('**/console/list/powers')
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.keyboard.press('/')
    await page.keyboard.type('取水')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: '取水许可' }).first().waitFor()
  })

  it('finds every page of the console accessible by axe', async () => {
    const { page } = there
    await open(page, '/console/supervise/logs', /\d/)
    const log = (await page.getByRole('link', { name: exampleLog }).getAttribute('href')) ?? ''
    await open(page, '/console/remedy/findings?check=out-of-order-handling', /\d/)
    const finding = (await page.locator('tbody [data-row-link]').first().getAttribute('href')) ?? ''
    await open(page, finding)
    const oneCase = (await page.getByRole('link', { name: '看这件的经过' }).getAttribute('href')) ?? ''
    const pages = [
      '/console',
      '/console/list/powers',
      '/console/list/powers/990102001000',
      '/console/list/procedures/ordinary-permit',
      '/console/list/laws?q=许可',
      '/console/list/laws/CN-LAW-2003-administrative-license',
      '/console/list/laws/CN-LAW-2003-administrative-license/articles/42',
      '/console/supervise/logs',
      '/console/supervise/logs/import',
      log,
      `${log}/cases`,
      oneCase,
      '/console/supervise/checks',
      '/console/supervise/checks/past-statutory-limit',
      '/console/remedy/findings',
      finding,
      '/console/search?q=许可',
      '/console/no-such-page',
    ]
    for (const path of pages) {
      await open(page, path)
      await expectAccessible(page)
    }
  })

  it('loads its first page in less than 350 kB, and no page asks anybody else for anything', async () => {
    const fresh = await visit()
    const { page } = fresh
    await signIn(page, 'supervisor')
    const session = await fresh.context.newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.setCacheDisabled', { cacheDisabled: true })
    let bytes = 0
    const foreign: string[] = []
    session.on('Network.loadingFinished', (event) => {
      bytes += event.encodedDataLength
    })
    session.on('Network.requestWillBeSent', (event) => {
      if (!event.request.url.startsWith(inject('address'))) foreign.push(event.request.url)
    })
    await open(page, '/console', /疑点/)
    expect(bytes).toBeGreaterThan(50_000)
    expect(bytes).toBeLessThan(350_000)
    expect(foreign).toEqual([])
    await fresh.close()
  })

  it('exports the filtered rows as the list counts them', async () => {
    const { page } = there
    const heading = await open(page, '/console/remedy/findings?check=one-officer-many-posts', /\d/)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出' }).click()
    const stream = await (await download).createReadStream()
    let text = ''
    for await (const chunk of stream) text += chunk
    expect(text.trim().split('\r\n').length - 1).toBe(Number(heading.replace(/\D/g, '')))
  })

  it('reads the console in English when asked, and back', async () => {
    const { page } = there
    await open(page, '/console/supervise/checks', /\d/)
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { level: 1, name: /checks/ }).waitFor()
    const han = /[\u4e00-\u9fff]/
    expect(han.test((await page.locator('main').textContent()) ?? '')).toBe(false)
    await page.getByRole('button', { name: '中文' }).click()
    await page.getByRole('heading', { level: 1, name: /检查/ }).waitFor()
  })

  it.skipIf(!hasSharedLogs)(
    'takes receipt.csv (where it lies beside the checkout) from upload to a finding, with the command line’s numbers',
    async () => {
      const { page } = there
      const file = join(sharedLogs, 'receipt.csv')
      await open(page, '/console/supervise/logs/import')
      await page.getByLabel('文件').setInputFiles(file)
      await page.getByLabel('按哪份监督计划判断').selectOption('receipt-by-instant')
      await page.getByRole('button', { name: '上传并导入' }).click()
      await page.waitForURL(/\/supervise\/logs\/[0-9a-f-]{36}$/, { timeout: 60_000 })
      await page.locator('table', { hasText: 'EM-04' }).first().waitFor()
      const command = ['supervise', file, '--plan', 'packs/plans/receipt-by-instant.yml']
      const { checks } = await cli<{ checks: readonly RuleSaid[] }>(...command)
      const late = checks.find((rule) => rule.code === 'EM-04')
      expect(late?.n).toBe(377)
      const row = page.locator('tr', { hasText: 'EM-04' }).first()
      expect(await numberOf(row.locator('td').nth(1).textContent())).toBe(377)
      await expect(row.textContent()).resolves.toContain('105')
      const both = page.locator('tr', { hasText: 'EM-15' }).first()
      expect(await numberOf(both.locator('td').nth(1).textContent())).toBe(1042)
      await row.locator('a.n').click()
      await page.getByRole('heading', { level: 1, name: /377/ }).waitFor()
      await page.locator('tbody [data-row-link]').first().click()
      await page.getByRole('heading', { level: 1, name: /case-/ }).waitFor()
      expect(await page.locator('.decisive').count()).toBeGreaterThan(0)
      await expectAccessible(page)
    },
  )
})

describe('other roles', () => {
  it('see the words and the home of their post, and nothing of what they may not open', async () => {
    for (const [role, words, heading] of [
      ['list-officer', ['清单'], /清单里公布着/],
      ['audit-admin', ['清单', '可信'], /清单里公布着/],
      ['inspector', ['清单', '监督', '整改'], /疑点/],
    ] as const) {
      const there = await visit()
      await signIn(there.page, role)
      await there.page.getByRole('heading', { level: 1, name: heading }).waitFor()
      const shown = await there.page.getByRole('navigation', { name: '主导航' }).getByRole('link').allTextContents()
      expect(shown).toEqual(words)
      await expectAccessible(there.page)
      await there.close()
    }
  })

  it('read a refusal in words, with its code and the way on, where a page is not theirs', async () => {
    const there = await visit()
    await signIn(there.page, 'list-officer')
    await there.page.goto('/console/remedy/findings')
    const refused = there.page.locator('.refused').first()
    await refused.waitFor()
    await expect(refused.textContent()).resolves.toMatch(/access\./)
    await there.close()
  })

  it('let the audit administrator see who was denied what', async () => {
    const there = await visit()
    await signIn(there.page, 'audit-admin')
    await open(there.page, '/console/trust/audit?decision=denied', /\d/)
    await there.page.locator('tbody tr').first().waitFor()
    await expectAccessible(there.page)
    await open(there.page, '/console/trust/organs', /\d/)
    await expectAccessible(there.page)
    await there.close()
  })
})
