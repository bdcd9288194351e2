import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { mkdir, readFile, rm, stat, statfs, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import type { Connection } from '../pool.ts'
import { findBinaries } from './binaries.ts'
import { databaseName, dataFolderOf, ensureCluster, failure, ownerName, passwordOf } from './cluster.ts'
import { findIdentity, giveTo, type Identity } from './identity.ts'
import { startOf, waitUntilGone } from './process.ts'
import { makePrivateFolder, socketFolderFor } from './socket-folder.ts'

/** A running embedded PostgreSQL. */
export interface EmbeddedServer {
  readonly kind: 'server'
  readonly connection: Connection
  /** Ends open transactions, writes all to disk, and waits until the server is gone. */
  stop(): Promise<void>
}

export interface ServerOptions {
  /** Whether a commit waits for the disk; off only for the throw-away server of tests. */
  readonly durable: boolean
  /** As whom to run it, where the choice is not left to `findIdentity`. */
  readonly identity?: Identity
  /** Where shared memory is looked for. */
  readonly sharedMemory?: string
}

/** How long a server may take to come up: after a crash it first replays what it had written. */
const patienceMs = 120_000
/** How long one may take to stop before it is made to (a crash, harmless to what was committed). */
const stopMs = 8_000
const logKeptBytes = 8 * 1024 * 1024

const connectionFor = async (home: string): Promise<Connection> => ({
  socketFolder: socketFolderFor(home, process.getuid?.() ?? 0),
  user: ownerName,
  password: await passwordOf(home),
  database: databaseName,
})

/** How to reach the server that another process runs on this home folder. */
export const connectionOfHome = connectionFor

/** A small /dev/shm (64 MB in many containers) cannot hold the shared memory of parallel queries: files do it instead. */
export async function sharedMemoryKind(folder = '/dev/shm'): Promise<'posix' | 'mmap'> {
  const space = await statfs(folder).catch(() => null)
  return space !== null && space.bavail * space.bsize >= 256 * 1024 * 1024 ? 'posix' : 'mmap'
}

/** Settings that differ from PostgreSQL's own; a log never shows a row, a value or a statement. */
async function settings(socketFolder: string, options: ServerOptions): Promise<readonly string[]> {
  const pairs: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    shared_buffers: '128MB',
    max_connections: '80',
    max_wal_size: '1GB',
    dynamic_shared_memory_type: await sharedMemoryKind(options.sharedMemory),
    jit: 'off',
    TimeZone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: '0',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    ...(options.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(pairs).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** A server that outlived its parent is stopped; a file left by a dead one is no hindrance to PostgreSQL itself. */
async function stopOrphan(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid')
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0])
  if (!(pid > 0) || startOf(pid) === null) return
  const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  if (process.platform === 'linux' && !words.includes(folder)) {
    // The number now belongs to another program: the file is stale, and PostgreSQL would take that program for it.
    await rm(file, { force: true })
    return
  }
  process.kill(pid, 'SIGINT')
  if (!(await waitUntilGone(pid, stopMs))) {
    process.kill(pid, 'SIGQUIT')
    await waitUntilGone(pid, stopMs)
  }
}

/** Waits for the word `ready` in the server's own status file; the log's tail when the server ends before that. */
async function untilReady(child: ChildProcess, folder: string, log: string, logStart: number): Promise<string | null> {
  const until = performance.now() + patienceMs
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  while (performance.now() < until) {
    const lines = (await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return null
    if (ended) return (await readFile(log)).subarray(logStart).toString('utf8')
    await new Promise((wake) => setTimeout(wake, 15))
  }
  child.kill('SIGQUIT')
  return `no answer after ${patienceMs / 1000} s`
}

async function openLog(home: string): Promise<{ file: string; start: number }> {
  await mkdir(join(home, 'log'), { recursive: true })
  const file = join(home, 'log', 'postgres.log')
  const size = (await stat(file).catch(() => null))?.size ?? 0
  if (size > logKeptBytes) await truncate(file, 0)
  return { file, start: size > logKeptBytes ? 0 : size }
}

/** A fast shutdown; where it does not come to an end, an immediate one, from which the next start recovers. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  child.kill('SIGINT')
  if (await waitUntilGone(child.pid, stopMs)) return
  child.kill('SIGQUIT')
  await waitUntilGone(child.pid, stopMs)
}

/**
 * Starts the embedded PostgreSQL of a home folder, making its data folder first where there is none.
 * The caller holds the home's lock. Refuses: `platform.unsupported`, `disk.full`, `database.of-another-version`,
 * `database.did-not-start`.
 */
export async function startServer(home: string, options: ServerOptions): Promise<EmbeddedServer | Refusal> {
  const binaries = await findBinaries()
  if (isRefusal(binaries)) return binaries
  const identity = options.identity ?? findIdentity()
  const folder = dataFolderOf(home)
  if (existsSync(folder)) await stopOrphan(folder)
  const made = await ensureCluster(home, binaries, identity)
  if (isRefusal(made)) return made
  const connection = await connectionFor(home)
  const socketFolder = socketFolderFor(home, process.getuid?.() ?? 0)
  await makePrivateFolder(socketFolder)
  await giveTo(identity, socketFolder)
  const log = await openLog(home)
  const output = openSync(log.file, 'a', 0o600)
  const [command = '', ...args] = [
    ...identity.before,
    binaries.postgres,
    '-D',
    folder,
    ...(await settings(socketFolder, options)),
  ]
  // A process group of its own: Ctrl-C reaches this program, which then stops the server in good order.
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...process.env, LD_LIBRARY_PATH: binaries.lib, LC_ALL: 'C' },
  })
  closeSync(output)
  child.unref()
  const spawned = await new Promise<Error | null>((resolve) => {
    child.once('error', resolve)
    child.once('spawn', () => resolve(null))
  })
  if (spawned !== null) return failure(spawned.message, home, log.file)
  const said = await untilReady(child, folder, log.file, log.start)
  if (said !== null) return failure(said, home, log.file)
  // Without setpriv nothing else ties the server to this process.
  const atExit = (): void => {
    child.kill('SIGINT')
  }
  process.once('exit', atExit)
  return {
    kind: 'server',
    connection,
    async stop() {
      process.removeListener('exit', atExit)
      await end(child)
      if (!socketFolder.startsWith(home)) await rm(socketFolder, { recursive: true, force: true })
    },
  }
}
