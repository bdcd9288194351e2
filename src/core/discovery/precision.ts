import type { LogConformance } from '../procedure/log-conformance.ts'
import { MarkingSpace } from '../procedure/marking-space.ts'
import type { Net } from '../procedure/net.ts'

/** What may happen where a case stands: each visible step, with where it leads. */
interface Standing {
  readonly next: ReadonlyMap<string, readonly number[]>
}

/** Most markings that silent steps are followed through from one standing. */
const maxSilent = 50_000

/** The visible steps of a net, state by state, found as they are asked for. */
class VisibleSteps {
  readonly #net: Net
  readonly #space: MarkingSpace
  readonly #known = new Map<string, Standing | null>()

  constructor(net: Net) {
    this.#net = net
    this.#space = new MarkingSpace(net)
  }

  get start(): readonly number[] {
    return [this.#space.initial]
  }

  /** Null where too many silent steps would have to be followed. */
  at(markings: readonly number[]): Standing | null {
    const key = markings.join()
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const found = this.#find(markings)
    this.#known.set(key, found)
    return found
  }

  #find(markings: readonly number[]): Standing | null {
    const space = this.#space
    const reached = new Set(markings)
    const next = new Map<string, Set<number>>()
    for (const marking of reached) {
      if (reached.size > maxSilent) return null
      const offset = space.stepsOf(marking)
      for (let at = offset + 1; at <= offset + 2 * space.stepAt(offset); at += 2) {
        const label = this.#net.transitions[space.stepAt(at)]?.label ?? null
        const target = space.stepAt(at + 1)
        if (label === null) reached.add(target)
        else {
          const targets = next.get(label)
          if (targets) targets.add(target)
          else next.set(label, new Set([target]))
        }
      }
    }
    return { next: new Map([...next].map(([label, targets]) => [label, [...targets].sort((a, b) => a - b)])) }
  }
}

/** Cases that went the same way so far. */
interface Way {
  cases: number
  /** How many of them went on. */
  onward: number
  readonly further: Map<string, Way>
}

/** The ways of all judged cases as the net ran along them, from the start. */
function waysOf(net: Net, conformance: LogConformance): Way {
  const root: Way = { cases: 0, onward: 0, further: new Map() }
  for (const { moves, variant } of conformance.variants) {
    if (moves === null) continue
    const count = variant.cases.length
    let way = root
    way.cases += count
    for (const move of moves) {
      const label = move.kind === 'log' ? null : (net.transitions[move.transition]?.label ?? null)
      if (label === null) continue
      const after = way.further.get(label) ?? { cases: 0, onward: 0, further: new Map() }
      way.further.set(label, after)
      way.onward += count
      after.cases += count
      way = after
    }
  }
  return root
}

/**
 * How much of what a net allows the cases do: 1 where every step that may follow a beginning does follow it in some case,
 * near 0 where nearly anything may follow anything. Escaping edges along optimal alignments, weighed by the cases that
 * went on from each beginning (Muñoz-Gama & Carmona 2010; Adriansyah et al. 2015). Null where no case was aligned, or where
 * too much would have to be looked at (`expired`, or too many silent steps).
 */
export function precisionOf(
  net: Net,
  conformance: LogConformance,
  expired: () => boolean = () => false,
): number | null {
  const steps = new VisibleSteps(net)
  const open: { way: Way; markings: readonly number[] }[] = [{ way: waysOf(net, conformance), markings: steps.start }]
  let [allowed, escaping] = [0, 0]
  for (const { way, markings } of open) {
    if (way.onward === 0) continue
    const standing = expired() ? null : steps.at(markings)
    if (standing === null) return null
    allowed += way.onward * standing.next.size
    escaping += way.onward * (standing.next.size - way.further.size)
    for (const [label, after] of way.further) {
      const targets = standing.next.get(label)
      if (targets === undefined) throw new Error(`an alignment is no run of its net: ${label}`)
      open.push({ way: after, markings: targets })
    }
  }
  return allowed === 0 ? null : 1 - escaping / allowed
}
