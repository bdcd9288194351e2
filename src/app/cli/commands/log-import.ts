import { randomUUIDv7 } from 'node:crypto'
import { basename, resolve } from 'node:path'
import type { Command } from 'commander'
import { sql } from 'kysely'
import { type Bilingual, isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import type { Db } from '../../../kernel/db/db.ts'
import { olapLimits, openOlap } from '../../../kernel/olap/olap.ts'
import { readYaml } from '../../../kernel/packs/read-yaml.ts'
import { logMappingSchema } from '../../../kernel/tables/log-mapping.ts'
import { type ImportOutcome, importLog } from '../../../modules/supervise/logs/import-log.ts'
import { text } from '../language.ts'
import { action, group, type Outcome, type Output } from '../output.ts'
import { withStore } from '../store.ts'

interface ImportOptions {
  readonly map?: string
  readonly name?: string
  readonly region?: string
  readonly log?: string
}

/** `daylight log import FILE`: brings a log into the store, as the console does; a file of any size that the disk holds. */
export function register(program: Command): void {
  group(program, 'log', { zh: '其他系统的办件日志', en: 'logs of other systems' })
    .command('import <file>')
    .description(
      text({
        zh: '把一份日志导入本系统；已有的日志用 --log 指明，文件里的办件取代原有的',
        en: 'import a log into this deployment; with --log, its cases take the place of those that the log has',
      }),
    )
    .option('--map <file>', text({ zh: '列的映射（YAML 或 JSON）', en: 'mapping of the columns (YAML or JSON)' }))
    .option('--name <name>', text({ zh: '新日志的名称', en: 'name of a new log' }))
    .option('--region <code>', text({ zh: '新日志所属地区，如 99/9901', en: 'region of a new log, e.g. 99/9901' }))
    .option('--log <id>', text({ zh: '已有日志的编号', en: 'id of a log that is there' }))
    .action(action(run))
}

/** The log that is meant: one that is there, or a new one with its name and region. */
async function target(
  db: Db,
  { log, name, region }: ImportOptions,
): Promise<{ readonly log: string; readonly name: string; readonly region: string } | Refusal> {
  if (log !== undefined) {
    const known = await sql<{ name: string; region: string }>`
      select name, region from log where id::text = ${log}`.execute(db)
    const [found] = known.rows
    return found === undefined ? refuse('log.unknown') : { log, ...found }
  }
  if (name === undefined || name.trim() === '' || name.length > 200) return refuse('cli.usage', { why: '--name' })
  if (region === undefined || !/^\d+(\/\d+)*$/.test(region)) return refuse('cli.usage', { why: '--region 99/9901' })
  return { log: randomUUIDv7(), name, region }
}

async function run(out: Output, file: string, options: ImportOptions): Promise<Outcome | Refusal> {
  const mapping = options.map === undefined ? null : await readYaml(options.map, logMappingSchema)
  if (isRefusal(mapping)) return mapping
  return await withStore(async (db, config) => {
    const meant = await target(db, options)
    if (isRefusal(meant)) return meant
    const olap = openOlap(olapLimits(config.home))
    try {
      const path = resolve(file)
      const actor = { officer: null, post: null, organ: null }
      const outcome = await importLog(
        { db, olap, home: config.home },
        { ...meant, path, file: basename(path), mapping, zone: config.zone, actor },
        {
          clock: () => Temporal.Now.instant(),
          progress: (now) => out.progress(stages[now.stage ?? ''] ?? { zh: '导入', en: 'importing' }, now),
        },
      )
      return isRefusal(outcome) ? outcome : shown(outcome)
    } finally {
      olap.close()
    }
  })
}

const stages: Readonly<Record<string, Bilingual>> = {
  'log-import.reading': { zh: '读取日志', en: 'reading the log' },
  'log-import.writing': { zh: '排序', en: 'ordering' },
  'log-import.storing': { zh: '存入办件', en: 'storing the cases' },
}

function shown(outcome: ImportOutcome): Outcome {
  const { log, rows, cases } = outcome
  const number = (value: number): string => value.toLocaleString('en')
  const labelled: [Bilingual, string][] = [
    [{ zh: '日志', en: 'log' }, log],
    [{ zh: '办件', en: 'cases' }, number(cases)],
    [{ zh: '来源行', en: 'rows in' }, number(rows.in)],
    [{ zh: '采用', en: 'used' }, number(rows.used)],
    [{ zh: '另列', en: 'reported' }, number(rows.reported)],
  ]
  return { json: outcome, lines: labelled.map(([label, value]) => `${text(label).padEnd(10)}${value}`) }
}
