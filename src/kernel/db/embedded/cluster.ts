import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import type { Binaries } from './binaries.ts'
import { giveTo, type Identity } from './identity.ts'

/** Who owns the embedded server's data. */
export const ownerName = 'daylight'
/** The database that initdb makes; the server is ours alone, so there is no need of another. */
export const databaseName = 'postgres'

export const dataFolderOf = (home: string): string => join(home, 'postgres')
const passwordFileOf = (home: string): string => join(home, 'postgres-password')

/** The owner's password: random, made once, readable by this user alone. */
export async function passwordOf(home: string): Promise<string> {
  const file = passwordFileOf(home)
  if (!existsSync(file)) {
    await writeFile(`${file}.new`, randomBytes(24).toString('base64url'), { mode: 0o600 })
    await rename(`${file}.new`, file)
  }
  return (await readFile(file, 'utf8')).trim()
}

/** Runs a program to its end; what it said on either stream comes back as text. */
function run(words: readonly string[], lib: string): Promise<{ status: number; said: string }> {
  return new Promise((resolve, reject) => {
    const [command = '', ...args] = words
    const child = spawn(command, args, { env: { ...process.env, LD_LIBRARY_PATH: lib, LC_ALL: 'C' }, stdio: 'pipe' })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stdin.end()
    child.once('error', reject)
    child.once('close', (status) => resolve({ status: status ?? 1, said }))
  })
}

/** Says in one refusal why a PostgreSQL program failed. */
export function failure(said: string, place: string, log: string): Refusal {
  if (/No space left on device/i.test(said)) return refuse('disk.full', { place })
  const lines = said.split('\n').filter((line) => /error|fatal|panic|could not/i.test(line))
  const why = (lines[0] ?? said.trim().split('\n').at(-1) ?? '').replace(/^.*?(FATAL|ERROR|PANIC|error):\s*/, '').trim()
  return refuse('database.did-not-start', { why: why || 'no message', log })
}

/**
 * Makes the data folder where there is none. It is made beside its place and moved there when whole,
 * so that an interrupted first start leaves nothing that looks like a database.
 */
export async function ensureCluster(home: string, binaries: Binaries, identity: Identity): Promise<true | Refusal> {
  const folder = dataFolderOf(home)
  if (existsSync(folder)) {
    const held = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim()
    if (held !== binaries.major) return refuse('database.of-another-version', { home, held, ours: binaries.major })
    await giveTo(identity, folder)
    return true
  }
  const password = await passwordOf(home)
  const draft = `${folder}.new`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  const secret = join(home, 'postgres-password.initdb')
  await writeFile(secret, password, { mode: 0o600 })
  await giveTo(identity, draft)
  if (identity.kind === 'nobody') await chown(secret, identity.owner, identity.group)
  const { status, said } = await run(
    [
      ...identity.before,
      binaries.initdb,
      `--pgdata=${draft}`,
      `--username=${ownerName}`,
      `--pwfile=${secret}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
    ],
    binaries.lib,
  )
  await rm(secret, { force: true })
  if (status !== 0) {
    await rm(draft, { recursive: true, force: true })
    return failure(said, home, home)
  }
  await rename(draft, folder)
  return true
}
