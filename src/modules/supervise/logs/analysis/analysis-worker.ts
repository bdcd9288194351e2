// Answers questions about logs in a thread of its own: holds the logs that it is given until it is told to drop them.
import { parentPort } from 'node:worker_threads'
import { isRefusal } from '../../../../core/refusal/refusal.ts'
import { answer } from './answer.ts'
import { shortened } from './shortened.ts'
import { AnalysedLog } from './subject.ts'
import type { AnalysisAnswer, AnalysisTask } from './thread.ts'

const logs = new Map<string, AnalysedLog>()
const say = (said: AnalysisAnswer): void => parentPort?.postMessage(said)

parentPort?.on('message', (task: AnalysisTask) => {
  if (task.kind === 'hold') logs.set(task.key, new AnalysedLog(task.log, task.zone))
  else if (task.kind === 'drop') logs.delete(task.key)
  else {
    const { id } = task
    try {
      const log = logs.get(task.key)
      if (log === undefined) throw new Error('the analysis thread was asked about a log that it does not hold')
      const found = answer(log, task.filter, task.question)
      say(isRefusal(found) ? { id, refusal: found } : { id, text: JSON.stringify(shortened(task.question, found)) })
    } catch (error) {
      say({ id, error: error instanceof Error ? error : new Error(String(error)) })
    }
  }
})
