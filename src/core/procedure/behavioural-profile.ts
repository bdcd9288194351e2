import { type Refusal, refuse } from '../refusal/refusal.ts'
import { MarkingSpace } from './marking-space.ts'
import type { Net } from './net.ts'

/** How two steps stand to each other over all runs: one only ever before the other, never both, or in either order. */
export type OrderRelation = 'before' | 'after' | 'exclusive' | 'either-order'

/** The order relations between all steps of a net (behavioural profile). */
export interface BehaviouralProfile {
  /** In the order of the net. */
  readonly activities: readonly string[]
  /** Both must be among the activities. */
  readonly relation: (a: string, b: string) => OrderRelation
}

/** Which activity may come at some time after which: rows of flags. */
type WeakOrder = readonly Uint8Array[]

const defaultMarkings = 20_000

/** By the markings of the net, or null where they are more than `limit`. */
function orderByStates(net: Net, labelOf: Int32Array, count: number, limit: number): WeakOrder | null {
  const space = new MarkingSpace(net)
  const found = [space.initial]
  const seen = new Set(found)
  for (const marking of found) {
    const offset = space.stepsOf(marking)
    for (let at = offset + 2; at <= offset + 2 * space.stepAt(offset); at += 2) {
      const target = space.stepAt(at)
      if (seen.has(target)) continue
      if (found.length >= limit || space.overflowed) return null
      seen.add(target)
      found.push(target)
    }
  }
  /** Per marking the activities that may happen from there on; backwards over the markings until nothing is added. */
  const words = (count + 31) >> 5
  const ahead = new Map(found.map((marking) => [marking, new Int32Array(words)]))
  for (let changed = true; changed; ) {
    changed = false
    for (let index = found.length - 1; index >= 0; index -= 1) {
      const own = ahead.get(found[index] as number) as Int32Array
      const offset = space.stepsOf(found[index] as number)
      for (let at = offset + 1; at <= offset + 2 * space.stepAt(offset); at += 2) {
        const label = labelOf[space.stepAt(at)] as number
        const later = ahead.get(space.stepAt(at + 1)) as Int32Array
        for (let word = 0; word < words; word += 1) {
          const more = (later[word] as number) | (label >> 5 === word ? 1 << (label & 31) : 0)
          const joined = (own[word] as number) | more
          if (joined === own[word]) continue
          own[word] = joined
          changed = true
        }
      }
    }
  }
  const order = Array.from({ length: count }, () => new Uint8Array(count))
  for (const marking of found) {
    const offset = space.stepsOf(marking)
    for (let at = offset + 1; at <= offset + 2 * space.stepAt(offset); at += 2) {
      const label = labelOf[space.stepAt(at)] as number
      if (label < 0) continue
      const later = ahead.get(space.stepAt(at + 1)) as Int32Array
      for (let other = 0; other < count; other += 1)
        if ((((later[other >> 5] as number) >>> (other & 31)) & 1) === 1) (order[label] as Uint8Array)[other] = 1
    }
  }
  return order
}

const isFreeChoice = (net: Net): boolean => {
  const key = (places: readonly number[]): string => [...places].sort((a, b) => a - b).join()
  const needs = new Map<number, string>()
  return net.transitions.every(({ inputs }) =>
    inputs.every((place) => {
      const known = needs.get(place)
      needs.set(place, known ?? key(inputs))
      return known === undefined || known === key(inputs)
    }),
  )
}

/**
 * By the arcs of a sound free-choice net: what comes after by some path, and what may be under way at once (Kovalyov &
 * Esparza 1996; Weidlich et al. 2011). Grows with the cube of the net, never with its markings.
 */
function orderByArcs(net: Net, labelOf: Int32Array, count: number): WeakOrder {
  const places = net.places.length
  const size = places + net.transitions.length
  const leaving = net.places.map((): number[] => [])
  net.transitions.forEach(({ inputs }, step) => {
    for (const place of inputs) leaving[place]?.push(step)
  })
  const atOnce = new Uint8Array(size * size)
  const open: [number, number][] = []
  const join = (x: number, y: number): void => {
    if (atOnce[x * size + y] === 1) return
    atOnce[x * size + y] = 1
    atOnce[y * size + x] = 1
    open.push([x, y], [y, x])
  }
  const together = (marked: readonly number[]): void => {
    for (const x of marked) for (const y of marked) if (x !== y) join(x, y)
  }
  together(net.initial)
  for (const { outputs } of net.transitions) together(outputs)
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [x, place] = pair
    if (place >= places) continue
    for (const step of leaving[place] as number[]) {
      const { inputs, outputs } = net.transitions[step] as Net['transitions'][number]
      if (!inputs.every((input) => atOnce[x * size + input] === 1)) continue
      join(x, places + step)
      for (const output of outputs) join(x, output)
    }
  }
  const order = Array.from({ length: count }, () => new Uint8Array(count))
  net.transitions.forEach((_, from) => {
    const label = labelOf[from] as number
    if (label < 0) return
    const row = order[label] as Uint8Array
    const reached = new Set([from])
    for (const step of reached) {
      for (const place of net.transitions[step]?.outputs ?? []) {
        for (const after of leaving[place] as number[]) {
          reached.add(after)
          if ((labelOf[after] as number) >= 0) row[labelOf[after] as number] = 1
        }
      }
    }
    net.transitions.forEach((_unused, other) => {
      if ((labelOf[other] as number) >= 0 && atOnce[(places + from) * size + places + other] === 1)
        row[labelOf[other] as number] = 1
    })
  })
  return order
}

/**
 * The behavioural profile of a sound net (Weidlich, Mendling & Weske, IEEE TSE 37, 2011): read from its markings, and
 * where those are more than `maxMarkings` from its arcs, which is exact for sound free-choice nets. Of a net that is not
 * sound it says little. Refusal: `procedure.too-wide-to-compare` for a net that is neither small nor free-choice.
 */
export function behaviouralProfile(net: Net, maxMarkings = defaultMarkings): BehaviouralProfile | Refusal {
  const codes = new Map<string, number>()
  for (const { label } of net.transitions) if (label !== null && !codes.has(label)) codes.set(label, codes.size)
  const labelOf = Int32Array.from(net.transitions, ({ label }) => (label === null ? -1 : (codes.get(label) as number)))
  const order =
    orderByStates(net, labelOf, codes.size, maxMarkings) ??
    (isFreeChoice(net) ? orderByArcs(net, labelOf, codes.size) : null)
  if (order === null) return refuse('procedure.too-wide-to-compare', { limit: maxMarkings })
  const follows = (a: string, b: string): boolean =>
    (order[codes.get(a) as number] as Uint8Array)[codes.get(b) as number] === 1
  return {
    activities: [...codes.keys()],
    relation: (a, b) => {
      const [forth, back] = [follows(a, b), follows(b, a)]
      if (forth && back) return 'either-order'
      return forth ? 'before' : back ? 'after' : 'exclusive'
    },
  }
}
