import { rm } from 'node:fs/promises'
import type { JobKind } from '../../../kernel/jobs/job-kind.ts'
import type { Services } from '../../../kernel/module.ts'
import { judgingLimits } from '../conformance/judge-cases.ts'
import { type ConformanceOutcome, type ConformanceQuestion, judgeConformance } from './conformance.ts'
import { type ImportOutcome, importLog, type LogImport } from './import-log.ts'

/** The long work on stored logs. */
export interface LogJobs {
  readonly import: JobKind<LogImport, ImportOutcome>
  readonly conformance: JobKind<ConformanceQuestion, ConformanceOutcome>
}

/** Makes the job kinds: importing an uploaded file, and judging a log by a procedure. */
export function logJobs({ db, olap, config, packs, clock, log }: Services): LogJobs {
  const store = { db, olap, home: config.home, packs }
  return {
    import: {
      name: 'log-import',
      async run(input, { progress, signal }) {
        try {
          return await importLog(store, input, { clock, progress, signal })
        } finally {
          await rm(input.path, { force: true })
        }
      },
    },
    conformance: {
      name: 'log-conformance',
      run: (input, { progress, signal }) =>
        judgeConformance(store, input, {
          limits: judgingLimits(config),
          clock,
          progress: (done, total) => progress({ done, total, stage: 'log-conformance.judging' }),
          defect: (error) => log.error({ error }, 'a case could not be judged'),
          signal,
        }),
    },
  }
}
