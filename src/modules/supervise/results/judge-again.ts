// A log that plans have judged is judged by them again when more of it comes in, so that findings follow corrections.
import { isRefusal } from '../../../core/refusal/refusal.ts'
import type { JobKind } from '../../../kernel/jobs/job-kind.ts'
import type { Services } from '../../../kernel/module.ts'
import type { LogImport } from '../logs/import-log.ts'
import type { JudgeOutcome } from './judge-stored.ts'
import type { JudgeInput } from './judging.ts'
import { judgingDb } from './tables.ts'

/**
 * The import job, followed by one judging job for each plan that has judged the log before. Should the server end between
 * the two, the judgement shows as stale and a person starts it.
 */
export function judgedAgain(
  importing: JobKind<LogImport>,
  judging: JobKind<JudgeInput, JudgeOutcome>,
  { db, jobs }: Services,
): JobKind<LogImport> {
  return {
    ...importing,
    async run(input, context) {
      const outcome = await importing.run(input, context)
      if (isRefusal(outcome)) return outcome
      const before = await judgingDb(db)
        .selectFrom('supervise_judgement')
        .select(['plan_id', 'region'])
        .where('log_id', '=', input.log)
        .orderBy('plan_id')
        .execute()
      for (const { plan_id: plan, region } of before) {
        const owner = { officer: input.actor.officer, region }
        await jobs.start(judging, { log: input.log, plan, actor: input.actor }, owner)
      }
      return outcome
    },
  }
}
