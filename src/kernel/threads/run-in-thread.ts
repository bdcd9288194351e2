import { Worker } from 'node:worker_threads'

/** A task for a thread of its own, so that this one goes on answering. */
export interface ThreadTask<Word> {
  /** The file that does the task: it finds it as `workerData`. */
  readonly script: URL
  readonly task: unknown
  /** Buffers of the task that pass on without being copied; they are no longer of use here. */
  readonly transfer?: readonly ArrayBuffer[]
  /** Called for each message of the thread, in order. */
  readonly heard: (word: Word) => void
  /** Ends the thread at once: the task then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/** Does a task in a thread and ends when the thread has. An error of the thread is thrown here. */
export async function runInThread<Word>({ script, task, transfer, heard, signal }: ThreadTask<Word>): Promise<void> {
  signal?.throwIfAborted()
  const end = Promise.withResolvers<void>()
  const worker = new Worker(script, { workerData: task, transferList: [...(transfer ?? [])] })
  const abort = (): void => end.reject(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  worker.on('message', (word: Word) => {
    try {
      heard(word)
    } catch (error) {
      end.reject(error)
    }
  })
  worker.on('error', end.reject)
  worker.on('exit', (code) => {
    if (code === 0) end.resolve()
    else end.reject(new Error(`a thread ended by itself with ${code}`))
  })
  try {
    await end.promise
  } finally {
    signal?.removeEventListener('abort', abort)
    await worker.terminate()
  }
}
