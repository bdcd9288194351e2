import type { Command } from 'commander'
import { type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { logFilterSchema } from '../../../modules/supervise/logs/analysis/filter.ts'
import type { StatedFilter } from '../../../modules/supervise/logs/analysis/question.ts'
import { text } from '../language.ts'

/** The options that make a filter, as commander hands them over. */
export interface FilterOptions {
  readonly filter?: string
  readonly from?: string
  readonly to?: string
  readonly time?: string
  readonly organ?: readonly string[]
  readonly post?: readonly string[]
  readonly officer?: readonly string[]
  readonly region?: readonly string[]
  readonly power?: readonly string[]
  readonly contains?: readonly string[]
  readonly lacks?: readonly string[]
  readonly startsWith?: readonly string[]
  readonly endsWith?: readonly string[]
  readonly directly?: readonly string[]
  readonly eventually?: readonly string[]
  readonly repeats?: readonly string[]
  readonly variant?: readonly string[]
  readonly outcome?: string
  readonly endBy?: readonly string[]
  readonly attribute?: readonly string[]
  readonly least?: string
  readonly most?: string
  readonly openOn?: string
}

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value]

/** Adds the options of a filter to a command; those that can be given several times are collected. */
export function withFilter(command: Command): Command {
  const many = (flags: string, zh: string, en: string): void => {
    command.option(flags, text({ zh: `${zh}（可以多次）`, en: `${en} (may be repeated)` }), collect)
  }
  command
    .option(
      '--filter <json>',
      text({ zh: '筛选条件的 JSON，与网页地址里的相同', en: 'a filter as JSON, as in a page’s address' }),
    )
    .option('--from <date>', text({ zh: '从这一天', en: 'from this day' }))
    .option('--to <date>', text({ zh: '到这一天（含）', en: 'to this day, itself included' }))
    .option(
      '--time <how>',
      text({
        zh: '这段时间里：starts 开始 / ends 结束 / touches 在办 / within 全程',
        en: 'in these days the case: starts / ends / touches / within',
      }),
      'starts',
    )
  many('--organ <name>', '这个单位办过的', 'cases in which this organ acted')
  many('--post <name>', '这个岗位办过的', 'cases in which this post acted')
  many('--officer <mark>', '这个经办人（代号）办过的', 'cases in which this officer (mark) acted')
  many('--region <code>', '这个区划及其下级的', 'cases of this region and below')
  many('--power <code>', '这个事项的', 'cases of this item')
  many('--contains <activity>', '经过这个环节的', 'cases with this activity')
  many('--lacks <activity>', '没有这个环节的', 'cases without this activity')
  many('--starts-with <activity>', '以这个环节开始的', 'cases that begin with this activity')
  many('--ends-with <activity>', '以这个环节结束的', 'cases that end with this activity')
  many('--directly <A=>B>', '甲环节之后紧接乙环节的', 'cases in which B comes directly after A')
  many('--eventually <A=>B>', '甲环节之后有乙环节的', 'cases in which B comes after A')
  many('--repeats <activity>', '重复这个环节的', 'cases that repeat this activity')
  many('--variant <name>', '走这条路径的', 'cases of this variant')
  many('--end-by <activity>', '以这个环节为办结（日志没有办结列时）', 'an activity that ends a case, if no column does')
  many('--attribute <key=value>', '属性等于这个值的', 'cases with this value of an attribute')
  return command
    .option('--outcome <ended|open>', text({ zh: '已办结或尚未办结的', en: 'cases that have ended, or not' }))
    .option('--least <duration>', text({ zh: '用时至少（如 90m、8h、30d）', en: 'took at least, e.g. 90m, 8h, 30d' }))
    .option('--most <duration>', text({ zh: '用时至多', en: 'took at most' }))
    .option('--open-on <date>', text({ zh: '这一天结束时尚未办结的', en: 'cases open at the end of this day' }))
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, '': 1 }

function secondsOf(words: string): number | null {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(words) ?? []
  return number === undefined ? null : Number(number) * (units[unit ?? ''] as number)
}

/** The filter that options state; null for the whole log. Refuses `cli.usage` for what cannot be read. */
export function filterOf(options: FilterOptions): StatedFilter | null | Refusal {
  const bad = (option: string, value: string): Refusal => refuse('cli.usage', { why: `--${option} ${value}` })
  const stated = options.filter === undefined ? {} : jsonOf(options.filter)
  if (stated === null) return bad('filter', options.filter ?? '')
  const filter: Record<string, unknown> = { ...stated }
  const { from, to, time: how, outcome, openOn } = options
  if (from !== undefined || to !== undefined) filter.time = { how, from, to }
  const lists = ['organ', 'post', 'officer', 'region', 'power', 'contains', 'lacks'] as const
  for (const key of [...lists, 'startsWith', 'endsWith', 'repeats', 'variant', 'endBy'] as const)
    if (options[key] !== undefined) filter[key] = options[key]
  const follows: object[] = []
  for (const path of ['directly', 'eventually'] as const) {
    for (const step of options[path] ?? []) {
      const [first, second, ...more] = step.split('=>')
      if (first === undefined || second === undefined || more.length > 0) return bad(path, step)
      follows.push({ from: first, to: second, how: path })
    }
  }
  if (follows.length > 0) filter.follows = follows
  const values = new Map<string, string[]>()
  for (const word of options.attribute ?? []) {
    const equals = word.indexOf('=')
    if (equals < 1) return bad('attribute', word)
    const key = word.slice(0, equals)
    values.set(key, [...(values.get(key) ?? []), word.slice(equals + 1)])
  }
  if (values.size > 0) filter.attribute = [...values].map(([key, wanted]) => ({ key, values: wanted }))
  if (outcome !== undefined) filter.outcome = outcome
  if (openOn !== undefined) filter.openOn = openOn
  for (const bound of ['least', 'most'] as const) {
    const words = options[bound]
    if (words === undefined) continue
    const seconds = secondsOf(words)
    if (seconds === null) return bad(bound, words)
    filter.duration = { ...(filter.duration as object | undefined), [bound]: seconds }
  }
  if (Object.keys(filter).length === 0) return null
  const checked = logFilterSchema.safeParse(filter)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  return refuse('cli.usage', { why: `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim() })
}

function jsonOf(words: string): object | null {
  try {
    const value: unknown = JSON.parse(words)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}
