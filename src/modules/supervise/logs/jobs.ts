import { rm } from 'node:fs/promises'
import type { JobKind } from '../../../kernel/jobs/job-kind.ts'
import type { Services } from '../../../kernel/module.ts'
import { type ConformanceOutcome, judgeConformance } from './conformance.ts'
import { type ImportOutcome, importLog, type LogImport } from './import-log.ts'

/** What a conformance job is asked. */
export interface ConformanceInput {
  readonly log: string
  readonly procedure: string
  readonly officer: string | null
}

/** The long work on stored logs. */
export interface LogJobs {
  readonly import: JobKind<LogImport, ImportOutcome>
  readonly conformance: JobKind<ConformanceInput, ConformanceOutcome>
}

/** Makes the job kinds: importing an uploaded file, and judging a log by a procedure. */
export function logJobs({ db, olap, config, packs, clock }: Services): LogJobs {
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
        judgeConformance(
          store,
          input,
          clock,
          (done, total) => progress({ done, total, stage: 'log-conformance.judging' }),
          signal,
        ),
    },
  }
}
