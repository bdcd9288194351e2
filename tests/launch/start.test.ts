import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { startOf, waitUntilGone } from '../../src/kernel/db/embedded/process.ts'

const root = join(import.meta.dirname, '../..')
const base = mkdtempSync(join(tmpdir(), 'daylight-start-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))
const running = new Set<ChildProcess>()
afterEach(async () => {
  for (const child of running) if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  running.clear()
})

interface Started {
  readonly child: ChildProcess
  /** What it has said on both streams. */
  said(): string
  readonly ended: Promise<number | null>
}

/** Runs `npm start` as a terminal does: in a process group of its own, which Ctrl-C reaches as a whole. */
function npmStart(home: string, env: Record<string, string> = {}): Started {
  const settings = { DAYLIGHT_HOME: home, DAYLIGHT_EXAMPLE: 'off', PORT: '0', LC_ALL: 'en_GB.UTF-8' }
  const child = spawn('npm', ['start'], { cwd: root, detached: true, env: { ...process.env, ...settings, ...env } })
  running.add(child)
  let said = ''
  const hear = (chunk: unknown): void => {
    said += String(chunk)
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child)
    return code as number | null
  })
  return { child, said: () => said, ended }
}

async function untilSaid({ said, ended }: Started, words: RegExp): Promise<void> {
  let over = false
  void ended.then(() => {
    over = true
  })
  while (!words.test(said())) {
    if (over) throw new Error(`it ended before it said ${words}:\n${said()}`)
    await new Promise((wake) => setTimeout(wake, 30))
  }
}

const serverOf = (home: string): number =>
  Number(readFileSync(join(home, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])

/** `npm test` builds the pages before it comes here; a single file run by hand may find none. */
describe.skipIf(!existsSync(join(root, 'build/web.sha256')))('npm start', { timeout: 90_000 }, () => {
  const home = join(base, 'home')

  it('says where it answers and how long it took, and Ctrl-C leaves nothing behind', async () => {
    const started = npmStart(home)
    await untilSaid(started, /Download and install \d+\.\d s, the rest \d+\.\d s/)
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(started.said())?.[0] ?? ''
    expect((await fetch(`${address}/api/health`)).status).toBe(200)
    const database = serverOf(home)
    const began = performance.now()
    process.kill(-(started.child.pid ?? 0), 'SIGINT')
    await started.ended
    expect(await waitUntilGone(database, 10_000)).toBe(true)
    expect(performance.now() - began).toBeLessThan(10_000)
    await expect(fetch(`${address}/api/health`)).rejects.toThrow()
    expect(existsSync(join(home, 'lock.json'))).toBe(false)
  })

  it('is up again within ten seconds', async () => {
    const began = performance.now()
    const started = npmStart(home)
    await untilSaid(started, /Ctrl-C stops it/)
    expect(performance.now() - began).toBeLessThan(10_000)
    process.kill(-(started.child.pid ?? 0), 'SIGINT')
    await started.ended
  })

  it('refuses a second start on the same folder, and the first goes on', async () => {
    const first = npmStart(home)
    await untilSaid(first, /Ctrl-C stops it/)
    const second = npmStart(home)
    expect(await second.ended).not.toBe(0)
    expect(second.said()).toMatch(/is in use by another Daylight process \(\d+\)/)
    expect(second.said()).not.toMatch(/^\s+at /m)
    expect(startOf(serverOf(home))).not.toBeNull()
    process.kill(-(first.child.pid ?? 0), 'SIGINT')
    await first.ended
  })

  it('refuses a port that another program has, and stops what it had started', async () => {
    const other = createServer()
    await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready))
    const { port } = other.address() as { port: number }
    const started = npmStart(home, { PORT: String(port) })
    expect(await started.ended).not.toBe(0)
    other.close()
    expect(started.said()).toMatch(new RegExp(`Port ${port} is taken by another program`))
    expect(started.said()).not.toMatch(/^\s+at /m)
    expect(existsSync(join(home, 'postgres/postmaster.pid'))).toBe(false)
  })

  it('refuses a setting that cannot be meant, by its name', async () => {
    const started = npmStart(home, { DAYLIGHT_ZONE: 'Mars/Olympus' })
    expect(await started.ended).not.toBe(0)
    expect(started.said()).toMatch(/DAYLIGHT_ZONE/)
    expect(started.said()).not.toMatch(/^\s+at /m)
  })

  it('takes the server and its database along when its launcher is killed', async () => {
    const started = npmStart(home)
    await untilSaid(started, /Ctrl-C stops it/)
    const database = serverOf(home)
    process.kill(-(started.child.pid ?? 0), 'SIGKILL')
    await started.ended
    expect(await waitUntilGone(database, 10_000)).toBe(true)
  })
})
