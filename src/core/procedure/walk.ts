import { type Refusal, refuse } from '../refusal/refusal.ts'
import { MarkingSpace } from './marking-space.ts'
import type { Net } from './net.ts'

/** A marking as place indices in ascending order, repeated per token: what a running case keeps. */
export type Marking = readonly number[]

/**
 * Where a case may be: every marking that its visible steps can have led to. More than one where the procedure has a
 * silent choice that nobody has made visible yet. Never empty.
 */
export type CaseState = readonly Marking[]

/** Most markings that silent steps are followed through; a sound procedure stays far below. */
const maxSilentMarkings = 20_000

const spaces = new WeakMap<Net, MarkingSpace>()

function spaceOf(net: Net): MarkingSpace {
  const known = spaces.get(net)
  if (known) return known
  const space = new MarkingSpace(net)
  spaces.set(net, space)
  return space
}

/** The markings that silent steps alone lead to from a state, itself first, nearest first. */
function throughSilent(net: Net, space: MarkingSpace, state: CaseState): number[] | Refusal {
  const reached = [...new Set(state.map((marking) => space.idOf(marking)))]
  const seen = new Set(reached)
  for (let at = 0; at < reached.length; at += 1) {
    const offset = space.stepsOf(reached[at] as number)
    for (let step = offset + 1; step <= offset + 2 * space.stepAt(offset); step += 2) {
      const target = space.stepAt(step + 1)
      if (net.transitions[space.stepAt(step)]?.label !== null || seen.has(target)) continue
      if (reached.length >= maxSilentMarkings) return refuse('procedure.too-many-states', { limit: maxSilentMarkings })
      seen.add(target)
      reached.push(target)
    }
  }
  return reached
}

/** Where a case begins. */
export const startOf = (net: Net): CaseState => [[...net.initial].sort((a, b) => a - b)]

/** The steps that may happen now, in the order of the net. Refusal: `procedure.too-many-states`. */
export function enabledSteps(net: Net, state: CaseState): readonly string[] | Refusal {
  const space = spaceOf(net)
  const reached = throughSilent(net, space, state)
  if ('kind' in reached) return reached
  const enabled = new Set<number>()
  for (const marking of reached) {
    const offset = space.stepsOf(marking)
    for (let step = offset + 1; step <= offset + 2 * space.stepAt(offset); step += 2) enabled.add(space.stepAt(step))
  }
  const labels = net.transitions.filter((_, index) => enabled.has(index)).map(({ label }) => label)
  return [...new Set(labels.filter((label) => label !== null))]
}

/**
 * Whether a step may happen now: where the case may then be, else why not. Silent steps on the way are taken as needed.
 * Refusals: `procedure.unknown-activity`, `procedure.not-now` with what may happen instead, `procedure.too-many-states`.
 */
export function move(net: Net, state: CaseState, activity: string): CaseState | Refusal {
  if (!net.transitions.some(({ label }) => label === activity)) {
    return refuse('procedure.unknown-activity', { name: activity })
  }
  const space = spaceOf(net)
  const reached = throughSilent(net, space, state)
  if ('kind' in reached) return reached
  const next = new Set<number>()
  for (const marking of reached) {
    const offset = space.stepsOf(marking)
    for (let step = offset + 1; step <= offset + 2 * space.stepAt(offset); step += 2) {
      if (net.transitions[space.stepAt(step)]?.label === activity) next.add(space.stepAt(step + 1))
    }
  }
  if (next.size > 0) return [...next].map((marking) => space.placesOf(marking))
  const instead = enabledSteps(net, state)
  if ('kind' in instead) return instead
  const said = instead.map((step) => `“${step}”`).join(' ')
  return refuse(said === '' ? 'procedure.ended' : 'procedure.not-now', { name: activity, instead: said })
}

/** Whether the case has ended, or can end without another visible step. Refusal: `procedure.too-many-states`. */
export function canEnd(net: Net, state: CaseState): boolean | Refusal {
  const space = spaceOf(net)
  const reached = throughSilent(net, space, state)
  return 'kind' in reached ? reached : reached.includes(space.final)
}
