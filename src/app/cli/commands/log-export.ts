import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Command } from 'commander'
import { stringify } from 'yaml'
import type { EventLog } from '../../../core/eventlog/event-log.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { csvOfLog, csvPlan } from '../../../kernel/tables/export/csv-export.ts'
import type { ExportPlan } from '../../../kernel/tables/export/log-keys.ts'
import { xesOfLog, xesPlan } from '../../../kernel/tables/export/xes-export.ts'
import { text } from '../language.ts'
import { openLog } from '../open-log.ts'
import { action, group } from '../output.ts'

interface ExportOptions {
  readonly csv?: string
  readonly xes?: string
  readonly map?: string
}

/** `daylight log export LOG`: a log of any kind that is read here, written as XES or CSV, with the mapping that reads it back. */
export function register(program: Command): void {
  group(program, 'log', { zh: '其他系统的办件日志', en: 'logs of other systems' })
    .command('export <log>')
    .description(
      text({
        zh: '把一份日志写成 XES（IEEE 1849-2016）或 CSV；名称以 .gz 结尾就压缩；读回所用的映射写在旁边（.map.yml）',
        en: 'write a log as XES (IEEE 1849-2016) or CSV, packed if the name ends in .gz; the mapping that reads it back lies beside it (.map.yml)',
      }),
    )
    .option('--map <file>', text({ zh: '列的映射（YAML 或 JSON）', en: 'mapping of the columns (YAML or JSON)' }))
    .option('--xes <file>', text({ zh: '写成 XES', en: 'write as XES' }))
    .option('--csv <file>', text({ zh: '写成 CSV', en: 'write as CSV' }))
    .action(
      action(async (out, path: string, { csv, xes, map }: ExportOptions) => {
        if (csv === undefined && xes === undefined) {
          const why = text({ zh: '要写成什么：--xes 或 --csv', en: 'say what to write: --xes or --csv' })
          return refuse('cli.usage', { why })
        }
        const read = await openLog(out, path, map)
        if (isRefusal(read)) return read
        const { log } = read
        const written: object[] = []
        for (const [format, file] of [['xes', xes] as const, ['csv', csv] as const]) {
          if (file === undefined) continue
          const done = await write(log, format, file)
          if (isRefusal(done)) return done
          written.push({ format, file, mapping: done })
        }
        const { reported } = read.report.rows
        const counts = { cases: log.caseIds.length, events: log.time.length, reported }
        return {
          json: { ...counts, written },
          lines: [
            text({
              zh: `写出 ${counts.cases} 件、${counts.events} 个事件；来源中 ${reported} 行没有采用。`,
              en: `wrote ${counts.cases} cases, ${counts.events} events; ${reported} rows of the source were not used.`,
            }),
            ...[xes, csv].flatMap((file) => (file === undefined ? [] : [`${file} · ${file}.map.yml`])),
          ],
        }
      }),
    )
}

/** Writes the file and its mapping; returns the mapping's path. */
async function write(log: EventLog, format: 'xes' | 'csv', file: string): Promise<string | Refusal> {
  const plan: ExportPlan = format === 'xes' ? xesPlan(log) : csvPlan(log)
  const pieces = Readable.from(format === 'xes' ? xesOfLog(log, plan) : csvOfLog(log, plan))
  try {
    if (file.endsWith('.gz')) await pipeline(pieces, createGzip(), createWriteStream(file))
    else await pipeline(pieces, createWriteStream(file))
    await writeFile(`${file}.map.yml`, stringify(plan.mapping))
    return `${file}.map.yml`
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code
    if (why === undefined) throw error
    return refuse('input.unwritable', { file, why })
  }
}
