// Names that a plan states and a log never shows: a slip of the pen, or a step that never came.
import type { EventLog } from '../eventlog/event-log.ts'
import { limitSets, type PlanTerms } from './plan-terms.ts'

/** Names of steps that a plan states and the log never shows: no fault, but worth telling. */
export function unseenNames(log: EventLog, plan: PlanTerms): readonly string[] {
  const seen = new Set(log.activity.dictionary)
  const { start, end, deemed, pauses, extensions } = plan.clock ?? {}
  const stated: (string | readonly string[] | undefined)[] = [
    start !== undefined && 'activity' in start ? start.activity : undefined,
    end !== undefined && 'activity' in end ? end.activity : undefined,
    deemed?.received,
    deemed?.answered,
    ...(pauses ?? []).flatMap((pause) => [pause.from, pause.to]),
    ...(extensions ?? []).map((extension) => extension.activity),
    ...limitSets(plan).flatMap((set) => (set.steps ?? []).flatMap((step) => [step.step, step.from])),
    ...(plan.separate ?? []),
    ...(plan.officers?.least ?? []).map(({ step }) => step),
  ]
  return [...new Set(stated.flatMap((names) => names ?? []))].filter((name) => !seen.has(name)).sort()
}
