import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { expectAccessible, numberOf, picture, type Visit, visit } from './browser.ts'

const paths = [
  '/',
  '/powers',
  '/powers?kind=permit',
  '/powers/990101001000',
  '/laws',
  '/laws/CN-LAW-2003-administrative-license',
  '/laws/CN-LAW-2003-administrative-license/articles/42',
  '/no-such-page',
] as const
const modes = ['', '/large', '/en', '/en/large'] as const
const inMode = (mode: string, path: string): string => (path === '/' ? mode || '/' : mode + path)

describe('the portal, in a browser that runs no script', () => {
  let there: Visit
  beforeAll(async () => {
    there = await visit({ script: false })
  })
  afterAll(() => there.close())

  it('counts on its front page what its list shows, kind by kind and body by body', async () => {
    const { page } = there
    await page.goto('/')
    const total = await numberOf(page.getByRole('heading', { level: 1 }).textContent())
    expect(total).toBeGreaterThanOrEqual(30)
    const links = await page
      .locator('.big a, .organs a')
      .evaluateAll((all) =>
        all.map((link) => ({ says: link.textContent ?? '', href: link.getAttribute('href') ?? '' })),
      )
    expect(links.length).toBeGreaterThan(4)
    let kinds = 0
    for (const { says, href } of links) {
      const count = Number(/(\d+)\s*$/.exec(says)?.[1])
      await page.goto(href)
      expect(await numberOf(page.getByRole('heading', { level: 1 }).textContent()), href).toBe(count)
      expect(await page.locator('tbody tr').count(), href).toBe(Math.min(count, 50))
      if (href.includes('kind=')) kinds += count
    }
    expect(kinds).toBe(total)
  })

  it('finds a power by a plain form and shows its chart and the articles that it rests on', async () => {
    const { page } = there
    await page.goto('/')
    await page.locator('#q').fill('取水')
    await page.getByRole('button', { name: '查找' }).click()
    await page.getByRole('link', { name: '取水许可' }).click()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('取水许可')
    const chart = page.getByRole('img', { name: /取水许可的程序图/ })
    expect(await chart.locator('.f-node').count()).toBeGreaterThan(20)
    const answer = await page.request.get('/api/powers/990102001000')
    const { netHash } = (await answer.json()) as { netHash: string }
    expect(await page.locator('code', { hasText: 'sha256' }).textContent()).toContain(netHash.slice(0, 16))
    await page.getByRole('link', { name: '看全条和历次版本' }).first().click()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/第.+条$/)
    await expect(page.getByText('取水许可').first().textContent()).resolves.toContain('取水许可')
  })

  it('goes to the content by the first key, and keeps language and text size in every link', async () => {
    const { page } = there
    await page.goto('/en/large/powers')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe('#main')
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    expect(await page.locator('html').getAttribute('class')).toBe('elder')
    const inside = await page.locator('main a').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
    expect(inside.length).toBeGreaterThan(20)
    expect(inside.filter((href) => !href.startsWith('/en/large'))).toEqual([])
  })

  it('has no sideways scroll on a phone of 320 pixels, in either text size', async () => {
    const { page } = there
    await page.setViewportSize({ width: 320, height: 640 })
    for (const mode of ['', '/large']) {
      for (const path of paths) {
        await page.goto(inMode(mode, path))
        const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
        expect(over, mode + path).toBe(0)
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 })
  })
})

describe('every page of the portal', () => {
  let there: Visit
  beforeAll(async () => {
    there = await visit()
  })
  afterAll(() => there.close())

  for (const mode of modes) {
    it(`is accessible by axe and ships no script, under ${mode || '/'}`, async () => {
      const { page } = there
      for (const path of paths) {
        const response = await page.goto(inMode(mode, path))
        expect(response?.status(), path).toBe(path === '/no-such-page' ? 404 : 200)
        expect(await page.locator('script').count(), path).toBe(0)
        expect(await page.locator('h1').count(), path).toBe(1)
        await expectAccessible(page)
      }
    })
  }

  it('weighs less than 40 kB with its styles, and asks nobody else for anything', async () => {
    const { page } = there
    const address = inject('address')
    for (const path of paths) {
      const sizes: number[] = []
      const foreign: string[] = []
      const taken: Promise<void>[] = []
      page.on('response', (response) => {
        if (!response.url().startsWith(address)) foreign.push(response.url())
        taken.push(
          response
            .body()
            .then((body) => void sizes.push(brotliCompressSync(body).length))
            .catch(() => {}),
        )
      })
      await page.goto(path, { waitUntil: 'networkidle' })
      await Promise.all(taken)
      page.removeAllListeners('response')
      expect(foreign, path).toEqual([])
      expect(sizes.length, path).toBeGreaterThan(0)
      expect(
        sizes.reduce((sum, size) => sum + size, 0),
        path,
      ).toBeLessThan(40_000)
    }
  })

  it('sets no cookie', async () => {
    await there.page.goto('/')
    expect(await there.context.cookies()).toEqual([])
  })

  it('is pictured', async () => {
    const { page } = there
    await page.goto('/')
    await picture(page, 'portal-home')
    await page.goto('/powers/990102001000')
    await picture(page, 'portal-power')
    expect(await page.title()).toContain('取水许可')
  })
})
