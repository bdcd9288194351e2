import type { Command } from 'commander'
import { compareProcedures, type ProcedureComparison } from '../../../core/discovery/compare-procedures.ts'
import { saysDuty, saysOrder } from '../../../core/discovery/says-comparison.ts'
import type { EventLog } from '../../../core/eventlog/event-log.ts'
import { wholeLog } from '../../../core/eventlog/log-view.ts'
import { analyse } from '../../../core/procedure/analyse.ts'
import type { LogConformance } from '../../../core/procedure/log-conformance.ts'
import type { Procedure } from '../../../core/procedure/procedure.ts'
import { checkSoundness } from '../../../core/procedure/soundness.ts'
import { unfinishedCases } from '../../../core/procedure/unfinished.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { readModelFile } from '../../../kernel/packs/procedures.ts'
import { text } from '../language.ts'
import { openLog } from '../open-log.ts'
import { action, group, type Output } from '../output.ts'

/** Order differences shown one by one; `--json` has all. */
const SHOWN = 20

interface CompareOptions {
  readonly log?: string
  readonly map?: string
  readonly budget: string
}

/** How many cases of a log follow a procedure. */
interface Following {
  readonly fitting: number
  readonly deviating: number
  readonly unsolved: number
}

/** `daylight procedure compare PRACTICE LAW`: a proposed or any procedure beside a listed one. */
export function register(program: Command): void {
  group(program, 'procedure', { zh: '程序', en: 'procedures' })
    .command('compare <practice> <law>')
    .description(
      text({
        zh: '把实际（或提议）的流程与法定程序对照：各自独有的环节、次序差异、被绕过的必经和限时环节',
        en: 'compare a practised (or proposed) procedure with the law’s: steps of one only, other orders, duties passed over',
      }),
    )
    .option(
      '--log <file>',
      text({ zh: '数一数日志里多少件符合各自的程序', en: 'count the cases of a log that follow each' }),
    )
    .option('--map <file>', text({ zh: '列的映射（YAML 或 JSON）', en: 'mapping of the columns (YAML or JSON)' }))
    .option('--budget <seconds>', text({ zh: '判断办件最多用多少秒', en: 'most seconds to judge the cases' }), '90')
    .action(
      action(async (out, practicePath: string, lawPath: string, options: CompareOptions) => {
        const budget = Number(options.budget)
        if (!(budget > 0)) return refuse('cli.usage', { why: `--budget ${options.budget}` })
        const practice = await readSound(practicePath)
        if (isRefusal(practice)) return practice
        const law = await readSound(lawPath)
        if (isRefusal(law)) return law
        const read = options.log === undefined ? null : await openLog(out, options.log, options.map)
        if (isRefusal(read)) return read
        const judged = read === null ? null : judgeBoth(out, read.log, practice, law, budget)
        const comparison = compareProcedures(practice, law, judged)
        if (isRefusal(comparison)) return comparison
        const own = judged === null ? null : counts(judged.byPractice)
        const listed = judged === null ? null : counts(judged.byLaw)
        const same = comparison.onlyInPractice.length + comparison.onlyInLaw.length + comparison.orders.length === 0
        return {
          json: { ...comparison, practice: own, law: listed },
          lines: lines(comparison, own, listed),
          differs: !same,
        }
      }),
    )
}

/** A procedure that can be compared: only of a sound one do all runs end. */
async function readSound(path: string): Promise<Procedure | Refusal> {
  const model = await readModelFile(path)
  if (isRefusal(model)) return model
  const soundness = checkSoundness(model.procedure.net)
  if (soundness.kind === 'sound') return model.procedure
  const [says] = soundness.kind === 'unsound' ? soundness.says : [soundness.says]
  return refuse('discovery.not-sound', { file: path, why: says === undefined ? '' : text(says) })
}

const counts = ({ fitting, deviating, unsolved }: LogConformance): Following => ({ fitting, deviating, unsolved })

/** Judges a log by both procedures; what is compared are the cases that have ended. */
function judgeBoth(out: Output, log: EventLog, practice: Procedure, law: Procedure, budget: number) {
  const unfinished = unfinishedCases(log)
  const judge = ({ net, caseActs }: Procedure): LogConformance => {
    const started = performance.now()
    return analyse(log, net, {
      caseActs,
      unfinished: (c) => unfinished[c] === 1,
      expired: () => performance.now() - started > budget * 1000,
      onProgress: (done, total) => out.progress({ zh: '逐件判断', en: 'judging cases' }, { done, total, stage: null }),
    })
  }
  const cases = wholeLog(log).cases.filter((c) => unfinished[c] === 0)
  return { view: { log, cases }, byLaw: judge(law), byPractice: judge(practice) }
}

function lines(comparison: ProcedureComparison, own: Following | null, listed: Following | null): string[] {
  const { onlyInPractice, onlyInLaw, common, orders, consistency, duties } = comparison
  const follows = (who: string, { fitting, deviating, unsolved }: Following): string =>
    text({
      zh: `${who}：${fitting} 件相符，${deviating} 件不符，${unsolved} 件未判`,
      en: `${who}: ${fitting} cases fit, ${deviating} do not, ${unsolved} unsolved`,
    })
  const broken = orders.filter(({ kind }) => kind !== 'stricter')
  const told = duties.flatMap((duty) => {
    const says = saysDuty(duty)
    return says === null ? [] : [`  ${text(says)}`]
  })
  return [
    `${text({ zh: '共有环节', en: 'steps in both' })}: ${common.length}`,
    `${text({ zh: '只在实际里', en: 'only in practice' })}: ${onlyInPractice
      .map(({ activity, caseAct }) =>
        caseAct === null
          ? activity
          : text({ zh: `${activity}（程序里是随时可办的行为）`, en: `${activity} (a case act in the procedure)` }),
      )
      .join('、')}`,
    `${text({ zh: '只在程序里', en: 'only in the procedure' })}: ${onlyInLaw.map(({ activity }) => activity).join('、')}`,
    `${text({ zh: '次序一致', en: 'orders that agree' })}: ${consistency === null ? '–' : `${(100 * consistency).toFixed(1)}%`}`,
    ...broken.slice(0, SHOWN).map((order) => `  ${text(saysOrder(order))}`),
    ...(broken.length > SHOWN
      ? [text({ zh: `  ……另有 ${broken.length - SHOWN} 处`, en: `  … and ${broken.length - SHOWN} more` })]
      : []),
    ...(orders.length > broken.length
      ? [
          text({
            zh: `  另有 ${orders.length - broken.length} 处实际比程序更严，不违反程序`,
            en: `  ${orders.length - broken.length} more where the practice is stricter, which breaks nothing`,
          }),
        ]
      : []),
    ...(told.length === 0 ? [] : [`${text({ zh: '必经和限时环节', en: 'mandatory and limited steps' })}:`, ...told]),
    ...(own === null ? [] : [follows(text({ zh: '按实际流程', en: 'by the practice' }), own)]),
    ...(listed === null ? [] : [follows(text({ zh: '按程序', en: 'by the procedure' }), listed)]),
  ]
}
