import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'

const main = join(import.meta.dirname, 'main.ts')
/** `npm test` builds the pages before it comes here; a single file run by hand may find none, and starts no server. */
const pages = existsSync(join(import.meta.dirname, '../../../build/web.sha256'))
const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

interface Started {
  readonly child: ChildProcess
  readonly home: string
  said(): string
  /** Waits for words on either output. */
  until(words: RegExp): Promise<void>
  /** The exit code, once it has ended. */
  ended(): Promise<number | null>
}

async function start(env: Record<string, string>, home?: string): Promise<Started> {
  const folder = home ?? (await mkdtemp(join(tmpdir(), 'daylight-start-')))
  if (home === undefined) cleanups.push(() => rm(folder, { recursive: true, force: true }))
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      DAYLIGHT_HOME: folder,
      DAYLIGHT_EXAMPLE: 'off',
      PORT: '0',
      LANG: 'en_US.UTF-8',
      NODE_ENV: 'test',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let said = ''
  const listeners = new Set<() => void>()
  const hear = (chunk: Buffer): void => {
    said += String(chunk)
    for (const listener of listeners) listener()
  }
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
  const exit = once(child, 'exit').then(([code]) => code as number | null)
  cleanups.push(async () => {
    child.kill('SIGTERM')
    await exit
  })
  return {
    child,
    home: folder,
    said: () => said,
    ended: () => exit,
    until: (words) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (words.test(said)) resolve()
        }
        listeners.add(look)
        look()
        void exit.then((code) => reject(new Error(`ended with ${code}: ${said}`)))
      }),
  }
}

async function listening(host: string): Promise<{ server: Server; port: number }> {
  const server = createServer()
  server.listen(0, host)
  await once(server, 'listening')
  cleanups.push(async () => server.close())
  return { server, port: (server.address() as { port: number }).port }
}

describe('the server', () => {
  test.runIf(pages)(
    'answers, tells its launcher, stops within ten seconds of a signal, and starts again on the same folder',
    async () => {
      const first = await start({})
      const [ready] = await once(first.child, 'message')
      expect(ready).toBe('ready')
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(first.said())?.[0] ?? ''
      expect(await (await fetch(`${address}/api/health`)).json()).toEqual({ ok: true })
      const asked = performance.now()
      first.child.kill('SIGINT')
      expect(await first.ended()).toBe(0)
      expect(performance.now() - asked).toBeLessThan(10_000)
      expect(first.said()).not.toMatch(/closing failed|"stack"/)
      const log = await readFile(join(first.home, 'log', 'daylight.log'), 'utf8')
      expect(log).not.toMatch(/"level":"(error|fatal)"/)

      const second = await start({}, first.home)
      await second.until(/http:\/\/127/)
      second.child.disconnect()
      expect(await second.ended()).toBe(0)
    },
    60_000,
  )

  test('says in one sentence that its port is taken, and what to do', async () => {
    const { port } = await listening('127.0.0.1')
    const server = await start({ PORT: String(port) })
    expect(await server.ended()).toBe(2)
    expect(server.said()).toContain(`Port ${port} is taken by another program.`)
    expect(server.said()).toContain('PORT=')
    expect(server.said()).not.toMatch(/\bat .*:\d+:\d+/)
  }, 60_000)

  test('says in one sentence that its address is not this machine’s', async () => {
    const server = await start({ HOST: '192.0.2.1' })
    expect(await server.ended()).toBe(2)
    expect(server.said()).toContain('Cannot listen on 192.0.2.1')
  }, 60_000)

  test.runIf(pages)(
    'stops cleanly when it is told to while it starts',
    async () => {
      const server = await start({})
      // Its folder holds something: it is at opening the store, and not yet done.
      while ((await readdir(server.home)).length === 0) await new Promise((wake) => setTimeout(wake, 20))
      server.child.kill('SIGTERM')
      expect(await server.ended()).toBe(0)
      expect(server.said()).not.toMatch(/http:\/\/|bug/)
      const again = await start({}, server.home)
      await again.until(/http:\/\/127/)
    },
    60_000,
  )

  test.each([
    ['PORT', 'eighty'],
    ['DAYLIGHT_PUBLIC_URL', 'daylight.example'],
    ['DAYLIGHT_TRUST_PROXY', '10.0.0.0/8,everyone'],
  ])('refuses a setting %s=%s that cannot be meant', async (name, value) => {
    const server = await start({ [name]: value })
    expect(await server.ended()).toBe(2)
    expect(server.said()).toContain(name)
  })
})
