import type { Deviation, Move } from '../../../core/procedure/deviation.ts'
import type { LogConformance } from '../../../core/procedure/log-conformance.ts'
import type { Net } from '../../../core/procedure/net.ts'

/** How often a deviation was found, under the key that opens its cases. */
export interface DeviationCount {
  readonly key: string
  readonly kind: Deviation['kind']
  readonly step: string
  /** The step's element on the diagram; null for an activity that the procedure does not know. */
  readonly element: string | null
  readonly cases: number
  /** How often in these cases: events that are too many or in the wrong place, and steps that are missing. */
  readonly events: number
}

/** How often an element of the diagram was walked as the procedure says, missed, or passed unseen. */
export interface ElementCount {
  readonly element: string
  readonly kind: Exclude<Move['kind'], 'log'>
  readonly cases: number
  readonly events: number
}

/** The key under which a deviation is counted and opened. */
export const deviationKey = ({ kind, step }: Pick<Deviation, 'kind' | 'step'>): string => `${kind}:${step}`

const eventsOf = (deviation: Deviation): number =>
  deviation.kind === 'skipped' || deviation.kind === 'order' ? 1 : deviation.events.length

/** The deviations of one case by kind and step, each with how often. */
export function countDeviationsOf(deviations: readonly Deviation[]): readonly Omit<DeviationCount, 'cases'>[] {
  const own = new Map<string, Omit<DeviationCount, 'cases'>>()
  for (const deviation of deviations) {
    const key = deviationKey(deviation)
    const { kind, step } = deviation
    const element = ('element' in deviation ? deviation.element : undefined) ?? null
    own.set(key, { key, kind, step, element, events: (own.get(key)?.events ?? 0) + eventsOf(deviation) })
  }
  return [...own.values()]
}

/** The deviations of a log by kind and step, those of most cases first. */
export function countDeviations(result: LogConformance): DeviationCount[] {
  const counts = new Map<string, DeviationCount>()
  for (const { variant, deviations } of result.variants) {
    for (const { events, ...deviation } of countDeviationsOf(deviations)) {
      const before = counts.get(deviation.key) ?? { cases: 0, events: 0 }
      counts.set(deviation.key, {
        ...deviation,
        cases: before.cases + variant.cases.length,
        events: before.events + events * variant.cases.length,
      })
    }
  }
  return [...counts.values()].sort((a, b) => b.cases - a.cases || (a.key < b.key ? -1 : 1))
}

/** How often the alignments of a log's cases came through each element of the diagram, in the order of the net. */
export function countElements(result: LogConformance, net: Net): ElementCount[] {
  const counts = new Map<string, { cases: number; events: number }>()
  for (const { variant, moves } of result.variants) {
    const own = new Map<string, number>()
    for (const move of moves ?? []) {
      if (move.kind === 'log') continue
      const element = net.transitions[move.transition]?.element
      if (element === undefined) continue
      const key = `${move.kind} ${element}`
      own.set(key, (own.get(key) ?? 0) + 1)
    }
    for (const [key, events] of own) {
      const count = counts.get(key) ?? { cases: 0, events: 0 }
      count.cases += variant.cases.length
      count.events += events * variant.cases.length
      counts.set(key, count)
    }
  }
  const elements = new Set(net.transitions.flatMap(({ element }) => element ?? []))
  return [...elements].flatMap((element) =>
    (['synchronous', 'model', 'silent'] as const).flatMap((kind) => {
      const count = counts.get(`${kind} ${element}`)
      return count === undefined ? [] : [{ element, kind, ...count }]
    }),
  )
}
