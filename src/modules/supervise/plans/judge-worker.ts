// Judges in a thread of its own, so that the server goes on answering.
import { parentPort, workerData } from 'node:worker_threads'
import type { EventLog } from '../../../core/eventlog/event-log.ts'
import type { Refusal } from '../../../core/refusal/refusal.ts'
import { type Judgement, type JudgeSetting, judgeLog } from './judge-log.ts'
import type { Plan } from './plan-file.ts'

/** What the worker is given. */
export interface JudgeTask {
  readonly log: EventLog
  readonly plan: Plan
  readonly setting: Omit<JudgeSetting, 'onProgress'>
}

/** What the worker says: how far it is, and in the end what was judged. */
export type JudgeWord =
  | { readonly kind: 'aligned'; readonly done: number; readonly cases: number }
  | { readonly kind: 'ended'; readonly judgement: Judgement | Refusal }

const { log, plan, setting } = workerData as JudgeTask
const say = (word: JudgeWord): void => parentPort?.postMessage(word)
const judgement = await judgeLog(log, plan, {
  ...setting,
  onProgress: (done, cases) => say({ kind: 'aligned', done, cases }),
})
say({ kind: 'ended', judgement })
