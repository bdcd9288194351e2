import type { OrderRelation } from '../procedure/behavioural-profile.ts'
import type { Bilingual } from '../refusal/refusal.ts'
import type { LegalDuty, OrderDifference, StepPresence } from './compare-procedures.ts'

/** The name of an activity in English. */
type EnglishName = (activity: string) => string

function relation(zhA: string, zhB: string, how: OrderRelation, english: EnglishName): Bilingual {
  const [a, b] = [english(zhA), english(zhB)]
  switch (how) {
    case 'before':
      return { zh: `“${zhA}”在“${zhB}”之前`, en: `“${a}” comes before “${b}”` }
    case 'after':
      return { zh: `“${zhB}”在“${zhA}”之前`, en: `“${b}” comes before “${a}”` }
    case 'exclusive':
      return { zh: `“${zhA}”和“${zhB}”只办其一`, en: `only one of “${a}” and “${b}” is done` }
    case 'either-order':
      return { zh: `“${zhA}”和“${zhB}”先后不限`, en: `“${a}” and “${b}” may come in either order` }
  }
}

/** An order difference as a sentence, with the cases that break the procedure's order. */
export function saysOrder(
  { kind, a, b, practice, law, brokenBy }: OrderDifference,
  english: EnglishName = (activity) => activity,
): Bilingual {
  const [own, listed] = [relation(a, b, practice, english), relation(a, b, law, english)]
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

const presence = (how: StepPresence): Bilingual =>
  how === 'never'
    ? { zh: '没有', en: 'it is not there' }
    : how === 'sometimes'
      ? { zh: '可以绕过', en: 'it can be passed over' }
      : how === null
        ? { zh: '没有算完', en: 'it could not be told' }
        : { zh: '都有', en: 'it is always done' }

/** What becomes of a mandatory or limited step, as a sentence; null where the practice does what the procedure does. */
export function saysDuty({ activity, mandatory, limit, inLaw, inPractice, skippedBy }: LegalDuty): Bilingual | null {
  if (inPractice === inLaw && (skippedBy ?? 0) === 0) return null
  const what = mandatory
    ? { zh: '必经环节', en: 'mandatory step' }
    : { zh: `限时环节（${limit?.days ?? ''} 日）`, en: `limited step (${limit?.days ?? ''} days)` }
  const [own, listed] = [presence(inPractice), presence(inLaw)]
  const cases: Bilingual =
    skippedBy === null ? { zh: '', en: '' } : { zh: `；${skippedBy} 件漏了它`, en: `; ${skippedBy} case(s) skipped it` }
  return {
    zh: `${what.zh}“${activity}”：程序里${listed.zh}，实际${own.zh}${cases.zh}。`,
    en: `The ${what.en} “${activity}”: in the procedure ${listed.en}, in practice ${own.en}${cases.en}.`,
  }
}
