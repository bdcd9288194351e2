import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { AxeBuilder } from '@axe-core/playwright'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { parse } from 'yaml'

/** The folder of the checkout. */
export const checkout = resolve(import.meta.dirname, '../..')

/** What lies beside the checkout where its reference data are; the journeys that need it skip where it is absent. */
export const sharedLogs = resolve(checkout, '../shared/data/eventlogs')
export const hasSharedLogs = existsSync(join(sharedLogs, 'receipt.csv'))

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A browser with a profile of its own. */
export interface Visit {
  readonly context: BrowserContext
  readonly page: Page
  close(): Promise<void>
}

/** Opens the real browser; `script: false` is a browser that runs none. */
export async function visit(options: { readonly script?: boolean; readonly width?: number } = {}): Promise<Visit> {
  const profile = await mkdtemp(join(tmpdir(), 'daylight-browser-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
    args: flags,
    viewport: { width: options.width ?? 1440, height: 900 },
    javaScriptEnabled: options.script ?? true,
    baseURL: inject('address'),
    acceptDownloads: true,
  })
  context.setDefaultTimeout(20_000)
  const page = context.pages()[0] ?? (await context.newPage())
  return {
    context,
    page,
    async close() {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}

const example = parse(readFileSync(join(checkout, 'packs/example/accounts.yml'), 'utf8')) as {
  readonly password: string
  readonly accounts: readonly { readonly role: string; readonly officer: string }[]
}

/** The password of the example's accounts. */
export const password: string = example.password

/** The example's account of a role. */
export function accountOf(role: string): string {
  const account = example.accounts.find((one) => one.role === role)
  if (account === undefined) throw new Error(`the example has no account of ${role}`)
  return account.officer
}

/** Signs in at the door of the staff, in a role. */
export async function signIn(page: Page, role: string): Promise<void> {
  await page.goto('/console/sign-in')
  await page.getByLabel('账号').fill(accountOf(role))
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL('**/console')
  await page.getByRole('heading', { level: 1 }).waitFor()
}

/** Opens a page of the console and waits until its heading says what it found. */
export async function open(page: Page, path: string, heading?: RegExp): Promise<string> {
  await page.goto(path)
  const h1 = heading ? page.getByRole('heading', { level: 1, name: heading }) : page.getByRole('heading', { level: 1 })
  await h1.waitFor()
  await page.waitForLoadState('networkidle')
  return (await h1.textContent()) ?? ''
}

/** No violation of WCAG 2.2 A or AA, by axe. The viewer of BPMN is another project's drawing with its own watermark. */
export async function expectAccessible(page: Page): Promise<void> {
  const result = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .exclude('.bpmn')
    .analyze()
  const violations = result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
  expect(violations, page.url()).toEqual([])
}

/** The number that an element shows, without its thousands. */
export async function numberOf(text: Promise<string | null>): Promise<number> {
  return Number(((await text) ?? '').replace(/[^\d.]/g, ''))
}

/** What the command line says under `--json`. */
export async function cli<T>(...args: readonly string[]): Promise<T> {
  const script = join(checkout, 'src/app/cli/main.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args, '--json'], {
    env: { ...process.env, DAYLIGHT_HOME: inject('home') },
    maxBuffer: 64 * 1024 * 1024,
  })
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T
}

/** Keeps a picture of the page for the README, when asked to. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.UPDATE_SCREENSHOTS !== '1') return
  const folder = join(checkout, 'docs/screenshots')
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
