import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { programFolder, readConfig } from '../../../kernel/config/config.ts'
import { olapLimits, openOlap } from '../../../kernel/olap/olap.ts'
import { generateCases } from '../../example/generate/generate.ts'
import { type LogLoaded, loadReceipt } from '../../example/load-log.ts'
import { readExample } from '../../example/read-example.ts'
import { writeLog } from '../../example/write-example.ts'
import { text } from '../language.ts'
import { action, group, type Outcome, type Output } from '../output.ts'
import { withStore } from '../store.ts'

interface GenerateFlags {
  readonly seed: string
  readonly cases: string
  readonly out: string
  readonly truth?: string
  readonly clean?: boolean
}

/** `daylight example generate` writes the example's cases as a log; `add-receipt` adds a public log to the deployment. */
export function register(program: Command): void {
  const example = group(program, 'example', { zh: '示例县', en: 'the example county' })
  example
    .command('generate')
    .description(
      text({
        zh: '生成一份行政许可办件日志及其监察方案；埋下的异常只写进 --truth 指定的文件',
        en: 'generate a log of permit cases and its plan; what is planted goes only to the file of --truth',
      }),
    )
    .option('--seed <n>', text({ zh: '随机种子；种子相同则日志相同', en: 'seed; the same seed, the same log' }), '1')
    .option('--cases <n>', text({ zh: '办件数', en: 'number of cases' }), '5000')
    .requiredOption('--out <folder>', text({ zh: '写入的文件夹', en: 'folder to write to' }))
    .option('--truth <file>', text({ zh: '埋下的异常清单', en: 'file for the list of planted cases' }))
    .option('--clean', text({ zh: '不埋任何异常', en: 'plant nothing' }))
    .action(action(generate))
  example
    .command('add-receipt [file]')
    .description(
      text({
        zh: '加入一份公开的外国日志（建设许可收件阶段），按期限和岗位分离判断',
        en: 'add a public log from abroad (the receipt of building permits), judged by deadline and separated posts',
      }),
    )
    .action(action(addReceipt))
}

/** Where the log lies when the shared data stand beside the checkout. */
const besideCheckout = join(programFolder, '../shared/data/eventlogs/receipt.csv')

async function addReceipt(out: Output, file?: string): Promise<Outcome | Refusal> {
  const path = resolve(file ?? besideCheckout)
  if (!existsSync(path)) return refuse('cli.no-such-path', { path })
  return await withStore(async (db, config) => {
    const olap = openOlap(olapLimits(config.home))
    try {
      const services = { db, olap, config, packs: config.packs, clock: () => Temporal.Now.instant() }
      const loaded = await loadReceipt(services, path, (now) =>
        out.progress({ zh: '导入并判断', en: 'Importing' }, now),
      )
      return isRefusal(loaded) ? loaded : receiptOutcome(loaded)
    } finally {
      olap.close()
    }
  })
}

function receiptOutcome(loaded: LogLoaded): Outcome {
  if (loaded === null)
    return { json: { added: false }, lines: [text({ zh: '这份日志已经在了。', en: 'The log is there already.' })] }
  return {
    json: { added: true, ...loaded },
    lines: [
      text({ zh: `${loaded.cases} 件办件`, en: `${loaded.cases} cases` }),
      ...loaded.rules.map((rule) => `${rule.code}  ${rule.result}  ${rule.n}`),
    ],
  }
}

/** The fewest cases with room for every planted irregularity, and the most that are still an example. */
const range = { fewest: 100, most: 200_000 }

async function generate(_out: Output, flags: GenerateFlags): Promise<Outcome | Refusal> {
  const config = readConfig()
  if (isRefusal(config)) return config
  const [seed, cases] = [Number(flags.seed), Number(flags.cases)]
  if (!Number.isInteger(seed)) return refuse('example.bad-number', { name: '--seed', value: flags.seed, range: '0 …' })
  if (!Number.isInteger(cases) || cases < range.fewest || cases > range.most)
    return refuse('example.bad-number', {
      name: '--cases',
      value: flags.cases,
      range: `${range.fewest} … ${range.most}`,
    })
  const example = await readExample(config.packs)
  if (isRefusal(example)) return example
  const generated = generateCases(example, { seed, cases, irregular: flags.clean !== true })
  const truth = flags.truth === undefined ? null : resolve(flags.truth)
  const files = await writeLog(example, generated, resolve(flags.out), truth)
  if (isRefusal(files)) return files
  const events = generated.cases.reduce((sum, one) => sum + one.events.length, 0)
  return {
    json: { seed, cases, events, planted: generated.planted.length, ...files },
    lines: [
      text({ zh: `${cases} 件办件，${events} 个环节`, en: `${cases} cases, ${events} events` }),
      files.log,
      files.map,
      files.plan,
      ...(files.truth === null ? [] : [files.truth]),
    ],
  }
}
