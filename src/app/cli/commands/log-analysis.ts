import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Command } from 'commander'
import { defaultZeta } from '../../../core/eventlog/temporal-profile.ts'
import { type Bilingual, isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { zoneOf } from '../../../core/worktime/zone.ts'
import { type Config, readConfig } from '../../../kernel/config/config.ts'
import { withEnds } from '../../../kernel/event-files/stored-open-cases.ts'
import { readCalendar } from '../../../kernel/packs/packs.ts'
import { answer } from '../../../modules/supervise/logs/analysis/answer.ts'
import { answerFromFiles, isFilesQuestion } from '../../../modules/supervise/logs/analysis/answer-from-files.ts'
import { markOfficers } from '../../../modules/supervise/logs/analysis/mark-officers.ts'
import type { PageOf, StatedFilter } from '../../../modules/supervise/logs/analysis/question.ts'
import { AnalysedLog } from '../../../modules/supervise/logs/analysis/subject.ts'
import { analysisViews, type CommandQuestion } from '../analysis/analysis-views.ts'
import { type FilterOptions, filterOf, withFilter } from '../analysis/filter-options.ts'
import { tableCsv, tableLines } from '../analysis/shown-table.ts'
import { text } from '../language.ts'
import { isLargeLog, withLargeLog } from '../large-log.ts'
import { openLog } from '../open-log.ts'
import { action, group, type Output } from '../output.ts'
import { writeOutput } from '../write-output.ts'

/** Rows in `--json`; `--csv` has as many. */
const ALL: PageOf = { from: 0, limit: 1_000_000 }
/** Ways of a log that is not held in memory. */
const MANY: PageOf = { from: 0, limit: 10_000 }

interface AnalysisOptions extends FilterOptions {
  readonly map?: string
  readonly csv?: string
  readonly names?: true
  readonly by?: string
  readonly zeta?: string
  readonly step?: string
  readonly order?: string
  readonly calendar?: string
  readonly a?: string
  readonly b?: string
  readonly splitOn?: string
}

type Asked = { readonly filter: StatedFilter | null; readonly question: CommandQuestion }

interface AnalysisCommand {
  readonly name: string
  readonly about: Bilingual
  /** The command's own options. */
  readonly options?: (command: Command) => void
  readonly ask: (options: AnalysisOptions, packs: string) => Asked | Refusal | Promise<Asked | Refusal>
}

/** `daylight log facets|overview|variants|graph|performance|rework|handovers|rhythm|temporal|open|cases|compare LOG`. */
export function register(program: Command): void {
  const log = group(program, 'log', { zh: '其他系统的办件日志', en: 'logs of other systems' })
  for (const each of commands) {
    const command = withFilter(
      log
        .command(`${each.name} <log>`)
        .description(text(each.about))
        .option('--map <file>', text({ zh: '列的映射（YAML 或 JSON）', en: 'mapping of the columns (YAML or JSON)' }))
        .option('--csv <file>', text({ zh: '表格写入这个 CSV', en: 'write the table to this CSV' }))
        .option('--names', text({ zh: '经办人显示原名，不用代号', en: 'show officers by name, not by mark' })),
    )
    each.options?.(command)
    command.action(action((out, path: string, options: AnalysisOptions) => run(out, path, options, each)))
  }
}

async function run(out: Output, path: string, options: AnalysisOptions, command: AnalysisCommand) {
  const config = readConfig()
  if (isRefusal(config)) return config
  const asked = await command.ask(options, config.packs)
  if (isRefusal(asked)) return asked
  const found = await answered(out, path, options, asked, config)
  if (isRefusal(found)) return found
  const view = analysisViews[asked.question.kind]
  if (options.csv !== undefined) {
    const written = await writeOutput(options.csv, tableCsv(view.columns, view.rows(found)))
    if (isRefusal(written)) return written
  }
  return { json: found, lines: [...view.head(found).map(text), ...tableLines(view.columns, view.rows(found))] }
}

/** The answer from memory, or from files where the log looks too large and they can answer. */
async function answered(
  out: Output,
  path: string,
  { map, names }: AnalysisOptions,
  { filter, question }: Asked,
  config: Config,
): Promise<object | Refusal> {
  if (isFilesQuestion(filter, question) && (await isLargeLog(path, config))) {
    const asked = question.kind === 'variants' ? { ...question, page: MANY } : question
    return await withLargeLog(out, path, map, (engine, { ordered }) =>
      answerFromFiles(engine, [withEnds(ordered)], zoneOf(config.zone), asked),
    )
  }
  const read = await openLog(out, path, map)
  if (isRefusal(read)) return read
  // the same file gives the same marks; who holds the file can tell who they are
  const key = createHash('sha256').update(read.report.file).digest()
  const shown = names === true ? read.log : markOfficers(read.log, key)
  return answer(new AnalysedLog(shown, config.zone), filter, question)
}

/** A question about the cases that the options' filter leaves. */
const filtered = (options: AnalysisOptions, question: CommandQuestion): Asked | Refusal => {
  const filter = filterOf(options)
  return isRefusal(filter) ? filter : { filter, question }
}

/** One of the words that an option may have. */
function oneOf<Word extends string>(option: string, value: string | undefined, words: readonly Word[]): Word | Refusal {
  const found = words.find((word) => word === value)
  return found ?? refuse('cli.usage', { why: `--${option} ${value ?? ''} (${words.join(' / ')})` })
}

const commands: readonly AnalysisCommand[] = [
  {
    name: 'facets',
    about: { zh: '一份日志可以按什么筛选', en: 'what a filter of a log can choose from' },
    ask: (options) => filtered(options, { kind: 'facets' }),
  },
  {
    name: 'overview',
    about: { zh: '一份日志的概况，和首先值得看的', en: 'a log at a glance, and what deserves a look first' },
    options: (command) =>
      command.option('--calendar <id>', text({ zh: '用这个日历计工作日', en: 'count working days by this calendar' })),
    async ask(options, packs) {
      const { calendar: id } = options
      const calendar = id === undefined ? null : await readCalendar(id, [join(packs, 'calendars')])
      return isRefusal(calendar) ? calendar : filtered(options, { kind: 'overview', calendar })
    },
  },
  {
    name: 'variants',
    about: { zh: '办件走过的路径，最多的在前', en: 'the ways that cases went, the most frequent first' },
    ask: (options) => filtered(options, { kind: 'variants', page: ALL }),
  },
  {
    name: 'graph',
    about: {
      zh: '哪个环节之后紧接哪个环节，各多少次、多久',
      en: 'which activity directly follows which, how often and after how long',
    },
    ask: (options) => filtered(options, { kind: 'graph' }),
  },
  {
    name: 'performance',
    about: {
      zh: '每个环节、单位、岗位的办件量、等待和办理',
      en: 'what went through each step, organ or post, waiting and handling',
    },
    options: (command) => command.option('--by <what>', 'step / organ / post / officer / region / power', 'step'),
    ask(options) {
      const by = oneOf('by', options.by, ['step', 'organ', 'post', 'officer', 'region', 'power'] as const)
      return isRefusal(by) ? by : filtered(options, { kind: 'throughput', by })
    },
  },
  {
    name: 'rework',
    about: { zh: '哪些环节重复', en: 'which activities are repeated' },
    ask: (options) => filtered(options, { kind: 'rework' }),
  },
  {
    name: 'handovers',
    about: { zh: '谁交给谁，多少次、多久', en: 'who hands over to whom, how often and after how long' },
    options: (command) => command.option('--by <who>', 'organ / post / officer', 'organ'),
    ask(options) {
      const by = oneOf('by', options.by, ['organ', 'post', 'officer'] as const)
      return isRefusal(by) ? by : filtered(options, { kind: 'handovers', by })
    },
  },
  {
    name: 'rhythm',
    about: { zh: '一周里哪些钟点最忙', en: 'the busiest hours of the week' },
    options: (command) => command.option('--by <who>', 'none / organ / post / officer', 'none'),
    ask(options) {
      const by = oneOf('by', options.by, ['none', 'organ', 'post', 'officer'] as const)
      return isRefusal(by) ? by : filtered(options, { kind: 'rhythm', by })
    },
  },
  {
    name: 'temporal',
    about: {
      zh: '环节之间通常多久，哪些办件远远偏离（样本标准差）',
      en: 'the usual times between activities, and the cases far from them (sample standard deviation)',
    },
    options: (command) =>
      command.option(
        '--zeta <n>',
        text({ zh: '偏离几个标准差算远', en: 'standard deviations that are still usual' }),
        String(defaultZeta),
      ),
    ask(options) {
      const zeta = Number(options.zeta)
      if (!(zeta >= 0)) return refuse('cli.usage', { why: `--zeta ${options.zeta}` })
      return filtered(options, { kind: 'temporal', zeta, page: ALL })
    },
  },
  {
    name: 'open',
    about: { zh: '每天（周、月）开始、办结和在办的件数', en: 'cases begun, ended and open by day, week or month' },
    options: (command) => command.option('--step <what>', 'day / week / month', 'day'),
    ask(options) {
      const step = oneOf('step', options.step, ['day', 'week', 'month'] as const)
      return isRefusal(step) ? step : filtered(options, { kind: 'open', step })
    },
  },
  {
    name: 'cases',
    about: { zh: '筛选出的办件', en: 'the cases that a filter leaves' },
    options: (command) => command.option('--order <how>', 'started / longest / shortest / events', 'started'),
    ask(options) {
      const order = oneOf('order', options.order, ['started', 'longest', 'shortest', 'events'] as const)
      return isRefusal(order) ? order : filtered(options, { kind: 'cases', order, page: ALL })
    },
  },
  {
    name: 'compare',
    about: {
      zh: '两个时期、单位或其他部分并排比较，要紧的差异在前',
      en: 'two periods, organs or other parts side by side, the differences that matter first',
    },
    options: (command) =>
      command
        .option('--a <json>', text({ zh: '甲方的筛选条件', en: 'the filter of side A' }))
        .option('--b <json>', text({ zh: '乙方的筛选条件', en: 'the filter of side B' }))
        .option(
          '--split-on <date>',
          text({ zh: '甲方在这一天之前开始，乙方从这一天起', en: 'A began before this day, B from this day on' }),
        ),
    ask: compared,
  },
]

/** Two sides: each is the common filter with its own part. */
function compared(options: AnalysisOptions): Asked | Refusal {
  const { a: statedA, b: statedB, splitOn, ...common } = options
  const base = filterOf(common)
  if (isRefusal(base)) return base
  const own = (json: string | undefined): StatedFilter | null | Refusal =>
    json === undefined ? null : filterOf({ filter: json })
  const [a, b] = [own(statedA), own(statedB)]
  if (isRefusal(a)) return a
  if (isRefusal(b)) return b
  const [first, second]: [StatedFilter, StatedFilter] = [
    { ...base, ...a },
    { ...base, ...b },
  ]
  const split = splitOn === undefined ? null : splitBy(splitOn)
  if (isRefusal(split)) return split
  if (split === null && a === null && b === null) {
    const why = text({
      zh: '要比较什么：--a 和 --b，或 --split-on',
      en: 'say what to compare: --a and --b, or --split-on',
    })
    return refuse('cli.usage', { why })
  }
  return {
    filter: { ...first, ...(split === null ? {} : { time: split.before }) },
    question: {
      kind: 'compare',
      b: { ...second, ...(split === null ? {} : { time: split.after }) },
      judgedBy: null,
      deviations: [],
    },
  }
}

type Time = NonNullable<StatedFilter['time']>

function splitBy(date: string): { readonly before: Time; readonly after: Time } | Refusal {
  try {
    const day = Temporal.PlainDate.from(date)
    return {
      before: { how: 'starts', to: day.subtract({ days: 1 }).toString() },
      after: { how: 'starts', from: day.toString() },
    }
  } catch {
    return refuse('cli.usage', { why: `--split-on ${date}` })
  }
}
