import type { LogConformance } from '../../../core/procedure/log-conformance.ts'
import type { UnsolvedWhy } from '../../../core/procedure/trace-judge.ts'
import type { Bilingual } from '../../../core/refusal/refusal.ts'
import type { JudgingLimits } from './judge-cases.ts'

const secondsOf = (limits: JudgingLimits): Bilingual => ({
  zh: `（共 ${limits.seconds} 秒，每件 ${limits.caseSeconds ?? limits.seconds} 秒）`,
  en: ` (${limits.seconds} s in all, ${limits.caseSeconds ?? limits.seconds} s a case)`,
})

const reasons = (limits: JudgingLimits | null): Readonly<Record<UnsolvedWhy, Bilingual>> => ({
  time: {
    zh: `到了时限${limits === null ? '' : secondsOf(limits).zh}`,
    en: `met the time limit${limits === null ? '' : secondsOf(limits).en}`,
  },
  memory: {
    zh: `用完了内存${limits === null ? '' : `（${limits.memory} MiB）`}`,
    en: `ran out of memory${limits === null ? '' : ` (${limits.memory} MiB)`}`,
  },
  states: { zh: '到了状态数的上限', en: 'met the limit of states' },
  defect: { zh: '因程序的缺陷没有算成', en: 'failed by a defect of the program' },
})

/** Says why some or all costs are blank; null where none is. `limits` are those that were judged by, where they are known. */
export function whyUnsolved(
  result: Pick<LogConformance, 'noEnd' | 'unsolved' | 'unsolvedBy'>,
  limits: JudgingLimits | null,
): Bilingual | null {
  if (result.noEnd) {
    return {
      zh: '程序的终点从起点无法到达（已证明），没有任何一件能走到终点，所以每件的代价都空着。',
      en: 'The procedure’s end cannot be reached from its start (proven): no case can run to the end, so every cost is blank.',
    }
  }
  if (result.unsolved === 0) return null
  const says = reasons(limits)
  const counted = Object.entries(result.unsolvedBy) as [UnsolvedWhy, number][]
  const parts = (language: keyof Bilingual): string =>
    counted
      .map(([why, cases]) => `${cases} ${language === 'zh' ? '件' : ''}${says[why][language]}`)
      .join(language === 'zh' ? '，' : ', ')
  return {
    zh: `${result.unsolved} 件没有算完，代价空着，只给出已证明的上下界：${parts('zh')}。可以加大时限或内存再算。`,
    en: `${result.unsolved} cases were not solved; their cost is blank, with its proven bounds: ${parts('en')}. More time or memory may solve them.`,
  }
}
