import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { isRefusal } from '../../core/refusal/refusal.ts'
import { judgeServer, openExternal } from './external.ts'
import { openDatabase } from './open.ts'
import { connectionOf } from './pool.ts'
import { testDatabase } from './test-database.ts'

const db = await testDatabase()
const connection = connectionOf(db)
if ('url' in connection) throw new Error('the test server is reached by its socket')
const { socketFolder, user, password, database } = connection
const urlOf = (more: Partial<typeof connection> = {}): string => {
  const to = { user, password, database, ...more }
  return `postgresql://${to.user}:${to.password}@/${to.database}?host=${encodeURIComponent(socketFolder)}`
}
const made: string[] = []
const make = async (name: string, how: string): Promise<string> => {
  made.push(`drop database if exists ${name}`)
  await sql.raw(`create database ${name} ${how}`).execute(db)
  return name
}
afterAll(async () => {
  for (const statement of made) await sql.raw(statement).execute(db)
})
const open = async (url: string): Promise<string> => {
  const answer = await openDatabase({ home: '/nowhere', databaseUrl: url })
  if (isRefusal(answer)) return answer.code
  await answer.destroy()
  return 'open'
}
const suffix = database.slice(-8)

describe('the database that DATABASE_URL names', () => {
  it('is opened and brought to this program’s shape, and a second time as it is', async () => {
    const url = urlOf({ database: await make(`e1_${suffix}`, 'template template0') })
    expect(await open(url)).toBe('open')
    expect(await open(url)).toBe('open')
  })

  it.each([
    ['a wrong password', urlOf({ password: 'guess' })],
    ['no such database', urlOf({ database: 'absent' })],
    ['nobody listening', 'postgresql://a:b@127.0.0.1:1/c'],
    ['no such host', 'postgresql://a:b@daylight.invalid/c'],
  ])('is refused in one sentence for %s', async (_why, url) => {
    const answer = await openExternal(url)
    expect(isRefusal(answer) && answer.code).toBe('database.unreachable')
    expect(isRefusal(answer) && answer.says.en).not.toContain(password)
  })

  it('is refused where its encoding cannot hold every character', async () => {
    const name = await make(`e2_${suffix}`, "template template0 encoding 'SQL_ASCII' locale_provider libc locale 'C'")
    expect(await open(urlOf({ database: name }))).toBe('database.not-utf8')
  })

  it('is refused before PostgreSQL 16', () => {
    const judge = (number: string): string | null =>
      judgeServer({ number, version: '', encoding: 'UTF8', user: 'u', database: 'd', may_create: true })?.code ?? null
    expect(judge('150013')).toBe('database.too-old')
    expect(judge('160000')).toBeNull()
  })

  it('is refused where its user may not make tables', async () => {
    const name = await make(`e3_${suffix}`, 'template template0')
    const role = `guest_${suffix}`
    made.push(`drop role ${role}`)
    await sql.raw(`create role ${role} login password 'guest'`).execute(db)
    expect(await open(urlOf({ database: name, user: role, password: 'guest' }))).toBe('database.no-right')
  })

  it('is refused where a newer program has already changed it', async () => {
    const name = await make(`e4_${suffix}`, 'template template0')
    const url = urlOf({ database: name })
    expect(await open(url)).toBe('open')
    const external = await openExternal(url)
    if (isRefusal(external)) throw new Error(external.says.en)
    await sql`insert into migration (name, timestamp) values ('9999-from-the-future', '2030-01-01')`.execute(external)
    await external.destroy()
    expect(await open(url)).toBe('database.newer-than-program')
  })
})
