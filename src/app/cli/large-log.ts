// Logs that are too large to be held in memory: read into files of a temporary folder and asked through the engine.
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { isRefusal, type Refusal } from '../../core/refusal/refusal.ts'
import { type Config, readConfig } from '../../kernel/config/config.ts'
import { type EventFilesRead, readEventFiles } from '../../kernel/event-files/event-files.ts'
import { olapLimits, openOlap } from '../../kernel/olap/olap.ts'
import { olapRefusal } from '../../kernel/olap/olap-refusal.ts'
import { readYaml } from '../../kernel/packs/read-yaml.ts'
import { logMappingSchema } from '../../kernel/tables/log-mapping.ts'
import type { Output } from './output.ts'

/** Bytes of an event in a file, about, and how often gzip makes a log smaller. */
const BYTES_AN_EVENT = 64
const GZIP = 12

/** Whether a file looks as if it held more events than a log in memory may have; false where it cannot be read. */
export async function isLargeLog(path: string, config: Pick<Config, 'inMemoryEvents'>): Promise<boolean> {
  const handle = await open(path, 'r').catch(() => null)
  if (handle === null) return false
  try {
    const { size } = await handle.stat()
    const magic = Buffer.alloc(2)
    const { bytesRead } = await handle.read(magic, 0, 2, 0).catch(() => ({ bytesRead: 0 }))
    const gzip = bytesRead === 2 && magic.readUInt16BE(0) === 0x1f8b
    return size * (gzip ? GZIP : 1) > config.inMemoryEvents * BYTES_AN_EVENT
  } finally {
    await handle.close()
  }
}

/** Reads a log into files and works with them; afterwards they are gone. Refuses what reading refuses. */
export async function withLargeLog<Result>(
  out: Output,
  path: string,
  map: string | undefined,
  work: (engine: DuckDBConnection, read: EventFilesRead) => Promise<Result | Refusal>,
): Promise<Result | Refusal> {
  const config = readConfig()
  if (isRefusal(config)) return config
  const mapping = map === undefined ? undefined : await readYaml(map, logMappingSchema)
  if (isRefusal(mapping)) return mapping
  const folder = await mkdtemp(join(tmpdir(), 'daylight-log-'))
  const olap = openOlap(olapLimits(folder))
  try {
    return await olap.use(async ({ engine }) => {
      const read = await readEventFiles(engine, path, join(folder, 'log'), {
        zone: config.zone,
        ...(mapping === undefined ? {} : { mapping }),
        onProgress: ({ taken, size }) =>
          out.progress({ zh: '读取日志', en: 'reading the log' }, { done: taken, total: size, stage: null }),
        onOrdering: (events) => out.progress({ zh: '排序', en: 'ordering' }, { done: 0, total: events, stage: null }),
      })
      return isRefusal(read) ? read : await work(engine, read)
    })
  } catch (error) {
    const refusal = olapRefusal(error)
    if (refusal === null) throw error
    return refusal
  } finally {
    olap.close()
    await rm(folder, { recursive: true, force: true })
  }
}
