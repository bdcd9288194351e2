import { beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../kernel/db/test-database.ts'
import { codeIn, cookieIn, password, signInDesk } from './test-sign-in.ts'

const db = await testDatabase()
const desk = await signInDesk(db)
const { store, build, signIn, me, server } = desk
beforeEach(() => desk.clear())

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
      desk.pass({ minutes })
      expect((await me(cookie)).signedIn).toBe(true)
    }
    desk.pass({ minutes: 61 })
    expect((await me(cookie)).signedIn).toBe(false)
  })

  test('ends after twelve hours however busy', async () => {
    const cookie = cookieIn(await signIn('two', password))
    for (let half = 1; half <= 23; half++) {
      desk.pass({ minutes: 30 })
      expect((await me(cookie)).signedIn).toBe(true)
    }
    desk.pass({ minutes: 30 })
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
    desk.goTo(Temporal.Instant.from('2026-03-02T15:30:00Z'))
    const cookie = cookieIn(await signIn('one', password))
    await choose(cookie, 'town.clerk')
    expect((await me(cookie)).signedIn).toBe(true)
    desk.pass({ minutes: 31 })
    expect((await me(cookie)).signedIn).toBe(false)
  })
})
