import { resolve } from 'node:path'
import type { Command } from 'commander'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { readConfig } from '../../../kernel/config/config.ts'
import { generateCases } from '../../example/generate/generate.ts'
import { readExample } from '../../example/read-example.ts'
import { writeLog } from '../../example/write-example.ts'
import { text } from '../language.ts'
import { action, group, type Outcome } from '../output.ts'

interface GenerateFlags {
  readonly seed: string
  readonly cases: string
  readonly out: string
  readonly truth?: string
  readonly clean?: boolean
}

/** `daylight example generate`: the example's cases as a log from another system. */
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
}

/** The fewest cases with room for every planted irregularity, and the most that are still an example. */
const range = { fewest: 100, most: 200_000 }

async function generate(_out: unknown, flags: GenerateFlags): Promise<Outcome | Refusal> {
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
      files.plan,
      ...(files.truth === null ? [] : [files.truth]),
    ],
  }
}
