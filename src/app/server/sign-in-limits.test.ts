import { beforeEach, describe, expect, test } from 'vitest'
import type { Config } from '../../kernel/config/config.ts'
import { testDatabase } from '../../kernel/db/test-database.ts'
import { demoAccounts, demoExposed } from './demo-accounts.ts'
import { type Asked, anyName, codeIn, password, signInDesk } from './test-sign-in.ts'

const db = await testDatabase()
const desk = await signInDesk(db)
const { store, build, signIn, server } = desk
beforeEach(() => desk.clear())

describe('too many failures', () => {
  const fail = async (account: string, times: number, asked: Asked = {}) => {
    const statuses: number[] = []
    for (let time = 0; time < times; time++) statuses.push((await signIn(account, 'wrong', asked)).statusCode)
    return statuses
  }

  test('pause an account, right password or not, across a restart, until the window has passed', async () => {
    expect(await fail('two', 6)).toEqual([401, 401, 401, 401, 401, 429])
    desk.pass({ minutes: 5 })
    const restarted = await build()
    const paused = await signIn('two', password, { at: restarted })
    expect(codeIn(paused)).toBe('sign-in.too-many-account')
    expect(paused.headers['retry-after']).toBe('600')
    expect((await signIn('three', password)).statusCode).toBe(200)
    desk.pass({ seconds: 600 })
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
    expect(await demoAccounts(server.house.trust)).toEqual([{ account: 'demo', title: anyName, organ: anyName }])
  })
})
