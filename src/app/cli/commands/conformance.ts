import type { Command } from 'commander'
import { commonDeviations, type DeviationCount } from '../../../core/procedure/common-deviations.ts'
import type { LogConformance } from '../../../core/procedure/log-conformance.ts'
import type { Net } from '../../../core/procedure/net.ts'
import { unfinishedCases } from '../../../core/procedure/unfinished.ts'
import { type Bilingual, isRefusal } from '../../../core/refusal/refusal.ts'
import { readModelFile } from '../../../kernel/packs/procedures.ts'
import { countDeviations, countElements } from '../../../modules/supervise/conformance/count-deviations.ts'
import { judgeCases } from '../../../modules/supervise/conformance/judge-cases.ts'
import { whyUnsolved } from '../../../modules/supervise/conformance/why-unsolved.ts'
import { writeCaseRows } from '../case-rows.ts'
import { interruptible } from '../interruptible.ts'
import { type JudgingOptions, readJudgingLimits, withJudgingOptions } from '../judging-options.ts'
import { text } from '../language.ts'
import { openLog } from '../open-log.ts'
import { action } from '../output.ts'

interface ConformanceOptions extends JudgingOptions {
  readonly model: string
  readonly map?: string
  readonly cases?: string
}

/** Deviations shown one by one; and in `--json`, as variants without a cost. */
const SHOWN = 10
const IN_JSON = 100

/** `daylight conformance LOG --model NET`: where the cases of a log left their procedure, by optimal alignments. */
export function register(program: Command): void {
  const command = program
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
  withJudgingOptions(command, '90').action(
    action(async (out, path: string, options: ConformanceOptions) => {
      const limits = readJudgingLimits(options)
      if (isRefusal(limits)) return limits
      const model = await readModelFile(options.model)
      if (isRefusal(model)) return model
      const read = await openLog(out, path, options.map)
      if (isRefusal(read)) return read
      const { procedure, hash } = model
      const unfinished = unfinishedCases(read.log)
      const defects: string[] = []
      const started = performance.now()
      const result = await interruptible((signal) =>
        judgeCases(read.log, procedure, limits, {
          unfinished: (c) => unfinished[c] === 1,
          onProgress: ({ judged, cases, unsolved, gap }) =>
            out.progress(judging(unsolved, gap), { done: judged, total: cases, stage: null }),
          onDefect: (error) => defects.push(error instanceof Error ? error.message : String(error)),
          signal,
        }),
      )
      if (isRefusal(result)) return result
      const seconds = (performance.now() - started) / 1000
      if (options.cases !== undefined) {
        const written = await writeCaseRows(options.cases, read.log, result)
        if (isRefusal(written)) return written
      }
      const reason = whyUnsolved(result, limits)
      if (reason !== null) out.note(reason)
      for (const defect of new Set(defects)) out.note({ zh: `缺陷：${defect}`, en: `Defect: ${defect}` })
      const common = commonDeviations(result)
      return { json: json(result, procedure.net, reason, common, seconds, hash), lines: lines(result, common, seconds) }
    }),
  )
}

/** What is being done; where some cases are unsolved, how many and how far the bounds of their costs lie apart. */
function judging(unsolved: number, gap: number): Bilingual {
  if (unsolved === 0) return { zh: '逐件判断', en: 'judging cases' }
  return {
    zh: `逐件判断（未解 ${unsolved}，上下界差 ${gap}）`,
    en: `judging cases (${unsolved} unsolved, bounds ${gap} apart)`,
  }
}

function json(
  result: LogConformance,
  net: Net,
  reason: Bilingual | null,
  common: readonly DeviationCount[],
  seconds: number,
  hash: string,
): object {
  const { cases, fitting, deviating, unsolved, unsolvedBy, fitness, fitnessBounds } = result
  const blank = result.variants.filter(({ why }) => why !== null && why !== 'no-end')
  return {
    cases,
    variants: result.variants.length,
    fitting,
    deviating,
    unsolved,
    ...(reason === null ? {} : { unsolvedBy, reason }),
    fitness,
    fitnessBounds,
    ...(blank.length === 0
      ? {}
      : {
          blank: blank.slice(0, IN_JSON).map(({ variant, bounds, why }) => ({
            cases: variant.cases.length,
            events: variant.trace.length,
            why,
            ...bounds,
          })),
        }),
    deviations: common.slice(0, IN_JSON),
    byStep: countDeviations(result).slice(0, IN_JSON),
    elements: countElements(result, net),
    seconds,
    hash,
  }
}

function lines(result: LogConformance, common: readonly DeviationCount[], seconds: number): string[] {
  const { cases, fitting, deviating, unsolved, fitness, fitnessBounds, variants } = result
  const number = (value: number): string => value.toLocaleString('en')
  const between =
    unsolved === 0 || fitnessBounds === null
      ? ''
      : text({
          zh: `（连未解的在内：${fitnessBounds.lower.toFixed(4)}–${fitnessBounds.upper.toFixed(4)}）`,
          en: ` (with the unsolved: ${fitnessBounds.lower.toFixed(4)}–${fitnessBounds.upper.toFixed(4)})`,
        })
  const counts: [Bilingual, string][] = [
    [
      { zh: '办件', en: 'cases' },
      `${number(cases)} (${number(variants.length)} ${text({ zh: '个变体', en: 'variants' })})`,
    ],
    [{ zh: '相符', en: 'fitting' }, number(fitting)],
    [{ zh: '不符', en: 'deviating' }, number(deviating)],
    [{ zh: '未判', en: 'unsolved' }, number(unsolved)],
    [{ zh: '符合度', en: 'fitness' }, `${fitness === null ? '–' : fitness.toFixed(4)}${between}`],
    [{ zh: '用时', en: 'seconds' }, seconds.toFixed(2)],
  ]
  return [
    ...counts.map(([label, value]) => `${text(label).padEnd(12)}${value}`),
    ...common.slice(0, SHOWN).map(({ says, cases: count }) => `${String(count).padStart(8)}  ${text(says)}`),
  ]
}
