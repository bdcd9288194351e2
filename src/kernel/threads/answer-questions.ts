// The thread’s side of `askThreads`.
import { parentPort, workerData } from 'node:worker_threads'
import { type Lost, lostBy } from './lost.ts'

/** What a thread is given when it starts. */
export interface ThreadStart {
  readonly setting: unknown
  /** The number of the question that the thread is at, −1 before the first: what a thread that dies can still tell. */
  readonly at: Int32Array
}

/** Questions for a thread: the numbers `from` … of a list. */
export interface ThreadQuestions {
  readonly from: number
  readonly questions: readonly unknown[]
}

/** What a thread says: answers to the questions from a number on, in order; and whether it has none left. */
export interface ThreadAnswers {
  readonly from: number
  readonly answers: readonly ({ readonly answer: unknown } | { readonly lost: Lost })[]
  readonly idle: boolean
}

/** How long answers are kept together before they are sent. */
const keptMs = 100

/**
 * Answers the questions that `askThreads` gives to this thread: `prepare` makes what answers them, once for each thread, and once more after an answer
 * that ended in an error, which is told and leaves the other questions untouched. `buffersOf` names what passes on
 * without being copied.
 */
export function answerQuestions<Setting, Question, Answer>(
  prepare: (setting: Setting) => (question: Question) => Answer,
  buffersOf: (answer: Answer) => readonly ArrayBuffer[] = () => [],
): void {
  const { setting, at } = workerData as ThreadStart
  let answering = prepare(setting as Setting)
  parentPort?.on('message', ({ from, questions }: ThreadQuestions) => {
    let answers: ThreadAnswers['answers'][number][] = []
    let buffers: ArrayBuffer[] = []
    let next = from
    let sentAt = performance.now()
    const send = (idle: boolean): void => {
      parentPort?.postMessage({ from: next - answers.length, answers, idle } satisfies ThreadAnswers, buffers)
      answers = []
      buffers = []
      sentAt = performance.now()
    }
    for (const question of questions) {
      Atomics.store(at, 0, next)
      try {
        const answer = answering(question as Question)
        answers.push({ answer })
        buffers.push(...buffersOf(answer))
      } catch (error) {
        answers.push({ lost: lostBy(error) })
        answering = prepare(setting as Setting)
      }
      next += 1
      if (performance.now() - sentAt > keptMs) send(false)
    }
    send(true)
  })
}
