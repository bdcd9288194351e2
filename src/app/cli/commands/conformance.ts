import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { EventLog } from '../../../core/eventlog/event-log.ts'
import { analyse } from '../../../core/procedure/analyse.ts'
import { commonDeviations, type DeviationCount } from '../../../core/procedure/common-deviations.ts'
import type { LogConformance } from '../../../core/procedure/log-conformance.ts'
import { unfinishedCases } from '../../../core/procedure/unfinished.ts'
import { type Bilingual, isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { readModelFile } from '../../../kernel/packs/procedures.ts'
import { text } from '../language.ts'
import { openLog } from '../open-log.ts'
import { action } from '../output.ts'

interface ConformanceOptions {
  readonly model: string
  readonly map?: string
  readonly cases?: string
  readonly budget: string
}

/** Deviations shown one by one, and in `--json`. */
const SHOWN = 10
const IN_JSON = 100

/** `daylight conformance LOG --model NET`: where the cases of a log left their procedure, by optimal alignments. */
export function register(program: Command): void {
  program
    .command('conformance <log>')
    .description(
      text({
        zh: '按程序（BPMN 或 PNML）逐件判断日志：是否相符、差在哪里（最优对齐）',
        en: 'judge each case of a log by a procedure (BPMN or PNML): does it fit, and where not (optimal alignments)',
      }),
    )
    .requiredOption('--model <file>', text({ zh: '程序：BPMN 2.0 或 PNML', en: 'the procedure: BPMN 2.0 or PNML' }))
    .option('--map <file>', text({ zh: '列的映射（YAML 或 JSON）', en: 'mapping of the columns (YAML or JSON)' }))
    .option('--cases <file>', text({ zh: '逐件结果写入这个 CSV', en: 'write the result of each case to this CSV' }))
    .option('--budget <seconds>', text({ zh: '最多计算多少秒', en: 'most seconds to compute' }), '90')
    .action(
      action(async (out, path: string, options: ConformanceOptions) => {
        const budget = Number(options.budget)
        if (!(budget > 0)) return refuse('cli.usage', { why: `--budget ${options.budget}` })
        const model = await readModelFile(options.model)
        if (isRefusal(model)) return model
        const read = await openLog(out, path, options.map)
        if (isRefusal(read)) return read
        const { procedure, hash } = model
        const unfinished = unfinishedCases(read.log)
        const started = performance.now()
        const result = analyse(read.log, procedure.net, {
          caseActs: procedure.caseActs,
          unfinished: (c) => unfinished[c] === 1,
          expired: () => performance.now() - started > budget * 1000,
          onProgress: (done, total) =>
            out.progress({ zh: '逐件判断', en: 'judging cases' }, { done, total, stage: null }),
        })
        const seconds = (performance.now() - started) / 1000
        if (options.cases !== undefined) {
          const written = await writeCases(options.cases, read.log, result)
          if (isRefusal(written)) return written
        }
        const reason = whyBlank(result, budget)
        if (reason !== null) out.note(reason)
        const common = commonDeviations(result)
        return {
          json: json(result, reason, common, seconds, hash),
          lines: lines(result, common, seconds),
        }
      }),
    )
}

/** Why some or all costs are blank, where they are. */
function whyBlank(result: LogConformance, budget: number): Bilingual | null {
  if (result.noEnd) {
    return {
      zh: '程序的终点从起点无法到达（已证明），没有任何一件能走到终点，所以每件的代价都空着。',
      en: 'The procedure’s end cannot be reached from its start (proven): no case can run to the end, so every cost is blank.',
    }
  }
  if (result.unsolved === 0) return null
  return {
    zh: `${result.unsolved} 件在限度内（${budget} 秒，每个变体的状态数）没有算完，代价空着；可以加大 --budget。`,
    en: `${result.unsolved} cases were not solved within the limits (${budget} s, states per variant); their cost is blank. Raise --budget.`,
  }
}

const quoted = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

async function writeCases(path: string, log: EventLog, result: LogConformance): Promise<true | Refusal> {
  const rows = ['case_id,replay_missing,replay_remaining,replay_consumed,replay_produced,fits,align_cost,align_fitness']
  log.caseIds.forEach((id, index) => {
    const { replay, fits, cost, fitness } = result.ofCase(index)
    const counts = [replay?.missing, replay?.remaining, replay?.consumed, replay?.produced]
    rows.push([quoted(id), ...counts.map((count) => count ?? ''), fits ?? '', cost ?? '', fitness ?? ''].join(','))
  })
  try {
    await writeFile(path, `${rows.join('\n')}\n`)
    return true
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code
    if (why === undefined) throw error
    return refuse('input.unwritable', { file: path, why })
  }
}

function json(
  result: LogConformance,
  reason: Bilingual | null,
  common: readonly DeviationCount[],
  seconds: number,
  hash: string,
): object {
  const { cases, fitting, deviating, unsolved, fitness } = result
  return {
    cases,
    variants: result.variants.length,
    fitting,
    deviating,
    unsolved,
    fitness,
    ...(reason === null ? {} : { reason }),
    deviations: common.slice(0, IN_JSON),
    seconds,
    hash,
  }
}

function lines(result: LogConformance, common: readonly DeviationCount[], seconds: number): string[] {
  const { cases, fitting, deviating, unsolved, fitness, variants } = result
  const number = (value: number): string => value.toLocaleString('en')
  const counts: [Bilingual, string][] = [
    [
      { zh: '办件', en: 'cases' },
      `${number(cases)} (${number(variants.length)} ${text({ zh: '个变体', en: 'variants' })})`,
    ],
    [{ zh: '相符', en: 'fitting' }, number(fitting)],
    [{ zh: '不符', en: 'deviating' }, number(deviating)],
    [{ zh: '未判', en: 'unsolved' }, number(unsolved)],
    [{ zh: '符合度', en: 'fitness' }, fitness === null ? '–' : fitness.toFixed(4)],
    [{ zh: '用时', en: 'seconds' }, seconds.toFixed(2)],
  ]
  return [
    ...counts.map(([label, value]) => `${text(label).padEnd(12)}${value}`),
    ...common.slice(0, SHOWN).map(({ says, cases: count }) => `${String(count).padStart(8)}  ${text(says)}`),
  ]
}
