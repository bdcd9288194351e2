// Loads the fictional county into an empty deployment, through the services that people's work goes through.
import { setTimeout } from 'node:timers/promises'
import { type Bilingual, isRefusal, type Refusal } from '../../core/refusal/refusal.ts'
import type { Db } from '../../kernel/db/db.ts'
import type { DaylightModule } from '../../kernel/module.ts'
import { drain } from '../../kernel/outbox/dispatch.ts'
import { loadLawPacks } from '../../modules/list/module.ts'
import { remedyDb } from '../../modules/remedy/findings/tables.ts'
import { decideFirst } from './decide-first.ts'
import { planOf } from './generate/output.ts'
import { loadDirectory } from './load-directory.ts'
import { isJudged, type LogServices, loadCases } from './load-log.ts'
import { loadPowers } from './load-powers.ts'
import { type Example, readExample } from './read-example.ts'

/** What came of loading. */
export interface ExampleLoaded {
  readonly officers: number
  readonly powers: number
  /** Null where the log had been judged before. */
  readonly cases: number | null
  readonly decided: number
}

/**
 * Brings the findings up to the results. An event is handled only once no open transaction can still come before it, so
 * another part of the house at work may hold it back for a moment.
 */
async function untilFindingsFollow(db: Db, { start }: Example, modules: readonly DaylightModule[]): Promise<void> {
  const subscriptions = modules.flatMap((module) => module.subscriptions ?? [])
  for (let attempt = 0; attempt < 200; attempt++) {
    await drain(db, subscriptions)
    const behind = await remedyDb(db)
      .selectFrom('supervise_result_v1 as result')
      .leftJoin('finding', 'finding.result_id', 'result.id')
      .select('result.id')
      .where('result.log_id', '=', start.log.id)
      .where('result.state', '=', 'current')
      .where('finding.id', 'is', null)
      .limit(1)
      .executeTakeFirst()
    if (behind === undefined) return
    await setTimeout(50)
  }
}

/**
 * Loads the example: facts of laws, directory, published powers, a log of cases judged by its plan, and the first
 * decisions on findings. `say` tells each step as it begins; loading the example again changes nothing and says nothing.
 * Refuses what the pack gets wrong, and what the services refuse.
 */
export async function loadExample(
  services: LogServices,
  modules: readonly DaylightModule[],
  say: (step: Bilingual) => void,
): Promise<ExampleLoaded | Refusal> {
  const { db, clock, packs, config } = services
  const example = await readExample(packs)
  if (isRefusal(example)) return example
  const there = await isJudged(db, example.start.log.id, planOf(example).plan)
  const tell = there ? () => {} : say
  tell({ zh: '读入法律事实', en: 'Reading the facts of laws' })
  const laws = await loadLawPacks(db, packs)
  if (isRefusal(laws)) return laws
  tell({ zh: '读入区划、机构、岗位和人员', en: 'Reading regions, organs, posts and officers' })
  const directory = await loadDirectory(db, example, clock)
  if (isRefusal(directory)) return directory
  tell({
    zh: `公布 ${example.powers.length} 项权力，逐项核对依据、期限和流程`,
    en: `Publishing ${example.powers.length} powers, each held to its articles, limit and procedure`,
  })
  const powers = await loadPowers(db, example, { packs, zone: config.zone, clock })
  if (isRefusal(powers)) return powers
  tell({
    zh: `导入 ${example.start.cases} 件办件并按监察方案判断`,
    en: `Importing ${example.start.cases} cases and judging them by their plan`,
  })
  const judged = await loadCases(services, example, () => {})
  if (isRefusal(judged)) return judged
  await untilFindingsFollow(db, example, modules)
  const decided = await decideFirst(db, example, clock)
  if (isRefusal(decided)) return decided
  return { officers: example.officers.officers.length, powers, cases: judged?.cases ?? null, decided }
}
