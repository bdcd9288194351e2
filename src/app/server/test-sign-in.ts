import type { Config } from '../../kernel/config/config.ts'
import type { Db } from '../../kernel/db/db.ts'
import { logTo } from '../../kernel/log/log.ts'
import { importDirectory, type OfficerRow } from '../../modules/trust/module.ts'
import { trustDb } from '../../modules/trust/tables.ts'
import { type BuiltServer, buildServer } from './build-server.ts'
import { testMorning, testServices } from './test-server.ts'

/** The password of every account of the test county's officers. */
export const password = 'a long enough password'
/** The name of every region, organ and post. */
export const anyName = { zh: '甲', en: 'A' }
const validFrom = '2020-01-01'

/** Where from, and to which server, a sign-in comes. */
export interface Asked {
  readonly at?: BuiltServer
  readonly remoteAddress?: string
  readonly headers?: Record<string, string>
}

/** Who a session says that one is. */
export interface Me {
  readonly signedIn: boolean
  readonly post: { readonly code: string; readonly region: string } | null
  readonly posts: readonly { readonly code: string; readonly standInFor: string | null }[]
  readonly menu: readonly string[]
  readonly name: string
}

/** A county in whose offices officers sign in: with one post or several, an ended one, a demo account, or no account. */
async function importOfficers(db: Db): Promise<void> {
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
        { code: '99', name: anyName, level: 'province', validFrom },
        { code: '99/9901', name: anyName, level: 'county', validFrom },
        { code: '99/9901/990101', name: anyName, level: 'township', validFrom },
        { code: '99/99011', name: anyName, level: 'county', validFrom },
      ],
      organs: [
        { code: 'county', name: anyName, region: '99/9901', kind: 'government', validFrom },
        { code: 'town', name: anyName, region: '99/9901/990101', kind: 'government', validFrom },
        { code: 'other', name: anyName, region: '99/99011', kind: 'government', validFrom },
      ],
      posts: [
        { code: 'county.supervisor', organ: 'county', title: anyName, roles: ['supervisor'] },
        { code: 'town.clerk', organ: 'town', title: anyName, roles: ['handler'] },
        { code: 'other.head', organ: 'other', title: anyName, roles: ['unit-head'] },
        { code: 'county.audit', organ: 'county', title: anyName, roles: ['audit-admin'] },
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
    () => testMorning,
  )
  if ('kind' in outcome) throw new Error(outcome.says.en)
}

/** The session cookie that an answer sets, as a browser sends it back. */
export const cookieIn = (answer: { cookies: { name: string; value: string }[] }): string =>
  answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
/** The code of the refusal in an answer. */
export const codeIn = (answer: { json(): { refusal?: { code: string } } }): string | undefined =>
  answer.json().refusal?.code

/** A server of those officers over a real store; its clock is the test's to move, and its log to read. */
export async function signInDesk(db: Db) {
  await importOfficers(db)
  const lines: string[] = []
  let now = testMorning
  const build = async (config: Partial<Config> = {}): Promise<BuiltServer> => {
    const log = logTo({ write: (line: string) => void lines.push(line) })
    const built = await buildServer(testServices(db, { clock: () => now, config, log }))
    await built.app.ready()
    return built
  }
  const server = await build()
  const store = trustDb(db)
  return {
    server,
    store,
    /** What was logged since the last `clear`. */
    lines,
    /** Another server over the same store. */
    build,
    pass(time: Temporal.DurationLike): void {
      now = now.add(time)
    },
    goTo(instant: Temporal.Instant): void {
      now = instant
    },
    signIn: (account: string, secret: string, { at = server, remoteAddress = '127.0.0.1', headers = {} }: Asked = {}) =>
      at.app.inject({
        method: 'POST',
        url: '/api/session',
        remoteAddress,
        headers: { host: '127.0.0.1:8080', 'sec-fetch-site': 'same-origin', ...headers },
        payload: { account, password: secret },
      }),
    me: async (cookie: string, at = server): Promise<Me> =>
      (await at.app.inject({ url: '/api/session', headers: { cookie } })).json(),
    /** The clock back at the morning, an empty log, no failures remembered. */
    async clear(): Promise<void> {
      now = testMorning
      lines.length = 0
      await store.deleteFrom('sign_in_attempt').execute()
    },
  }
}
