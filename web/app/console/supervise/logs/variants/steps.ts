import type { Judged } from './judged.client.ts'

/** What a step of a way is to the procedure. */
export type StepKind = 'kept' | 'extra' | 'order' | 'missing'

interface Step {
  readonly says: string
  readonly kind: StepKind
}

/** The steps of a way with what the procedure misses put in where it has it; only the steps where it was not judged. */
export function stepsOf(
  activities: readonly string[],
  judged: Pick<Judged, 'path' | 'deviations'> | undefined,
  { nameOf, activityName }: StepNames,
): readonly Step[] {
  if (judged === undefined || judged.path.length === 0) {
    return activities.map((activity) => ({ says: activityName(activity), kind: 'kept' as const }))
  }
  const outOfOrder = new Set(
    judged.deviations.flatMap((one) =>
      one.kind === 'order' && Array.isArray(one.events) ? (one.events as number[]) : [],
    ),
  )
  // What may happen from anywhere (a withdrawal, say) is no move of the alignment: it stands where it came.
  let next = 0
  const beside = (until: number): readonly Step[] =>
    activities.slice(next, until).map((activity) => ({ says: activityName(activity), kind: 'kept' as const }))
  const steps = judged.path.flatMap(({ kind, event, element }): readonly Step[] => {
    if (kind === 'silent') return []
    if (event === null) {
      const says = element === null ? undefined : nameOf(element)
      return says === undefined ? [] : [{ says, kind: 'missing' }]
    }
    const before = beside(event)
    next = event + 1
    const says = activityName(activities[event] ?? '')
    if (kind === 'synchronous') return [...before, { says, kind: 'kept' }]
    return [...before, { says, kind: outOfOrder.has(event) ? 'order' : 'extra' }]
  })
  return [...steps, ...beside(activities.length)]
}

/** How elements of the diagram and activities of the log are named. */
export interface StepNames {
  readonly nameOf: (element: string) => string | undefined
  readonly activityName: (activity: string) => string
}

const perStep = 10_000

/** Between how many steps of a way are surely beside the procedure: its cost counts 10000 for each, 1 for each silent one. */
export function stepBounds({ lower, upper }: Pick<Judged, 'lower' | 'upper'>): {
  readonly least: number
  readonly most: number | null
} {
  // Silent steps are far fewer than would make up one beside the procedure, so what is left over is theirs.
  const of = (cost: number) => Math.floor(cost / perStep)
  return { least: of(lower ?? 0), most: upper === null ? null : of(upper) }
}
