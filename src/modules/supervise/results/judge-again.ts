// A log that plans have judged is judged by them again when more of it comes in, so that findings follow corrections.
import type { Actor } from '../../../core/event/domain-event.ts'
import { isRefusal } from '../../../core/refusal/refusal.ts'
import type { JobKind } from '../../../kernel/jobs/job-kind.ts'
import type { Services } from '../../../kernel/module.ts'
import type { LogImport } from '../logs/import-log.ts'
import type { JudgeOutcome } from './judge-stored.ts'
import type { JudgeInput } from './judging.ts'
import { type JudgingDb, judgingDb } from './tables.ts'

/** The judging job as the queue knows it. */
export type JudgingJob = JobKind<JudgeInput, JudgeOutcome>

/** The judgements that have not seen the last import of their log, of one log or of all. */
async function staleJudgements(db: JudgingDb, log: string | null) {
  return await db
    .selectFrom('supervise_judgement as j')
    .innerJoin('log_import as i', 'i.log_id', 'j.log_id')
    .select(['j.log_id as log', 'j.plan_id as plan', 'j.region', 'i.imported_by as officer'])
    .whereRef('i.sequence', '>', 'j.import_sequence')
    .where(({ eb, ref, selectFrom }) =>
      eb(
        'i.sequence',
        '=',
        selectFrom('log_import as later')
          .whereRef('later.log_id', '=', ref('j.log_id'))
          .select(({ fn }) => fn.max('later.sequence').as('last')),
      ),
    )
    .$if(log !== null, (query) => query.where('j.log_id', '=', log ?? ''))
    .orderBy('j.log_id')
    .orderBy('j.plan_id')
    .execute()
}

/** The import job, followed by one judging job for each plan that has judged the log before. */
export function judgedAgain(
  importing: JobKind<LogImport>,
  judging: JudgingJob,
  { db, jobs }: Pick<Services, 'db' | 'jobs'>,
): JobKind<LogImport> {
  return {
    ...importing,
    async run(input, context) {
      const outcome = await importing.run(input, context)
      if (isRefusal(outcome)) return outcome
      for (const { log, plan, region } of await staleJudgements(judgingDb(db), input.log))
        await jobs.start(judging, { log, plan, actor: input.actor }, { officer: input.actor.officer, region })
      return outcome
    },
  }
}

/**
 * Takes up the judging that a server left when it ended after an import, before or while it judged: once at each start.
 * Who imported is who asks. A job that still waits in the queue judges the same once more, which changes nothing.
 */
export async function resumeJudging(judging: JudgingJob, { db, jobs }: Pick<Services, 'db' | 'jobs'>): Promise<void> {
  for (const { log, plan, region, officer } of await staleJudgements(judgingDb(db), null)) {
    const actor: Actor = { officer, post: null, organ: null }
    await jobs.start(judging, { log, plan, actor }, { officer, region })
  }
}
