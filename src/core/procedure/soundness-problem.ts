import type { Bilingual } from '../refusal/refusal.ts'

/** Why a procedure is not sound. `way` is the shortest sequence of visible steps that shows it. */
export type SoundnessProblem =
  /** Tokens can pile up for ever. */
  | { readonly kind: 'unbounded'; readonly way: readonly string[] }
  /** One and the same thing can be under way twice. */
  | { readonly kind: 'unsafe'; readonly way: readonly string[] }
  /** The case ends while other branches are still under way. */
  | { readonly kind: 'leftover'; readonly way: readonly string[]; readonly tokens: number }
  /** Something can still happen when the case has ended. */
  | { readonly kind: 'after-end'; readonly way: readonly string[]; readonly step: string }
  /** Nothing can happen, and the case has not ended. */
  | { readonly kind: 'deadlock'; readonly way: readonly string[] }
  /** Things can happen for ever, and none of them leads to the end. */
  | { readonly kind: 'livelock'; readonly way: readonly string[]; readonly steps: readonly string[] }
  /** A step, or a branch of the routing, that can never happen. */
  | { readonly kind: 'dead-step'; readonly step: string }

const told = (way: readonly string[]): Bilingual => {
  const steps = way.map((step) => `“${step}”`).join(' → ')
  return way.length === 0 ? { zh: '一开始', en: 'At the start' } : { zh: `做了 ${steps} 之后`, en: `After ${steps}` }
}

/** A problem as a sentence. */
export function saysProblem(problem: SoundnessProblem): Bilingual {
  if (problem.kind === 'dead-step') {
    return { zh: `“${problem.step}”永远不会发生。`, en: `“${problem.step}” can never happen.` }
  }
  const after = told(problem.way)
  switch (problem.kind) {
    case 'unbounded':
      return { zh: `${after.zh}，同一环节可以无限增多。`, en: `${after.en}, the same work can multiply without end.` }
    case 'unsafe':
      return { zh: `${after.zh}，同一环节会同时进行两次。`, en: `${after.en}, the same work is under way twice.` }
    case 'leftover':
      return {
        zh: `${after.zh}，案件已结束而还有 ${problem.tokens} 个分支没有办完。`,
        en: `${after.en}, the case has ended while ${problem.tokens} branch(es) are not finished.`,
      }
    case 'after-end':
      return {
        zh: `${after.zh}，案件已结束而“${problem.step}”还能发生。`,
        en: `${after.en}, the case has ended and “${problem.step}” can still happen.`,
      }
    case 'deadlock':
      return {
        zh: `${after.zh}，什么也不能再做，案件却没有结束（死锁）。`,
        en: `${after.en}, nothing can happen and the case has not ended (deadlock).`,
      }
    case 'livelock': {
      const steps = problem.steps.map((step) => `“${step}”`)
      return {
        zh: `${after.zh}，只能在${steps.length === 0 ? '空转' : ` ${steps.join('、')} 之间循环`}，永远到不了结束（活锁）。`,
        en: `${after.en}, ${steps.length === 0 ? 'it runs idle' : `only ${steps.join(', ')} can go on`} for ever and the end is never reached (livelock).`,
      }
    }
  }
}
