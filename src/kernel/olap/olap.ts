import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'
import { makeSpillFolder } from './spill-folder.ts'

/** Limits of the analytic engine: without them DuckDB takes most of the machine. */
export interface OlapLimits {
  readonly memoryMegabytes: number
  readonly threads: number
  /** Where what does not fit into memory is put, each engine in a folder of its own. */
  readonly spillFolder: string
}

/** DuckDB over files of ours: in memory, with no way to the network and no extension to load. */
export interface Olap {
  /** Runs `work` with a connection of its own, which is closed afterwards; `signal` interrupts its query. */
  use<T>(work: (connection: OlapConnection) => Promise<T>, signal?: AbortSignal): Promise<T>
  close(): void
}

/** A connection to the engine. */
export interface OlapConnection {
  /** All rows of one statement as plain JSON values; a whole number beyond 2^53 comes as text. */
  rows<Row extends object>(statement: string, values?: readonly DuckDBValue[]): Promise<Row[]>
  /** The engine's own connection, for what moves millions of values by column: appending and streaming. */
  readonly engine: DuckDBConnection
}

/** What one deployment gives to analytics. */
export function olapLimits(home: string, memoryMegabytes = 256, threads = 2): OlapLimits {
  return { memoryMegabytes, threads, spillFolder: join(home, 'spill') }
}

interface Opened {
  readonly instance: DuckDBInstance
  readonly folder: string
}

async function open({ memoryMegabytes, threads, spillFolder }: OlapLimits): Promise<Opened> {
  const folder = await makeSpillFolder(spillFolder)
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${memoryMegabytes}MB`,
    threads: String(threads),
    temp_directory: folder,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // An extension would be fetched from the network: it is looked for where there is none.
    custom_extension_repository: folder,
    autoinstall_extension_repository: folder,
  })
  const connection = await instance.connect()
  await connection.run('set allow_community_extensions = false; set lock_configuration = true')
  connection.closeSync()
  return { instance, folder }
}

const connectionOf = (connection: DuckDBConnection): OlapConnection => ({
  engine: connection,
  async rows<Row extends object>(statement: string, values: readonly DuckDBValue[] = []) {
    const reader = await connection.runAndReadAll(statement, [...values])
    return reader.getRowObjectsJson() as Row[]
  },
})

/** Makes the engine ready; it starts at its first use. */
export function openOlap(limits: OlapLimits): Olap {
  let opened: Promise<Opened> | undefined
  return {
    async use(work, signal) {
      opened ??= open(limits)
      const { instance } = await opened
      const connection = await instance.connect()
      const interrupt = (): void => connection.interrupt()
      signal?.addEventListener('abort', interrupt)
      try {
        signal?.throwIfAborted()
        return await work(connectionOf(connection))
      } finally {
        signal?.removeEventListener('abort', interrupt)
        connection.closeSync()
      }
    },
    close() {
      void opened?.then(({ instance, folder }) => {
        instance.closeSync()
        rmSync(folder, { recursive: true, force: true })
      })
      opened = undefined
    },
  }
}
