import type { Jobs } from '../../kernel/jobs/jobs.ts'

/** Jobs that modules may hold before the queue runs: the queue needs the modules' kinds, and the modules the queue. */
export interface LateJobs extends Jobs {
  /** From here on, asks go to the running queue. */
  arrive(jobs: Jobs): void
}

/** Makes the place that the queue fills once it runs; asking before that is a mistake in the program. */
export function lateJobs(): LateJobs {
  let running: Jobs | null = null
  const queue = (): Jobs => {
    if (running === null) throw new Error('A job was asked for before the queue was started')
    return running
  }
  return {
    arrive: (jobs) => {
      running = jobs
    },
    start: (kind, input, owner) => queue().start(kind, input, owner),
    state: (id) => queue().state(id),
    cancel: (id) => queue().cancel(id),
  }
}
