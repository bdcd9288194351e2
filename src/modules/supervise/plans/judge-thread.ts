// Judges in a thread of its own, so that the server goes on answering.
import { parentPort, workerData } from 'node:worker_threads'
import type { EventLog } from '../../../core/eventlog/event-log.ts'
import type { Refusal } from '../../../core/refusal/refusal.ts'
import { type Judgement, type JudgeSetting, judgeLog } from './judge-log.ts'
import type { Plan } from './plan-file.ts'

/** What the thread is given. */
export interface JudgeTask {
  readonly log: EventLog
  readonly plan: Plan
  readonly setting: Omit<JudgeSetting, 'onProgress' | 'onDefect' | 'signal'>
}

/** What the thread says: how far it is, what defects it met, and in the end what was judged. */
export type JudgeWord =
  | { readonly kind: 'aligned'; readonly done: number; readonly cases: number }
  | { readonly kind: 'defect'; readonly error: unknown }
  | { readonly kind: 'ended'; readonly judgement: Judgement | Refusal }

const { log, plan, setting } = workerData as JudgeTask
const say = (word: JudgeWord): void => parentPort?.postMessage(word)
const judgement = await judgeLog(log, plan, {
  ...setting,
  onProgress: (done, cases) => say({ kind: 'aligned', done, cases }),
  onDefect: (error) => say({ kind: 'defect', error }),
})
say({ kind: 'ended', judgement })
