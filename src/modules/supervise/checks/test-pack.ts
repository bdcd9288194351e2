// Runs every example of a pack of supervision, as `daylight pack test` does.
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { PlanTerms } from '../../../core/check/plan-terms.ts'
import { type ExampleGrounds, layOver, runExample } from '../../../core/check/run-examples.ts'
import type { EventLog } from '../../../core/eventlog/event-log.ts'
import { analyse } from '../../../core/procedure/analyse.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { compileCalendar, type WorkCalendar } from '../../../core/worktime/calendar.ts'
import { readCalendar } from '../../../kernel/packs/packs.ts'
import { alignedBy, type JudgingNet, readJudgingNet, underWay } from '../plans/align-log.ts'
import { loadSupervision, parametersOn } from './load-checks.ts'

/** What became of one check's examples. Times are in milliseconds. */
export interface CheckReport {
  readonly check: string
  readonly code: string
  readonly examples: number
  readonly firing: number
  readonly silent: number
  readonly slowest: number
  readonly failures: readonly { readonly file: string; readonly example: string; readonly why: string }[]
}

/** An example that takes longer than this, in milliseconds, fails: examples are run on every change. */
export const slowestAllowed = 10

/** The parameters' day under which examples run, so that a later value never changes an old example. */
const exampleDay = '2025-01-01'

/**
 * Milliseconds that some work takes, all of whose code has run before. Work that seems slow is timed again, three times at
 * most: a busy machine or a garbage collection may stand in the way of one run, slow work is slow in all.
 */
function fastest(work: () => unknown): number {
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run < 3 && least > slowestAllowed; run++) {
    const began = performance.now()
    work()
    least = Math.min(least, performance.now() - began)
  }
  return least
}

/**
 * Runs the examples of every check of a pack; a pack without checks gives an empty list. `packs` is the folder that holds
 * the calendars and procedures that examples name.
 */
export async function testSupervision(root: string, packs: string): Promise<readonly CheckReport[] | Refusal> {
  if (!(await exists(join(root, 'checks')))) return []
  const pack = await loadSupervision(root)
  if (isRefusal(pack)) return pack
  const cn = await readCalendar('cn', [join(packs, 'calendars')])
  if (isRefusal(cn)) return cn
  const calendars = new Map<string, WorkCalendar>([['cn', compileCalendar(cn)]])
  const nets = new Map<string, JudgingNet>()
  for (const laid of pack.checks.flatMap(({ examples }) =>
    examples.map(({ plan, example }) => layOver(layOver(pack.examplePlan, plan), example.given.plan ?? {})),
  )) {
    const name = (laid as { procedure?: unknown }).procedure
    if (typeof name !== 'string' || nets.has(name)) continue
    const net = await readJudgingNet(name, packs, root)
    if (isRefusal(net)) return net
    nets.set(name, net)
  }
  const grounds: ExampleGrounds = {
    parameters: parametersOn(pack.parameters, exampleDay),
    calendar: (id: string) => calendars.get(id) ?? refuse('worktime.unknown-calendar', { calendar: id }),
    procedure: (log, plan) => {
      const net = plan.procedure === undefined ? undefined : nets.get(plan.procedure)
      return net === undefined ? { conformance: null, procedure: null } : alignExample(log, plan, net)
    },
  }
  return pack.checks.map(({ check, examples }) => {
    const failures: { file: string; example: string; why: string }[] = []
    let slowest = 0
    let firing = 0
    for (const { example, plan, file } of examples) {
      const laid = layOver(pack.examplePlan, plan)
      let { why, fires } = runExample(check, example, laid, grounds)
      const took = fastest(() => runExample(check, example, laid, grounds))
      slowest = Math.max(slowest, took)
      if (fires) firing++
      if (why === '' && took > slowestAllowed) why = `${took.toFixed(1)} ms > ${slowestAllowed} ms`
      if (why !== '') failures.push({ file, example: example.name, why })
    }
    const { check: id, code } = check
    return { check: id, code, examples: examples.length, firing, silent: examples.length - firing, slowest, failures }
  })
}

const alignExample = (log: EventLog, plan: PlanTerms, by: JudgingNet) =>
  alignedBy(by, analyse(log, by.net, { caseActs: by.caseActs, unfinished: underWay(log, plan) }))

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
