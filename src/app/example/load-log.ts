import { mkdtemp, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { isRefusal, type Refusal } from '../../core/refusal/refusal.ts'
import type { Db } from '../../kernel/db/db.ts'
import type { Progress } from '../../kernel/jobs/job-kind.ts'
import type { Services } from '../../kernel/module.ts'
import { judgingLimits } from '../../modules/supervise/conformance/judge-cases.ts'
import { judgeConformance } from '../../modules/supervise/logs/conformance.ts'
import { importLog, type LogImport } from '../../modules/supervise/logs/import-log.ts'
import { logDb } from '../../modules/supervise/logs/tables.ts'
import { type Plan, readPlan } from '../../modules/supervise/plans/plan-file.ts'
import { findPlan, savePlan } from '../../modules/supervise/plans/stored-plan.ts'
import { type JudgeOutcome, judgeStoredLog } from '../../modules/supervise/results/judge-stored.ts'
import { judgingDb } from '../../modules/supervise/results/tables.ts'
import { actorOf } from './account-actor.ts'
import { generateCases } from './generate/generate.ts'
import { planOf } from './generate/output.ts'
import { type Example, readExample } from './read-example.ts'
import { writeLog } from './write-example.ts'

/** What loading a log needs of the house. */
export type LogServices = Pick<Services, 'db' | 'olap' | 'clock' | 'packs'> & {
  readonly config: Pick<Services['config'], 'home' | 'zone' | 'threads' | 'memory' | 'budget'>
}

/** A log to bring in, judged by a plan; by its procedure too, where the plan names one of the packs. */
export interface LogToLoad extends LogImport {
  readonly plan: Plan
}

/** What came of a log: null where it was there already. */
export type LogLoaded = JudgeOutcome | null

/**
 * Imports a log, once, and judges it by its plan, through the same services as an upload. Idempotent: a log that was
 * imported is not imported again, one that was judged is not judged again. Refuses what importing and judging refuse.
 */
export async function loadLog(
  services: LogServices,
  log: LogToLoad,
  progress: (now: Progress) => void,
): Promise<LogLoaded | Refusal> {
  const { db, olap, clock, packs, config } = services
  const store = { db, olap, home: config.home, packs }
  const { plan, ...input } = log
  const held = await logDb(db).selectFrom('log_import').select('id').where('log_id', '=', log.log).executeTakeFirst()
  if (held === undefined) {
    const imported = await importLog(store, input, { clock, progress })
    if (isRefusal(imported)) return imported
  }
  if (await isJudged(db, log.log, plan.plan)) return null
  if (plan.procedure !== undefined) {
    const question = { log: log.log, procedure: plan.procedure, officer: log.actor.officer }
    const conformance = await judgeConformance(store, question, {
      limits: judgingLimits(config),
      clock,
      progress: (done, total) => progress({ done, total, stage: 'log-conformance.judging' }),
      defect: (error) => {
        throw error
      },
    })
    if (isRefusal(conformance)) return conformance
  }
  const around = { ...store, zone: config.zone, clock, progress, limits: judgingLimits(config) }
  return await judgeStoredLog(around, { log: log.log, plan: plan.plan, actor: log.actor })
}

/** Whether a log has been judged by a plan. */
export async function isJudged(db: Db, log: string, plan: string): Promise<boolean> {
  const judged = await judgingDb(db)
    .selectFrom('supervise_judgement')
    .select('number')
    .where('log_id', '=', log)
    .where('plan_id', '=', plan)
    .executeTakeFirst()
  return judged !== undefined
}

/** Generates the county's cases and loads them by the door that every log takes: a file, a mapping, a plan. */
export async function loadCases(
  services: LogServices,
  example: Example,
  progress: (now: Progress) => void,
): Promise<LogLoaded | Refusal> {
  const { start, cases } = example
  if (await isJudged(services.db, start.log.id, planOf(example).plan)) return null
  const actor = actorOf('supervisor', example)
  const folder = await mkdtemp(join(services.config.home, 'example-'))
  try {
    const generated = generateCases(example, { seed: start.seed, cases: start.cases, irregular: true })
    const files = await writeLog(example, generated, folder, null)
    if (isRefusal(files)) return files
    const plan = await readPlan(files.plan)
    if (isRefusal(plan)) return plan
    const known = await judgingDb(services.db)
      .selectFrom('supervise_plan')
      .select('plan_id')
      .where('plan_id', '=', plan.plan)
      .executeTakeFirst()
    if (known === undefined) {
      const now = services.clock().toString()
      const saved = await savePlan(judgingDb(services.db), plan, { actor, region: cases.region, now })
      if (isRefusal(saved)) return saved
    }
    return await loadLog(
      services,
      {
        log: start.log.id,
        name: start.log.name,
        region: cases.region,
        path: files.log,
        file: start.log.file,
        mapping: plan.map,
        zone: cases.zone,
        actor,
        plan,
      },
      progress,
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Adds the public log of a foreign permit's receipt phase, judged by the plan that the example's pack names. */
export async function loadReceipt(
  services: LogServices,
  path: string,
  progress: (now: Progress) => void,
): Promise<LogLoaded | Refusal> {
  const example = await readExample(services.packs)
  if (isRefusal(example)) return example
  const { receipt } = example.start
  const known = await findPlan(judgingDb(services.db), services.packs, receipt.plan)
  if (isRefusal(known)) return known
  const { plan } = known
  return await loadLog(
    services,
    {
      log: receipt.id,
      name: receipt.name,
      region: example.cases.region,
      path,
      file: basename(path),
      mapping: plan.map,
      zone: plan.zone,
      actor: { officer: null, post: null, organ: null },
      plan,
    },
    progress,
  )
}
