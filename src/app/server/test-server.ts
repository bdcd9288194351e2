import type { OfficerRole } from '../../kernel/access/principal.ts'
import type { Config } from '../../kernel/config/config.ts'
import type { Db } from '../../kernel/db/db.ts'
import { type Log, logTo } from '../../kernel/log/log.ts'
import type { Services } from '../../kernel/module.ts'
import { openOlap } from '../../kernel/olap/olap.ts'
import { importDirectory, type OfficerRow } from '../../modules/trust/module.ts'
import { openSession } from '../../modules/trust/sessions/session-store.ts'
import { trustDb } from '../../modules/trust/tables.ts'

/** What a test may choose of a server's surroundings. */
export interface TestSurroundings {
  readonly clock?: () => Temporal.Instant
  readonly config?: Partial<Config>
  readonly log?: Log
  readonly home?: string
}

/** A working morning in the test county: 2026-03-02 10:00 in Shanghai. */
export const testMorning = Temporal.Instant.from('2026-03-02T02:00:00Z')

/** Services over a real store, with a clock that stands still, no queue, and a log that nobody reads. */
export function testServices(db: Db, { clock, config, log, home = '/nonexistent' }: TestSurroundings = {}): Services {
  const packs = new URL('../../../packs', import.meta.url).pathname
  return {
    db,
    clock: clock ?? (() => testMorning),
    config: {
      home,
      host: '127.0.0.1',
      port: 0,
      publicUrl: null,
      trustProxy: [],
      zone: 'Asia/Shanghai',
      databaseUrl: null,
      packs,
      example: false,
      threads: 2,
      memory: 512,
      budget: 60,
      inMemoryEvents: 3_000_000,
      ...config,
    },
    packs,
    jobs: {
      start: async () => {
        throw new Error('This test runs no jobs')
      },
      state: async () => null,
      cancel: async () => {
        throw new Error('This test runs no jobs')
      },
    },
    log: log ?? logTo({ write: () => {} }),
    olap: openOlap({ memoryMegabytes: 256, threads: 1, spillFolder: `${home}/spill` }),
  }
}

/** A county of two townships, whose codes share a beginning without one lying in the other, with an organ in each. */
export const testRegions = {
  province: '99',
  county: '99/9901',
  township: '99/9901/990101',
  sibling: '99/9901/9901011',
  elsewhere: '99/99011',
} as const

const everywhere = Object.values(testRegions)
const validFrom = '2020-01-01'

/** Puts the test county into the store, with one officer for each role in each region, who holds that role's post. */
export async function testDirectory(db: Db, roles: readonly OfficerRole[]): Promise<void> {
  const name = { zh: '甲', en: 'A' }
  const organOf = (region: string): string => `organ-${region.replaceAll('/', '-')}`
  const officers: OfficerRow[] = everywhere.flatMap((region) =>
    roles.map((role) => ({
      code: officerOf(role, region),
      name: '甲乙丙',
      posts: [{ post: postOf(role, region), from: validFrom }],
    })),
  )
  const levels = {
    province: 'province',
    county: 'county',
    township: 'township',
    sibling: 'township',
    elsewhere: 'county',
  } as const
  const outcome = await importDirectory(
    db,
    {
      regions: Object.entries(testRegions).map(([key, code]) => ({
        code,
        name,
        level: levels[key as keyof typeof levels],
        validFrom,
      })),
      organs: everywhere.map((region) => ({ code: organOf(region), name, region, kind: 'government', validFrom })),
      posts: everywhere.flatMap((region) =>
        roles.map((role) => ({ code: postOf(role, region), organ: organOf(region), title: name, roles: [role] })),
      ),
      officers,
    },
    () => testMorning,
  )
  if ('kind' in outcome) throw new Error(outcome.says.en)
}

/** The code of the officer who holds a role in a region of the test county. */
export const officerOf = (role: OfficerRole, region: string): string => `${role}-${region.replaceAll('/', '-')}`

/** The code of that officer's post. */
export const postOf = (role: OfficerRole, region: string): string => `post-${officerOf(role, region)}`

/** A session cookie of the officer who holds a role in a region of the test county. */
export async function cookieOf(db: Db, role: OfficerRole, region: string, now = testMorning): Promise<string> {
  const token = await openSession(trustDb(db), officerOf(role, region), postOf(role, region), now)
  return `daylight_session=${token}`
}
