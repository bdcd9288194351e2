import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect as openSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { isRefusal, type Refusal } from '../../core/refusal/refusal.ts'
import type { Db } from './db.ts'
import { dataFolderOf } from './embedded/cluster.ts'
import { findIdentity } from './embedded/identity.ts'
import { startOf, waitUntilGone } from './embedded/process.ts'
import { startServer } from './embedded/server.ts'
import { longestSocketPath, socketFolderFor } from './embedded/socket-folder.ts'
import { openElsewhere, type StoreProcess } from './fixtures/store-process.ts'
import { openDatabase } from './open.ts'
import { connect } from './pool.ts'

const base = mkdtempSync(join(tmpdir(), 'daylight-open-'))
/** A home that has been used once: copying it is quicker than making one. */
const used = join(base, 'used')
const asRoot = process.getuid?.() === 0
const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']

let count = 0
const newHome = (): string => {
  count += 1
  return join(base, `home-${count}`)
}
const usedHome = (): string => {
  const home = newHome()
  cpSync(used, home, { recursive: true })
  return home
}
const open = (home: string, role: 'serve' | 'visit' = 'visit'): Promise<Db | Refusal> =>
  openDatabase({ home, databaseUrl: null }, { role })
const opened = async (home: string, role: 'serve' | 'visit' = 'visit'): Promise<Db> => {
  const db = await open(home, role)
  if (isRefusal(db)) throw new Error(db.says.en)
  toClose.push(() => db.destroy())
  return db
}
const codeOf = (answer: unknown): string => (isRefusal(answer) ? answer.code : 'not refused')
const keptIn = async (db: Db): Promise<string[]> =>
  (await sql<{ word: string }>`select word from kept`.execute(db)).rows.map(({ word }) => word)
const serverOf = (home: string): number =>
  Number(readFileSync(join(dataFolderOf(home), 'postmaster.pid'), 'utf8').split('\n')[0])

const toClose: (() => Promise<unknown>)[] = []
const elsewhere = async (...words: Parameters<typeof openElsewhere>): Promise<StoreProcess> => {
  const other = await openElsewhere(...words)
  toClose.push(async () => {
    if (other.process.exitCode === null && other.process.signalCode === null) await other.kill()
  })
  return other
}

beforeAll(async () => {
  const db = await opened(used)
  await db.destroy()
})
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close()
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

describe('the store of a home folder', () => {
  it('is made at the first use, for this user alone, and never listens on the network', async () => {
    const home = newHome()
    const db = await opened(home)
    expect(statSync(home).mode & 0o777).toBe(0o700)
    expect(statSync(join(home, 'postgres-password')).mode & 0o777).toBe(0o600)
    const { rows } = await sql<{ listen: string; fsync: string; auth: string }>`
      select current_setting('listen_addresses') as listen, current_setting('fsync') as fsync,
        (select string_agg(distinct auth_method, ',') from pg_hba_file_rules) as auth`.execute(db)
    expect(rows[0]).toEqual({ listen: '', fsync: 'on', auth: 'scram-sha-256' })
  })

  it('keeps what was committed from one use to the next, and leaves no server behind', async () => {
    const home = usedHome()
    const first = await opened(home)
    await sql`create table kept (word text)`.execute(first)
    await sql`insert into kept values ('stays')`.execute(first)
    const server = serverOf(home)
    await first.destroy()
    expect(startOf(server)).toBeNull()
    expect(existsSync(join(home, 'lock.json'))).toBe(false)
    expect(await keptIn(await opened(home))).toEqual(['stays'])
  })

  it('opens where the path is too long for a socket', async () => {
    const home = join(newHome(), 'd'.repeat(60), 'e'.repeat(60))
    mkdirSync(join(home, '..'), { recursive: true })
    cpSync(used, home, { recursive: true })
    const db = await opened(home)
    const folder = socketFolderFor(home, process.getuid?.() ?? 0)
    expect(Buffer.byteLength(`${folder}/.s.PGSQL.5432`)).toBeLessThanOrEqual(longestSocketPath)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    await db.destroy()
    expect(existsSync(folder)).toBe(false)
  })

  it('runs parallel queries where there is no room for shared memory', async () => {
    const home = usedHome()
    const server = await startServer(home, { durable: true, sharedMemory: join(home, 'absent') })
    if (isRefusal(server)) throw new Error(server.says.en)
    toClose.push(() => server.stop())
    const db = connect(server.connection)
    const { rows } = await sql<{ kind: string }>`select current_setting('dynamic_shared_memory_type') as kind`.execute(
      db,
    )
    expect(rows).toEqual([{ kind: 'mmap' }])
    await sql`set debug_parallel_query = on`.execute(db)
    const { rows: counted } = await sql<{ n: number }>`select count(*) as n from generate_series(1, 1000)`.execute(db)
    expect(counted).toEqual([{ n: 1000 }])
    await db.destroy()
  })

  it('refuses data that another PostgreSQL wrote', async () => {
    const home = usedHome()
    writeFileSync(join(dataFolderOf(home), 'PG_VERSION'), '17\n')
    expect(codeOf(await open(home))).toBe('database.of-another-version')
  })

  it('refuses in one sentence where the home cannot be a folder', async () => {
    const home = newHome()
    writeFileSync(home, '')
    expect(codeOf(await open(home))).toBe('home.not-writable')
  })

  it('says why the server did not start', async () => {
    const home = usedHome()
    rmSync(join(dataFolderOf(home), 'global', 'pg_control'))
    const answer = await open(home)
    expect(codeOf(answer)).toBe('database.did-not-start')
    expect((answer as Refusal).says.en).toMatch(/could not find the database system/)
    expect(existsSync(join(home, 'lock.json'))).toBe(false)
  })
})

describe('two processes on one home folder', () => {
  it('a second server is refused, and told of the first', async () => {
    const home = usedHome()
    const first = await elsewhere(home, 'serve')
    expect(first.first).toBe('open')
    const answer = await open(home, 'serve')
    expect(codeOf(answer)).toBe('home.in-use')
    expect((answer as Refusal).says.en).toContain(String(first.process.pid))
  })

  it('a command joins the running server’s database, and leaves it running', async () => {
    const home = usedHome()
    const server = await elsewhere(home, 'serve')
    const db = await opened(home)
    expect(await keptIn(db)).toEqual(['serve'])
    await db.destroy()
    expect(startOf(serverOf(home))).not.toBeNull()
    await server.close()
    expect(server.said()).toContain('closed')
  })

  it('a command that runs the database lets another that joined it finish first', async () => {
    const home = usedHome()
    const first = await elsewhere(home, 'visit')
    const second = await opened(home)
    const closing = first.close()
    await new Promise((wake) => setTimeout(wake, 400))
    expect(await keptIn(second)).toEqual(['visit'])
    await second.destroy()
    await closing
    expect(first.said()).toContain('closed')
  })

  it('two that start at the same moment both get the one database', async () => {
    const home = usedHome()
    const both = await Promise.all([elsewhere(home, 'visit'), elsewhere(home, 'visit')])
    expect(both.map(({ said }) => said())).toEqual(['open\n', 'open\n'])
    await Promise.all(both.map((one) => one.close()))
    expect((await keptIn(await opened(home))).length).toBe(2)
  })
})

describe('a process that was killed', () => {
  it('takes its database server down, and the next one finds what was committed', async () => {
    const home = usedHome()
    const first = await elsewhere(home, 'serve')
    const server = serverOf(home)
    await first.kill()
    expect(await waitUntilGone(server, 5_000)).toBe(true)
    expect(await keptIn(await opened(home, 'serve'))).toEqual(['serve'])
  })

  it('that left its server running is no hindrance: the server is stopped and started anew', async () => {
    const home = usedHome()
    const db = await opened(home)
    await sql`create table kept (word text)`.execute(db)
    const words = readFileSync(`/proc/${serverOf(home)}/cmdline`, 'utf8')
      .split('\0')
      .filter(Boolean)
    const env = readFileSync(`/proc/${serverOf(home)}/environ`, 'utf8')
      .split('\0')
      .filter((pair) => pair.startsWith('LD_'))
    await db.destroy()
    const before = asRoot ? ['unshare', '-U', '--map-user=1000', '--map-group=1000', '--'] : []
    const [command = '', ...args] = [...before, ...words]
    const library = env[0]?.split('=')[1] ?? ''
    const orphan = spawn(command, args, {
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, LD_LIBRARY_PATH: library },
    })
    while (!existsSync(join(dataFolderOf(home), 'postmaster.pid'))) await new Promise((wake) => setTimeout(wake, 20))
    expect(await keptIn(await opened(home))).toEqual([])
    expect(orphan.exitCode ?? orphan.signalCode).not.toBeNull()
    expect(serverOf(home)).not.toBe(orphan.pid)
  })

  it('whose number another program has now does not hold the folder', async () => {
    const home = usedHome()
    writeFileSync(join(home, 'lock.json'), JSON.stringify({ pid: process.pid, start: 'long ago', role: 'serve' }))
    const stale = [String(process.pid), dataFolderOf(home), '1700000000', '5432', home, '', '1 1', 'ready']
    writeFileSync(join(dataFolderOf(home), 'postmaster.pid'), `${stale.join('\n')}\n`)
    await opened(home, 'serve')
  })

  it('in the middle of the first start leaves nothing that hinders the next', async () => {
    const home = newHome()
    mkdirSync(join(home, 'postgres.new', 'base'), { recursive: true, mode: 0o700 })
    writeFileSync(join(home, 'postgres.new', 'PG_VERSION'), '18\n')
    writeFileSync(join(home, 'lock.json'), '{"pid": 12')
    await opened(home)
  })
})

/** In a checkout that lies in a folder closed to others there is no program that another user could run. */
const [setpriv = '', ...toNobody] = asNobody
const reachable = asRoot && spawnSync(setpriv, [...toNobody, 'test', '-r', import.meta.filename]).status === 0
describe.skipIf(!reachable)('users, as root can try them where the checkout is open to others', () => {
  const ownHome = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'daylight-user-'))
    spawnSync('chown', ['65534:65534', folder])
    toClose.unshift(async () => rmSync(folder, { recursive: true, force: true }))
    return join(folder, 'home')
  }

  it('an ordinary user runs the database as itself', async () => {
    const user = await elsewhere(ownHome(), 'serve', asNobody)
    expect(user.first).toBe('open')
    await user.close()
  })

  it('root runs it as nobody where user namespaces are forbidden, in a folder closed to nobody', async () => {
    const identity = findIdentity(0, (command) => command !== 'unshare')
    expect(identity.kind).toBe('nobody')
    const home = usedHome()
    const server = await startServer(home, { durable: true, identity })
    if (isRefusal(server)) throw new Error(server.says.en)
    toClose.push(() => server.stop())
    expect(statSync(`/proc/${serverOf(home)}`).uid).toBe(65534)
    const db = connect(server.connection)
    await sql`create table kept as select 'nobody' as word`.execute(db)
    await db.destroy()
    await server.stop()
    expect(await keptIn(await opened(home))).toEqual(['nobody'])
  })

  it('a folder first used by root is refused to a user in one sentence', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'daylight-user-'))
    toClose.unshift(async () => rmSync(folder, { recursive: true, force: true }))
    spawnSync('chmod', ['755', folder])
    const home = join(folder, 'home')
    cpSync(used, home, { recursive: true })
    const user = await elsewhere(home, 'serve', asNobody)
    expect(user.first).toBe('home.not-yours')
    expect(user.said().trim().split('\n')).toHaveLength(2)
  })

  it('a folder first used by a user is refused to root, whose files would lock the user out', async () => {
    const home = ownHome()
    const user = await elsewhere(home, 'serve', asNobody)
    await user.close()
    expect(codeOf(await open(home))).toBe('home.not-yours')
  })

  it('a folder in which the user may not write is refused in one sentence', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'daylight-user-'))
    toClose.unshift(async () => rmSync(folder, { recursive: true, force: true }))
    spawnSync('chmod', ['755', folder])
    const user = await elsewhere(join(folder, 'home'), 'visit', asNobody)
    expect(user.first).toBe('home.not-writable')
  })
})

describe('a full disk', () => {
  const small = join(base, 'small')
  const mounted = (size: string): boolean => {
    mkdirSync(small, { recursive: true })
    return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', small]).status === 0
  }

  it.for(['16k', '24m'])('with %s left ends the start in one sentence', async (size, { skip }) => {
    if (!mounted(size)) return skip('this user may not mount a small disk')
    try {
      expect(codeOf(await open(join(small, 'home')))).toBe('disk.full')
    } finally {
      spawnSync('umount', [small])
    }
  })
})

describe('the socket of the store', () => {
  it('is of no use without the password', async () => {
    const home = usedHome()
    await opened(home)
    const socket = openSocket(join(socketFolderFor(home, process.getuid?.() ?? 0), '.s.PGSQL.5432'))
    await new Promise((ready) => socket.once('connect', ready))
    socket.destroy()
    const pg = (await import('pg')).default
    const client = new pg.Client({
      host: socketFolderFor(home, process.getuid?.() ?? 0),
      user: 'daylight',
      password: 'guess',
      database: 'postgres',
    })
    await expect(client.connect()).rejects.toMatchObject({ code: '28P01' })
  })
})
