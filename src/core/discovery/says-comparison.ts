import type { OrderRelation } from '../procedure/behavioural-profile.ts'
import type { Bilingual } from '../refusal/refusal.ts'
import type { LegalDuty, OrderDifference } from './compare-procedures.ts'

const relation = (a: string, b: string, how: OrderRelation): Bilingual => {
  switch (how) {
    case 'before':
      return { zh: `“${a}”在“${b}”之前`, en: `“${a}” comes before “${b}”` }
    case 'after':
      return { zh: `“${b}”在“${a}”之前`, en: `“${b}” comes before “${a}”` }
    case 'exclusive':
      return { zh: `“${a}”和“${b}”只办其一`, en: `only one of “${a}” and “${b}” is done` }
    case 'either-order':
      return { zh: `“${a}”和“${b}”先后不限`, en: `“${a}” and “${b}” may come in either order` }
  }
}

/** An order difference as a sentence, with the cases that break the procedure's order. */
export function saysOrder({ kind, a, b, practice, law, brokenBy }: OrderDifference): Bilingual {
  const [own, listed] = [relation(a, b, practice), relation(a, b, law)]
  const cases: Bilingual =
    brokenBy === null || kind === 'stricter'
      ? { zh: '', en: '' }
      : brokenBy === 0
        ? { zh: '没有一件违反，只是图画得宽。', en: ' No case breaks it; the drawing merely allows it.' }
        : { zh: `${brokenBy} 件违反程序的次序。`, en: ` ${brokenBy} case(s) break the procedure’s order.` }
  return {
    zh: `实际：${own.zh}；程序：${listed.zh}。${cases.zh}`,
    en: `In practice ${own.en}; in the procedure ${listed.en}.${cases.en}`,
  }
}

/** What becomes of a mandatory or limited step, as a sentence; null where the practice always does it. */
export function saysDuty({ activity, mandatory, limit, inPractice, lackedBy }: LegalDuty): Bilingual | null {
  if (inPractice === 'always' && (lackedBy ?? 0) === 0) return null
  const what = mandatory
    ? { zh: '必经环节', en: 'mandatory step' }
    : { zh: `限时环节（${limit?.days ?? ''} 日）`, en: `limited step (${limit?.days ?? ''} days)` }
  const how: Bilingual =
    inPractice === 'never'
      ? { zh: '实际流程里没有', en: 'is not in the practice' }
      : inPractice === 'sometimes'
        ? { zh: '实际流程可以绕过', en: 'can be passed over in practice' }
        : inPractice === null
          ? { zh: '能否绕过没有算完', en: 'could not be followed to the end in practice' }
          : { zh: '实际流程里都有', en: 'is in the practice' }
  const cases: Bilingual =
    lackedBy === null ? { zh: '', en: '' } : { zh: `，${lackedBy} 件没有它`, en: `; ${lackedBy} case(s) lack it` }
  return {
    zh: `${what.zh}“${activity}”${how.zh}${cases.zh}。`,
    en: `The ${what.en} “${activity}” ${how.en}${cases.en}.`,
  }
}
