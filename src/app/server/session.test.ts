import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Config } from '../../kernel/config/config.ts'
import { testDatabase } from '../../kernel/db/test-database.ts'
import { logTo } from '../../kernel/log/log.ts'
import { importDirectory, type OfficerRow } from '../../modules/trust/module.ts'
import { trustDb } from '../../modules/trust/tables.ts'
import { type BuiltServer, buildServer } from './build-server.ts'
import { demoAccounts, demoExposed } from './demo-accounts.ts'
import { testMorning, testServices } from './test-server.ts'

const db = await testDatabase()
const store = trustDb(db)
const password = 'a long enough password'
let now = testMorning
const lines: string[] = []
let server: BuiltServer

const name = { zh: '甲', en: 'A' }
const validFrom = '2020-01-01'

async function build(config: Partial<Config> = {}): Promise<BuiltServer> {
  const log = logTo({ write: (line: string) => void lines.push(line) })
  const built = await buildServer(testServices(db, { clock: () => now, config, log }))
  await built.app.ready()
  return built
}

interface Asked {
  readonly at?: BuiltServer
  readonly remoteAddress?: string
  readonly headers?: Record<string, string>
}

const signIn = (
  account: string,
  secret: string,
  { at = server, remoteAddress = '127.0.0.1', headers = {} }: Asked = {},
) =>
  at.app.inject({
    method: 'POST',
    url: '/api/session',
    remoteAddress,
    headers: { host: '127.0.0.1:8080', 'sec-fetch-site': 'same-origin', ...headers },
    payload: { account, password: secret },
  })

const cookieIn = (answer: { cookies: { name: string; value: string }[] }): string =>
  answer.cookies.map(({ name: key, value }) => `${key}=${value}`).join('; ')
const codeIn = (answer: { json(): { refusal?: { code: string } } }): string | undefined => answer.json().refusal?.code
const me = async (cookie: string, at = server) =>
  (await at.app.inject({ url: '/api/session', headers: { cookie } })).json() as {
    signedIn: boolean
    post: { code: string; region: string } | null
    posts: { code: string; standInFor: string | null }[]
    menu: string[]
    name: string
  }

beforeAll(async () => {
  const officer = (code: string, posts: OfficerRow['posts'], more: Partial<OfficerRow> = {}): OfficerRow => ({
    code,
    name: '欧阳小明',
    password,
    posts,
    ...more,
  })
  const outcome = await importDirectory(
    db,
    {
      regions: [
        { code: '99', name, level: 'province', validFrom },
        { code: '99/9901', name, level: 'county', validFrom },
        { code: '99/9901/990101', name, level: 'township', validFrom },
        { code: '99/99011', name, level: 'county', validFrom },
      ],
      organs: [
        { code: 'county', name, region: '99/9901', kind: 'government', validFrom },
        { code: 'town', name, region: '99/9901/990101', kind: 'government', validFrom },
        { code: 'other', name, region: '99/99011', kind: 'government', validFrom },
      ],
      posts: [
        { code: 'county.supervisor', organ: 'county', title: name, roles: ['supervisor'] },
        { code: 'town.clerk', organ: 'town', title: name, roles: ['handler'] },
        { code: 'other.head', organ: 'other', title: name, roles: ['unit-head'] },
        { code: 'county.audit', organ: 'county', title: name, roles: ['audit-admin'] },
      ],
      officers: [
        officer('one', [
          { post: 'county.supervisor', from: validFrom },
          { post: 'town.clerk', from: '2026-03-01', to: '2026-03-02', standInFor: 'two' },
        ]),
        officer('two', [{ post: 'town.clerk', from: validFrom }]),
        officer('three', [{ post: 'other.head', from: validFrom }]),
        officer('gone', [{ post: 'town.clerk', from: validFrom, to: '2026-03-01' }]),
        officer('auditor', [{ post: 'county.audit', from: validFrom }]),
        officer('demo', [{ post: 'county.supervisor', from: validFrom }], { demo: true }),
        { code: 'no-account', name: '某某', posts: [{ post: 'town.clerk', from: validFrom }] },
      ],
    },
    () => now,
  )
  expect(outcome).toMatchObject({ officers: 7 })
  server = await build()
})

beforeEach(async () => {
  now = testMorning
  lines.length = 0
  await store.deleteFrom('sign_in_attempt').execute()
})

describe('signing in', () => {
  test('with the right password gives a cookie that scripts cannot read, and tells who one is', async () => {
    const answer = await signIn('one', password)
    expect(answer.statusCode).toBe(200)
    expect(answer.cookies).toMatchObject([{ name: 'daylight_session', httpOnly: true, sameSite: 'Lax', path: '/' }])
    expect(answer.cookies[0]?.secure).toBeUndefined()
    expect(answer.json()).toMatchObject({
      signedIn: true,
      officer: 'one',
      name: '欧阳小明',
      post: { code: 'county.supervisor', region: '99/9901', roles: ['supervisor'] },
      menu: ['list', 'supervise', 'remedy'],
    })
    expect(await me(cookieIn(answer))).toEqual(answer.json())
  })

  test('keeps only the hash of the token', async () => {
    const token = (await signIn('one', password)).cookies[0]?.value ?? ''
    expect(token).toHaveLength(43)
    const { rows } = await store.executeQuery<object>({ ...store.selectFrom('session').selectAll().compile() })
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('under an https address gives a cookie for this host and for https only', async () => {
    const https = await build({ publicUrl: new URL('https://daylight.example') })
    const answer = await signIn('one', password, { at: https })
    expect(answer.cookies).toMatchObject([{ name: '__Host-daylight_session', secure: true, path: '/' }])
    expect(answer.headers['strict-transport-security']).toContain('max-age=31536000')
    expect((await me(cookieIn(answer), https)).signedIn).toBe(true)
  })

  test.each([
    ['a wrong password', 'one', 'wrong'],
    ['an unknown account', 'nobody', password],
    ['an officer without an account', 'no-account', password],
  ])('with %s is refused in the same words', async (_name, account, secret) => {
    const answer = await signIn(account, secret)
    expect(answer.statusCode).toBe(401)
    expect(codeIn(answer)).toBe('sign-in.wrong')
    expect(answer.cookies).toEqual([])
  })

  test('without a post today is refused', async () => {
    expect(codeIn(await signIn('gone', password))).toBe('sign-in.no-post')
  })

  test('again replaces the session: the token of before no longer answers', async () => {
    const before = cookieIn(await signIn('one', password))
    const after = cookieIn(await signIn('one', password, { headers: { cookie: before } }))
    expect(after).not.toBe(before)
    expect((await me(before)).signedIn).toBe(false)
    expect((await me(after)).signedIn).toBe(true)
  })

  test('is undone by signing out, on the server too', async () => {
    const cookie = cookieIn(await signIn('one', password))
    const out = await server.app.inject({
      method: 'DELETE',
      url: '/api/session',
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
    })
    expect(out.json()).toMatchObject({ signedIn: false })
    expect(out.cookies).toMatchObject([{ name: 'daylight_session', value: '' }])
    expect((await me(cookie)).signedIn).toBe(false)
  })
})

describe('a session', () => {
  test('ends after an hour without use', async () => {
    const cookie = cookieIn(await signIn('one', password))
    for (const minutes of [50, 50, 50]) {
      now = now.add({ minutes })
      expect((await me(cookie)).signedIn).toBe(true)
    }
    now = now.add({ minutes: 61 })
    expect((await me(cookie)).signedIn).toBe(false)
  })

  test('ends after twelve hours however busy', async () => {
    const cookie = cookieIn(await signIn('two', password))
    for (let half = 1; half <= 23; half++) {
      now = now.add({ minutes: 30 })
      expect((await me(cookie)).signedIn).toBe(true)
    }
    now = now.add({ minutes: 30 })
    expect((await me(cookie)).signedIn).toBe(false)
  })

  test('with a token that nobody was given is the public’s', async () => {
    expect((await me('daylight_session=made-up')).signedIn).toBe(false)
  })
})

describe('an officer with several posts', () => {
  const choose = (cookie: string, post: string) =>
    server.app.inject({
      method: 'POST',
      url: '/api/session/post',
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
      payload: { post },
    })
  const regionsSeen = async (cookie: string) => {
    const { rows } = (await server.app.inject({ url: '/api/officers', headers: { cookie } })).json() as {
      rows: { region: string; name: string }[]
    }
    return { regions: [...new Set(rows.map(({ region }) => region))], names: [...new Set(rows.map((row) => row.name))] }
  }

  test('begins in the own post, and sees by the post chosen, a place stood in for included', async () => {
    const cookie = cookieIn(await signIn('one', password))
    expect((await me(cookie)).posts.map(({ code, standInFor }) => [code, standInFor])).toEqual([
      ['county.supervisor', null],
      ['town.clerk', 'two'],
    ])
    expect(await regionsSeen(cookie)).toEqual({ regions: ['99/9901', '99/9901/990101'], names: ['欧**明', '某*'] })
    expect((await choose(cookie, 'town.clerk')).json()).toMatchObject({
      post: { code: 'town.clerk' },
      menu: ['list'],
    })
    expect((await regionsSeen(cookie)).regions).toEqual(['99/9901/990101'])
  })

  test('cannot choose a post that another holds', async () => {
    const cookie = cookieIn(await signIn('one', password))
    const answer = await choose(cookie, 'other.head')
    expect(answer.statusCode).toBe(403)
    expect(codeIn(answer)).toBe('session.not-your-post')
    expect((await me(cookie)).post?.code).toBe('county.supervisor')
  })

  test('is out on the day after the standing-in ends, by the calendar of the deployment’s zone', async () => {
    // 23:30 in Shanghai on the last day, which is 15:30 in UTC.
    now = Temporal.Instant.from('2026-03-02T15:30:00Z')
    const cookie = cookieIn(await signIn('one', password))
    await choose(cookie, 'town.clerk')
    expect((await me(cookie)).signedIn).toBe(true)
    now = now.add({ minutes: 31 })
    expect((await me(cookie)).signedIn).toBe(false)
  })
})

describe('too many failures', () => {
  const fail = async (account: string, times: number, asked: Asked = {}) => {
    const statuses: number[] = []
    for (let time = 0; time < times; time++) statuses.push((await signIn(account, 'wrong', asked)).statusCode)
    return statuses
  }

  test('pause an account, right password or not, across a restart, until the window has passed', async () => {
    expect(await fail('two', 6)).toEqual([401, 401, 401, 401, 401, 429])
    now = now.add({ minutes: 5 })
    const restarted = await build()
    const paused = await signIn('two', password, { at: restarted })
    expect(codeIn(paused)).toBe('sign-in.too-many-account')
    expect(paused.headers['retry-after']).toBe('600')
    expect((await signIn('three', password)).statusCode).toBe(200)
    now = now.add({ seconds: 600 })
    expect((await signIn('two', password)).statusCode).toBe(200)
  })

  test('pause an unknown account alike', async () => {
    expect(await fail('nobody', 6)).toEqual([401, 401, 401, 401, 401, 429])
  })

  test('are forgiven by the right password', async () => {
    expect(await fail('two', 4)).toEqual([401, 401, 401, 401])
    expect((await signIn('two', password)).statusCode).toBe(200)
    expect(await fail('two', 5)).toEqual([401, 401, 401, 401, 401])
  })

  test('side by side cannot pass the limit together', async () => {
    const answers = await Promise.all(Array.from({ length: 16 }, () => signIn('two', 'wrong')))
    expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(5)
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(11)
  })

  test('over many accounts pause the network address, and no other address', async () => {
    const remoteAddress = '10.1.2.3'
    for (let account = 0; account < 50; account++) {
      expect((await signIn(`guess-${account}`, 'wrong', { remoteAddress })).statusCode).toBe(401)
    }
    const paused = await signIn('three', password, { remoteAddress })
    expect(codeIn(paused)).toBe('sign-in.too-many-address')
    expect(Number(paused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await signIn('three', password, { remoteAddress: '10.1.2.4' })).statusCode).toBe(200)
  }, 30_000)
})

describe('a demo account', () => {
  test('signs in on the machine itself', async () => {
    expect((await signIn('demo', password)).json()).toMatchObject({ signedIn: true, demo: true })
    expect((await signIn('demo', password, { remoteAddress: '::1', headers: { host: '[::1]:8080' } })).statusCode).toBe(
      200,
    )
  })

  test.each<[string, Asked, Partial<Config>]>([
    ['another machine', { remoteAddress: '10.1.2.3' }, {}],
    ['a proxy on this machine that speaks for another', { headers: { 'x-forwarded-for': '10.1.2.3' } }, {}],
    [
      'a trusted proxy that names another machine',
      { headers: { 'x-forwarded-for': '10.1.2.3' } },
      { trustProxy: ['127.0.0.1'] },
    ],
    ['a name of another site that points here', { headers: { host: 'evil.example:8080' } }, {}],
    ['a server that listens to the network', {}, { host: '0.0.0.0' }],
  ])('is refused through %s', async (_name, asked, config) => {
    const at = await build(config)
    const answer = await signIn('demo', password, { ...asked, at })
    expect(codeIn(answer)).toBe('sign-in.demo-elsewhere')
    expect(answer.cookies).toEqual([])
    await store.deleteFrom('sign_in_attempt').execute()
    expect((await signIn('one', password, { ...asked, at })).statusCode).toBe(200)
  })
})

describe('a store with demo accounts', () => {
  const refusalOn = async (host: string) => (await demoExposed((await build({ host })).house.trust))?.code ?? null

  test.each(['0.0.0.0', '::', '192.168.1.5', 'daylight.example'])('does not let a server start on %s', async (host) => {
    expect(await refusalOn(host)).toBe('server.demo-exposed')
  })

  test.each(['127.0.0.1', '127.0.1.1', '::1', 'localhost'])('lets a server start on %s', async (host) => {
    expect(await refusalOn(host)).toBeNull()
  })

  test('shows each account with its post', async () => {
    expect(await demoAccounts(server.house.trust)).toEqual([{ account: 'demo', title: name, organ: name }])
  })
})

describe('what is kept of it all', () => {
  const auditOf = async (cookie: string, query = '') =>
    (await server.app.inject({ url: `/api/audit${query}`, headers: { cookie } })).json() as {
      rows: Record<string, unknown>[]
      total: number
      next: string | null
    }

  test('sign-ins, sign-outs and refusals are in the audit, newest first, page by page', async () => {
    const cookie = cookieIn(await signIn('auditor', password))
    const clerk = cookieIn(await signIn('two', password))
    await server.app.inject({ url: '/api/audit', headers: { cookie: clerk } })
    const { rows, total } = await auditOf(cookie, '?limit=3')
    expect(rows.map(({ officer, route, decision, reason }) => ({ officer, route, decision, reason }))).toEqual([
      { officer: 'two', route: 'GET /api/audit', decision: 'denied', reason: 'access.not-permitted' },
      { officer: 'two', route: 'POST /api/session', decision: 'allowed', reason: 'signed-in' },
      { officer: 'auditor', route: 'POST /api/session', decision: 'allowed', reason: 'signed-in' },
    ])
    const paged: unknown[] = []
    let cursor = ''
    for (;;) {
      const page = await auditOf(cookie, `?limit=7${cursor}`)
      paged.push(...page.rows)
      expect(page.total).toBe(total)
      if (page.next === null) break
      cursor = `&cursor=${page.next}`
    }
    expect(paged).toHaveLength(total)
    const denied = await auditOf(cookie, '?decision=denied&limit=500')
    expect(denied.total).toBe(denied.rows.length)
    expect(denied.total).toBeLessThan(total)
  })

  test('the audit cannot be changed or emptied', async () => {
    await expect(store.updateTable('audit_entry').set({ reason: 'nothing' }).execute()).rejects.toThrow('never changed')
    await expect(store.deleteFrom('audit_entry').execute()).rejects.toThrow('never taken back')
  })

  test('no password, name, address or search is in the log', async () => {
    const cookie = cookieIn(await signIn('one', password, { remoteAddress: '10.9.8.7' }))
    await signIn('one', 'mistyped-secret', { remoteAddress: '10.9.8.7' })
    await server.app.inject({ url: '/api/officers?organ=town&under=99/9901', headers: { cookie } })
    await server.app.inject({ url: '/api/nothing/欧阳小明?q=欧阳', headers: { cookie } })
    const text = lines.join('')
    expect(lines.length).toBeGreaterThanOrEqual(4)
    expect(text).toContain('"officer":"one"')
    expect(text).toContain('"route":"/api/officers"')
    for (const secret of [
      password,
      'mistyped',
      '欧阳',
      encodeURIComponent('欧阳'),
      '10.9.8.7',
      'organ=town',
      cookie.split('=')[1] ?? '?',
    ]) {
      expect(text).not.toContain(secret)
    }
  })
})
