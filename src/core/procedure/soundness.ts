import type { Bilingual } from '../refusal/refusal.ts'
import { foldsToOneStep } from './blocks.ts'
import { MarkingSpace } from './marking-space.ts'
import type { Net } from './net.ts'
import { type SoundnessProblem, saysProblem } from './soundness-problem.ts'

/** Whether a procedure can be published: only `sound` can. */
export type Soundness =
  /** `markings` were looked at: all, or enough to see that the net is made of blocks, which are sound however many there are. */
  | { readonly kind: 'sound'; readonly markings: number }
  | { readonly kind: 'unsound'; readonly problems: readonly SoundnessProblem[]; readonly says: readonly Bilingual[] }
  | { readonly kind: 'undecided'; readonly markings: number; readonly says: Bilingual }

export interface SoundnessLimits {
  /** How many markings are looked at before the question is left undecided; fewer in a net of very many places. */
  readonly maxMarkings?: number
}

/** Most token counts that are kept, over all markings: a net of 10,000 places is left undecided after 15,000 of them. */
const maxCounts = 150_000_000
/** Most steps of a net that is folded block by block. */
const maxFolded = 2_000

/** The markings that were found, with the step that first led to each: shortest ways come first. */
interface Exploration {
  readonly space: MarkingSpace
  /** In the order found, breadth first. */
  readonly order: number[]
  readonly parent: Map<number, { readonly marking: number; readonly transition: number }>
  readonly fired: Set<number>
  complete: boolean
  unsafe: { marking: number; place: number } | null
  unbounded: number | null
}

const isSafe = (space: MarkingSpace, marking: number, places: number): number => {
  for (let place = 0; place < places; place += 1) if (space.tokens(marking, place) > 1) return place
  return -1
}

/** Whether a marking strictly covers one on the way that led to it: the way between them can be walked for ever. */
function growsWithoutEnd({ space, parent }: Exploration, marking: number): boolean {
  for (let step = parent.get(marking); step; step = parent.get(step.marking)) {
    if (step.marking !== marking && space.covers(marking, step.marking)) return true
  }
  return false
}

function explore(net: Net, maxMarkings: number): Exploration {
  const space = new MarkingSpace(net)
  const found: Exploration = {
    space,
    order: [space.initial],
    parent: new Map(),
    fired: new Set(),
    complete: true,
    unsafe: null,
    unbounded: null,
  }
  const seen = new Set(found.order)
  const width = net.places.length
  const first = isSafe(space, space.initial, width)
  if (first >= 0) found.unsafe = { marking: space.initial, place: first }
  for (let at = 0; at < found.order.length; at += 1) {
    const marking = found.order[at] as number
    if (space.count * width > maxCounts) {
      found.complete = false
      return found
    }
    const offset = space.stepsOf(marking)
    const steps = space.stepAt(offset)
    for (let step = 0; step < steps; step += 1) {
      const transition = space.stepAt(offset + 1 + 2 * step)
      const target = space.stepAt(offset + 2 + 2 * step)
      found.fired.add(transition)
      if (seen.has(target)) continue
      if (seen.size >= maxMarkings) {
        found.complete = false
        return found
      }
      seen.add(target)
      found.order.push(target)
      found.parent.set(target, { marking, transition })
      const place = isSafe(space, target, width)
      if (place < 0) continue
      found.unsafe ??= { marking: target, place }
      if (growsWithoutEnd(found, target)) {
        found.unbounded = target
        found.complete = false
        return found
      }
    }
  }
  return found
}

/** The visible steps of the shortest way to a marking. */
function wayTo({ parent }: Exploration, net: Net, marking: number): string[] {
  const way: string[] = []
  for (let step = parent.get(marking); step; step = parent.get(step.marking)) {
    const label = net.transitions[step.transition]?.label
    if (label != null) way.push(label)
  }
  return way.reverse()
}

/** Markings, of those found, from which some way leads to one of `goals`. */
function leadingTo({ space, order }: Exploration, goals: ReadonlySet<number>): Set<number> {
  const sources = new Map<number, number[]>()
  for (const marking of order) {
    const offset = space.stepsOf(marking)
    for (let at = offset + 2; at <= offset + 2 * space.stepAt(offset); at += 2) {
      const target = space.stepAt(at)
      const known = sources.get(target)
      if (known) known.push(marking)
      else sources.set(target, [marking])
    }
  }
  const leading = new Set(goals)
  const stack = [...goals]
  for (let marking = stack.pop(); marking !== undefined; marking = stack.pop()) {
    for (const source of sources.get(marking) ?? []) {
      if (leading.has(source)) continue
      leading.add(source)
      stack.push(source)
    }
  }
  return leading
}

/** What is wrong for certain with what was explored; livelocks and dead steps are certain only when all was. */
function problemsOf(found: Exploration, net: Net): SoundnessProblem[] {
  const { space, order } = found
  const problems: SoundnessProblem[] = []
  const way = (marking: number): string[] => wayTo(found, net, marking)
  if (found.unbounded !== null) problems.push({ kind: 'unbounded', way: way(found.unbounded) })
  else if (found.unsafe) problems.push({ kind: 'unsafe', way: way(found.unsafe.marking) })

  const stepsAt = (marking: number): number => space.stepAt(space.stepsOf(marking))
  const leftover = order.find((marking) => marking !== space.final && space.covers(marking, space.final))
  if (leftover !== undefined)
    problems.push({ kind: 'leftover', way: way(leftover), tokens: tokensBeyond(found, net, leftover) })
  const final = order.find((marking) => marking === space.final)
  if (final !== undefined && stepsAt(final) > 0) {
    const transition = space.stepAt(space.stepsOf(final) + 1)
    problems.push({ kind: 'after-end', way: way(final), step: nameOf(net, transition) })
  }
  const stuck = order.filter(
    (marking) =>
      marking !== space.final &&
      space.isExpanded(marking) &&
      stepsAt(marking) === 0 &&
      !space.covers(marking, space.final),
  )
  const [deadlock] = stuck
  if (deadlock !== undefined) problems.push({ kind: 'deadlock', way: way(deadlock) })
  if (!found.complete) return problems

  const ending = leadingTo(found, new Set([space.final]))
  const covering = order.filter((marking) => space.covers(marking, space.final))
  const explained = leadingTo(found, new Set([...stuck, ...covering]))
  const livelock = order.find((marking) => !ending.has(marking) && !explained.has(marking))
  if (livelock !== undefined) {
    const steps = new Set<string>()
    for (const marking of reachedFrom(found, livelock)) {
      const offset = space.stepsOf(marking)
      for (let at = offset + 1; at <= offset + 2 * space.stepAt(offset); at += 2) {
        const label = net.transitions[space.stepAt(at)]?.label
        if (label != null) steps.add(label)
      }
    }
    problems.push({ kind: 'livelock', way: way(livelock), steps: [...steps] })
  }
  net.transitions.forEach((_, transition) => {
    if (!found.fired.has(transition)) problems.push({ kind: 'dead-step', step: nameOf(net, transition) })
  })
  return problems
}

const nameOf = (net: Net, transition: number): string => {
  const { label, element, id } = net.transitions[transition] as Net['transitions'][number]
  return label ?? element ?? id
}

function reachedFrom({ space }: Exploration, from: number): Set<number> {
  const reached = new Set([from])
  for (const marking of reached) {
    const offset = space.stepsOf(marking)
    for (let at = offset + 2; at <= offset + 2 * space.stepAt(offset); at += 2) reached.add(space.stepAt(at))
  }
  return reached
}

/** How many tokens a marking holds beyond the final marking. */
function tokensBeyond({ space }: Exploration, net: Net, marking: number): number {
  let tokens = 0
  net.places.forEach((_, place) => {
    tokens += space.tokens(marking, place) - space.tokens(space.final, place)
  })
  return tokens
}

/**
 * Judges a procedure: from every state the end can be reached, nothing is left when it is, every step can happen, and no
 * place ever holds two tokens (soundness of van der Aalst, with 1-safety). Each problem comes with the shortest way to it.
 */
export function checkSoundness(net: Net, limits: SoundnessLimits = {}): Soundness {
  const found = explore(net, limits.maxMarkings ?? 200_000)
  const problems = problemsOf(found, net)
  if (problems.length > 0) return { kind: 'unsound', problems, says: problems.map(saysProblem) }
  const markings = found.order.length
  if (found.complete || (net.transitions.length <= maxFolded && foldsToOneStep(net))) return { kind: 'sound', markings }
  return {
    kind: 'undecided',
    markings,
    says: {
      zh: `看过 ${markings} 个状态仍不能判定；程序可能过于复杂。`,
      en: `Undecided after ${markings} states; the procedure may be too intricate.`,
    },
  }
}
