import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { lackSays } from '../../../core/check/facts.ts'
import type { ColumnValue, Found, RuleResult } from '../../../core/check/result.ts'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import { readConfig } from '../../../kernel/config/config.ts'
import { readYaml } from '../../../kernel/packs/packs.ts'
import { logMappingSchema } from '../../../kernel/tables/log-mapping.ts'
import { readLog } from '../../../kernel/tables/read-log.ts'
import { type Judgement, judgeLog } from '../../../modules/supervise/plans/judge-log.ts'
import { readPlan } from '../../../modules/supervise/plans/plan-file.ts'
import { interruptible } from '../interruptible.ts'
import { type JudgingOptions, readJudgingLimits, withJudgingOptions } from '../judging-options.ts'
import { text } from '../language.ts'
import { action, type Outcome, type Output } from '../output.ts'

/** So many finds of a rule are shown to a person. */
const shown = 5

interface SuperviseOptions extends JudgingOptions {
  readonly plan: string
  readonly map?: string
  readonly limit: string
}

/** `daylight supervise LOG --plan PLAN.yml`: what each check of a plan says of a log. */
export function register(program: Command): void {
  const command = program
    .command('supervise <log>')
    .description(
      text({
        zh: '按一份方案监察一份日志：每条规则给出查到几件、没有，或者因缺什么而不能判断',
        en: 'judge a log by a plan: each rule says found n, none, or cannot be judged and what is lacking',
      }),
    )
    .requiredOption('--plan <file>', text({ zh: '监察方案（YAML）', en: 'the plan (YAML)' }))
    .option(
      '--map <file>',
      text({ zh: '列的映射，代替方案里的映射', en: 'mapping of the columns instead of the plan’s' }),
    )
    .option(
      '--limit <n>',
      text({ zh: '--json 里每条规则列出的件数', en: 'finds of each rule listed under --json' }),
      '1000',
    )
  withJudgingOptions(command, undefined).action(action(supervise))
}

async function supervise(out: Output, path: string, options: SuperviseOptions): Promise<Outcome | Refusal> {
  const config = readConfig()
  if (isRefusal(config)) return config
  const limits = readJudgingLimits(options)
  if (isRefusal(limits)) return limits
  const plan = await readPlan(options.plan)
  if (isRefusal(plan)) return plan
  const mapping = options.map === undefined ? plan.map : await readYaml(options.map, logMappingSchema)
  if (isRefusal(mapping)) return mapping
  const read = await readLog(path, {
    zone: plan.zone,
    ...(mapping === null ? {} : { mapping }),
    onProgress: ({ taken, size }) =>
      out.progress({ zh: '读取日志', en: 'reading the log' }, { done: taken, total: size, stage: null }),
  })
  if (isRefusal(read)) return read
  const today = Temporal.Now.plainDateISO(config.zone).toString()
  const judged = await interruptible((signal) =>
    judgeLog(read.log, plan, {
      packs: config.packs,
      folder: dirname(resolve(options.plan)),
      date: today,
      limits,
      onProgress: (done, total) => out.progress({ zh: '比对流程', en: 'aligning' }, { done, total, stage: null }),
      onDefect: (error) => out.note({ zh: `缺陷：${String(error)}`, en: `Defect: ${String(error)}` }),
      signal,
    }),
  )
  if (isRefusal(judged)) return judged
  const limit = Number.parseInt(options.limit, 10) || 0
  const { rows } = read.report
  return {
    json: {
      plan: plan.plan,
      cases: read.log.caseIds.length,
      events: read.log.row.length,
      rows,
      unseen: judged.unseen,
      checks: judged.results.map((result) => ruleJson(result, limit)),
    },
    lines: [...judged.results.flatMap(ruleLines), ...unseenLines(judged)],
  }
}

function ruleJson(result: RuleResult, limit: number): object {
  const { check, code, version, severity, judged, notApplicable } = result
  return {
    check,
    code,
    version,
    severity,
    result: result.result,
    n: result.found.length,
    cases: new Set(result.found.map((one) => one.index)).size,
    judged,
    notApplicable,
    lacks: result.lacks.map((lack) => ({ ...lack, says: lackSays(lack) })),
    found: result.found.slice(0, limit).map(foundJson),
  }
}

const foundJson = (one: Found): object => ({
  case: one.caseId,
  subject: one.subject,
  says: one.says,
  columns: one.columns satisfies Readonly<Record<string, ColumnValue>>,
  evidence: one.evidence,
})

function ruleLines(result: RuleResult): string[] {
  const lacking = result.lacks
    .map((lack) => `${text(lackSays(lack))} × ${lack.cases}`)
    .join(text({ zh: '、', en: ', ' }))
  const said = {
    found: text({ zh: `查到 ${result.found.length} 件`, en: `found ${result.found.length}` }),
    none: text({ zh: '没有', en: 'none' }),
    'cannot-be-judged': text({ zh: '不能判断', en: 'cannot be judged' }),
  }[result.result]
  const scope = text({
    zh: `已判断 ${result.judged} 件${result.notApplicable > 0 ? `，不适用 ${result.notApplicable} 件` : ''}`,
    en: `${result.judged} cases judged${result.notApplicable > 0 ? `, ${result.notApplicable} of other kinds` : ''}`,
  })
  const lack = lacking === '' ? '' : text({ zh: `；缺：${lacking}`, en: `; lacks: ${lacking}` })
  return [
    `${result.code} ${result.check.padEnd(24)} ${said}${text({ zh: '（', en: ' (' })}${scope}${lack}${text({ zh: '）', en: ')' })}`,
    ...result.found.slice(0, shown).map((one) => `    ${text(one.says)}`),
    ...(result.found.length > shown
      ? [
          text({
            zh: `    ……另有 ${result.found.length - shown} 件`,
            en: `    … and ${result.found.length - shown} more`,
          }),
        ]
      : []),
  ]
}

function unseenLines(judged: Judgement): string[] {
  if (judged.unseen.length === 0) return []
  const names = judged.unseen.join(text({ zh: '、', en: ', ' }))
  return [
    text({ zh: `方案提到、日志里从未出现：${names}`, en: `named by the plan and never seen in the log: ${names}` }),
  ]
}
