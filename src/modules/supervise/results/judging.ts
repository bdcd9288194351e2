// Judging as a part of `supervise`: its job, its routes, and what other parts of the house may call.
import type { Actor } from '../../../core/event/domain-event.ts'
import type { JobKind } from '../../../kernel/jobs/job-kind.ts'
import type { DaylightModule, Services } from '../../../kernel/module.ts'
import { judgingLimits } from '../conformance/judge-cases.ts'
import type { LogImport } from '../logs/import-log.ts'
import { judgedAgain, resumeJudging } from './judge-again.ts'
import { type JudgeOutcome, judgeStoredLog } from './judge-stored.ts'
import { checkRoutes } from './routes/check-routes.ts'
import { judgeRoutes } from './routes/judge-routes.ts'
import { planRoutes } from './routes/plan-routes.ts'

/** What a judging job is asked. */
export interface JudgeInput {
  readonly log: string
  readonly plan: string
  readonly actor: Actor
}

/** Makes the job that judges a stored log by a plan. */
export function judgeJob({ db, olap, config, packs, clock, log }: Services): JobKind<JudgeInput, JudgeOutcome> {
  return {
    name: 'log-judge',
    run: (input, { progress, signal }) => {
      const limits = judgingLimits(config)
      const defect = (error: unknown): void => log.error({ error }, 'a case could not be judged')
      const around = { db, olap, home: config.home, packs, zone: config.zone, clock, limits, defect, progress, signal }
      return judgeStoredLog(around, input)
    },
  }
}

/** Judging with its routes and its job, and the import job that it follows. */
export function createJudging(
  services: Services,
  importing: JobKind,
): Required<Pick<DaylightModule, 'routes' | 'jobs' | 'resume'>> {
  const job = judgeJob(services)
  const followed = judgedAgain(importing as unknown as JobKind<LogImport>, job, services)
  return {
    routes(app) {
      judgeRoutes(app, services, job)
      planRoutes(app, services)
      checkRoutes(app, services)
    },
    resume: () => resumeJudging(job, services),
    jobs: [followed as unknown as JobKind, job as unknown as JobKind],
  }
}
