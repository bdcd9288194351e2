import type { JobKind } from '../../kernel/jobs/job-kind.ts'
import type { DaylightModule, Services } from '../../kernel/module.ts'
import { createLogs } from './logs/logs.ts'
import { createProposals } from './proposals/proposals.ts'
import { createJudging } from './results/judging.ts'

export { savePlan } from './plans/stored-plan.ts'
export { type JudgeOutcome, judgeStoredLog } from './results/judge-stored.ts'
export { judgingDb } from './results/tables.ts'

/** Supervise as a module: the logs of other systems, and what is judged of them. */
export function createSupervise(services: Services): DaylightModule {
  const logs = createLogs(services)
  const isImport = (job: JobKind): boolean => job.name === 'log-import'
  const importing = logs.jobs.find(isImport)
  if (importing === undefined) throw new Error('the logs have no import job')
  const judging = createJudging(services, importing)
  const proposals = createProposals(services)
  return {
    name: 'supervise',
    routes(app) {
      logs.routes(app)
      judging.routes(app)
      proposals.routes(app)
    },
    resume: judging.resume,
    jobs: [...logs.jobs.filter((job) => !isImport(job)), ...judging.jobs, ...proposals.jobs],
  }
}
