import type { Deviation } from '../procedure/deviation.ts'
import type { Bilingual } from '../refusal/refusal.ts'
import type { ComparedSide, Difference } from './compare.ts'
import { saysDuration } from './says-duration.ts'

function shownValue({ value }: ComparedSide, unit: Difference['unit']): Bilingual {
  if (unit === 'seconds') return saysDuration(value)
  const text = unit === 'share' ? `${(value * 100).toFixed(1)}%` : String(Math.round(value * 10) / 10)
  return { zh: text, en: text }
}

const deviationKinds = {
  skipped: { zh: '跳过', en: 'skipped' },
  extra: { zh: '多做', en: 'done where it is not allowed' },
  unknown: { zh: '程序外发生', en: 'done though the procedure does not know it' },
  order: { zh: '次序颠倒', en: 'done out of order' },
  repeated: { zh: '多次重复', en: 'repeated too often' },
} as const satisfies Record<Deviation['kind'], Bilingual>

/** What is compared, as the subject of a sentence. */
function subject({ compared }: Difference): Bilingual {
  switch (compared.kind) {
    case 'duration':
      return { zh: '办理用时（中位）', en: 'Duration of a case (median)' }
    case 'events':
      return { zh: '每件的环节数（中位）', en: 'Events of a case (median)' }
    case 'open':
      return { zh: '尚未办结的办件', en: 'Cases not ended' }
    case 'step':
      return { zh: `经过“${compared.activity}”的办件`, en: `Cases with “${compared.activity}”` }
    case 'start':
      return { zh: `以“${compared.activity}”开始的办件`, en: `Cases that begin with “${compared.activity}”` }
    case 'end':
      return { zh: `以“${compared.activity}”结束的办件`, en: `Cases that end with “${compared.activity}”` }
    case 'rework':
      return {
        zh: `经过“${compared.activity}”的办件中重复它的`,
        en: `Of the cases with “${compared.activity}”, those that repeat it`,
      }
    case 'waiting':
      return { zh: `“${compared.activity}”之前的等待（中位）`, en: `Waiting before “${compared.activity}” (median)` }
    case 'handling':
      return { zh: `“${compared.activity}”的办理（中位）`, en: `Handling of “${compared.activity}” (median)` }
    case 'edge':
      return {
        zh: `两者都有的办件中“${compared.activity}”之后紧接“${compared.to}”的`,
        en: `Of the cases with both, “${compared.to}” directly after “${compared.activity}”`,
      }
    case 'deviation': {
      const what = deviationKinds[compared.how]
      return {
        zh: `${what.zh}“${compared.step}”的办件`,
        en: `Cases in which “${compared.step}” was ${what.en}`,
      }
    }
  }
}

/** One difference in a sentence: the two values, and how sure it is. */
export function saysDifference(difference: Difference): Bilingual {
  const [a, b] = [shownValue(difference.a, difference.unit), shownValue(difference.b, difference.unit)]
  const what = subject(difference)
  const sure = {
    sure: { zh: '差异可靠', en: 'the difference is sure' },
    likely: { zh: '差异可能成立', en: 'the difference is likely' },
    unsure: { zh: '可能只是偶然', en: 'it may be chance' },
  }[difference.sure]
  return {
    zh: `${what.zh}：甲 ${a.zh}，乙 ${b.zh}；${sure.zh}。`,
    en: `${what.en}: ${a.en} in A, ${b.en} in B; ${sure.en}.`,
  }
}
