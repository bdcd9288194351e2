import { isRefusal, type Refusal } from '../../core/refusal/refusal.ts'
import { readConfig } from '../../kernel/config/config.ts'
import { readYaml } from '../../kernel/packs/read-yaml.ts'
import { logMappingSchema } from '../../kernel/tables/log-mapping.ts'
import { type ReadLog, readLog } from '../../kernel/tables/read-log.ts'
import type { Output } from './output.ts'

/**
 * Reads the log that a command names straight from its file, with progress; `map` is the path of a mapping in YAML or
 * JSON. No server, no database. Remarks that change what the numbers mean go to standard error.
 */
export async function openLog(out: Output, path: string, map: string | undefined): Promise<ReadLog | Refusal> {
  const config = readConfig()
  if (isRefusal(config)) return config
  const mapping = map === undefined ? undefined : await readYaml(map, logMappingSchema)
  if (isRefusal(mapping)) return mapping
  return await readLog(path, {
    zone: config.zone,
    ...(mapping === undefined ? {} : { mapping }),
    onProgress: ({ taken, size }) =>
      out.progress({ zh: '读取日志', en: 'reading the log' }, { done: taken, total: size, stage: null }),
  })
}
