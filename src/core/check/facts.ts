// The facts that a rule reads, by name: where one is missing the answer is "cannot be judged: lacks …".
import type { Bilingual } from '../refusal/refusal.ts'

/** What each fact is called in a sentence. */
export const factNames = {
  'case-kind': { zh: '办件类型', en: 'the kind of case' },
  'case-start': { zh: '起算时间（受理）', en: 'the start of the clock (acceptance)' },
  'case-end': { zh: '办结时间', en: 'the end of the case' },
  'as-of': { zh: '判断的截至时间', en: 'the instant as of which open cases are judged' },
  'promised-limit': { zh: '承诺办结时限', en: 'a promised limit' },
  'statutory-limit': { zh: '法定办结时限', en: 'a statutory limit' },
  'any-limit': { zh: '办结时限', en: 'a limit' },
  'listed-power': { zh: '权力清单上的事项及其时限', en: 'the power with its limits on the published list' },
  'step-limits': { zh: '环节时限', en: 'limits of the steps' },
  'pause-end': { zh: '暂停的结束时间', en: 'the end of a pause' },
  'published-calendar': { zh: '该年已公布的节假日安排', en: 'a published calendar of that year' },
  procedure: { zh: '流程', en: 'a procedure' },
  alignment: { zh: '在预算内完成的流程比对', en: 'an alignment within the budget' },
  'mandatory-steps': { zh: '必经环节', en: 'which steps are mandatory' },
  'separated-steps': { zh: '应当分离的岗位', en: 'which steps need separate officers' },
  'both-steps': { zh: '应当分离的两个环节都发生', en: 'both of the separated steps' },
  officer: { zh: '经办人', en: 'the officer' },
  'several-officers': { zh: '日志怎样登记同一环节的几名经办人', en: 'how the log names several officers of one step' },
} as const satisfies Record<string, Bilingual>

/** The name of a fact. */
export type FactName = keyof typeof factNames

/** All fact names, for schemas. */
export const allFacts = Object.keys(factNames) as [FactName, ...FactName[]]

/** A fact that was missing, and what exactly: a year, a column. */
export interface Lack {
  readonly fact: FactName
  /** What makes it plain, e.g. the year `2031`; empty where the name says all. */
  readonly detail: string
}

/** "a published calendar of that year (2031)" in both languages. */
export function lackSays(lack: Lack): Bilingual {
  const name = factNames[lack.fact]
  return lack.detail === '' ? name : { zh: `${name.zh}（${lack.detail}）`, en: `${name.en} (${lack.detail})` }
}
