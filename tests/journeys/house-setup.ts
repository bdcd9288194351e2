import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the house answers, e.g. `http://127.0.0.1:40123`. */
    address: string
    /** Its home folder. */
    home: string
  }
}

const checkout = resolve(import.meta.dirname, '../..')

/** Starts one house with the example for all journeys, as a newcomer would, and stops it at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'daylight-journeys-'))
  const env = { ...process.env, DAYLIGHT_HOME: home, PORT: '0', HOST: '127.0.0.1', DAYLIGHT_EXAMPLE: 'on' }
  const server = spawn(process.execPath, [join(checkout, 'src/app/server/main.ts')], { env })
  const ended = new Promise<void>((done) => server.once('exit', () => done()))
  const address = await new Promise<string>((found, failed) => {
    let said = ''
    const listen = (chunk: Buffer): void => {
      said += chunk.toString()
      const match = /http:\/\/127\.0\.0\.1:\d+(?=\s)/.exec(said)
      if (match) found(match[0])
    }
    server.stdout.on('data', listen)
    server.stderr.on('data', listen)
    server.once('exit', (code) => failed(new Error(`the house did not start (${code}): ${said}`)))
  })
  project.provide('address', address)
  project.provide('home', home)
  return async () => {
    server.kill('SIGTERM')
    await ended
    await rm(home, { recursive: true, force: true })
  }
}
