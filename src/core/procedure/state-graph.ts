import { BucketQueue } from './bucket-queue.ts'
import type { MarkingSpace } from './marking-space.ts'

/** Cost of a step that only the log or only the net shows, and of a silent step of the net. */
export const visibleCost = 10_000
export const silentCost = 1

/** No path leads to the final marking. */
export const unreachable = 0x7fff_ffff

/**
 * All markings that a net reaches, when they are few enough to be listed: gives exact distances to the end, which make a
 * search for alignments short, and proves an end unreachable.
 */
export class StateGraph {
  readonly #space: MarkingSpace
  /** Edges against their direction: for marking m, entries #from[m] … #from[m + 1]. */
  readonly #from: Int32Array
  readonly #sources: Int32Array
  readonly #transitions: Int32Array
  readonly #distances = new Map<string, Int32Array>()
  readonly #labelOf: Int32Array
  readonly #labels: number
  /** Per marking the number of its class: markings of one class reach the same labels on their ways to the end. */
  readonly classOf: Int32Array
  /** Per class, 1 for each label that a way to the end can still show. */
  readonly classes: readonly Uint8Array[]

  /** The graph of a space, or null when it has more than `maxMarkings` markings or provably no end of them. `labelOf[t]` is −1 for silent transitions. */
  static of(space: MarkingSpace, labelOf: Int32Array, labels: number, maxMarkings: number): StateGraph | null {
    const seen = new Uint8Array(maxMarkings + 2)
    const parent = new Int32Array(maxMarkings + 2).fill(-1)
    const queue = [space.initial]
    seen[space.initial] = 1
    for (let at = 0; at < queue.length; at += 1) {
      const offset = space.stepsOf(queue[at] as number)
      const steps = space.stepAt(offset)
      for (let step = 0; step < steps; step += 1) {
        const target = space.stepAt(offset + 2 + 2 * step)
        if (target > maxMarkings) return null
        if (seen[target] === 0) {
          seen[target] = 1
          parent[target] = queue[at] as number
          queue.push(target)
          if (space.isUnsafe(target) && growsFrom(space, parent, target)) return null
        }
      }
    }
    return space.overflowed ? null : new StateGraph(space, queue, labelOf, labels)
  }

  private constructor(space: MarkingSpace, reached: readonly number[], labelOf: Int32Array, labels: number) {
    this.#space = space
    this.#labelOf = labelOf
    this.#labels = labels
    const count = space.count
    const entering = new Int32Array(count + 1)
    this.#eachEdge(reached, (_, target) => {
      entering[target + 1] = (entering[target + 1] as number) + 1
    })
    for (let marking = 0; marking < count; marking += 1) {
      entering[marking + 1] = (entering[marking + 1] as number) + (entering[marking] as number)
    }
    this.#from = entering.slice()
    const edges = entering[count] as number
    this.#sources = new Int32Array(edges)
    this.#transitions = new Int32Array(edges)
    this.#eachEdge(reached, (source, target, transition) => {
      const at = entering[target] as number
      entering[target] = at + 1
      this.#sources[at] = source
      this.#transitions[at] = transition
    })
    const { classOf, classes } = this.#labelClasses(count)
    this.classOf = classOf
    this.classes = classes
  }

  #eachEdge(reached: readonly number[], visit: (source: number, target: number, transition: number) => void): void {
    for (const source of reached) {
      const offset = this.#space.stepsOf(source)
      const end = offset + 2 * this.#space.stepAt(offset)
      for (let at = offset + 1; at < end; at += 2) {
        visit(source, this.#space.stepAt(at + 1), this.#space.stepAt(at))
      }
    }
  }

  /** Spreads, from the end backwards, which labels a way to the end can show. */
  #labelClasses(count: number): { classOf: Int32Array; classes: readonly Uint8Array[] } {
    const words = Math.max(1, Math.ceil(this.#labels / 32))
    const bits = new Int32Array(count * words)
    const leads = new Uint8Array(count)
    const waiting = new Uint8Array(count)
    const stack = [this.#space.final]
    leads[this.#space.final] = 1
    while (stack.length > 0) {
      const target = stack.pop() as number
      waiting[target] = 0
      for (let edge = this.#from[target] as number; edge < (this.#from[target + 1] as number); edge += 1) {
        const source = this.#sources[edge] as number
        let changed = leads[source] === 0
        leads[source] = 1
        for (let word = 0; word < words; word += 1) {
          const before = bits[source * words + word] as number
          const after = before | (bits[target * words + word] as number)
          if (after !== before) {
            bits[source * words + word] = after
            changed = true
          }
        }
        const label = this.#labelOf[this.#transitions[edge] as number] as number
        if (label >= 0) {
          const at = source * words + (label >> 5)
          const bit = 1 << (label & 31)
          if (((bits[at] as number) & bit) === 0) {
            bits[at] = (bits[at] as number) | bit
            changed = true
          }
        }
        if (changed && waiting[source] === 0) {
          waiting[source] = 1
          stack.push(source)
        }
      }
    }
    const classOf = new Int32Array(count)
    const classes: Uint8Array[] = []
    const known = new Map<string, number>()
    for (let marking = 0; marking < count; marking += 1) {
      const own = bits.subarray(marking * words, (marking + 1) * words)
      const key = own.join()
      let number = known.get(key)
      if (number === undefined) {
        number = classes.length
        known.set(key, number)
        classes.push(
          Uint8Array.from({ length: this.#labels }, (_, label) => ((own[label >> 5] as number) >> (label & 31)) & 1),
        )
      }
      classOf[marking] = number
    }
    return { classOf, classes }
  }

  /**
   * Per marking the least cost to the final marking when steps whose label is `free` cost nothing: exact, and never more
   * than what an alignment of a rest of a trace with only these labels must still pay. `unreachable` where no way leads there.
   */
  distances(free: Uint8Array): Int32Array {
    const key = free.join('')
    const known = this.#distances.get(key)
    if (known) return known
    const count = this.#from.length - 1
    const distance = new Int32Array(count).fill(unreachable)
    const queue = new BucketQueue()
    distance[this.#space.final] = 0
    queue.push(0, this.#space.final)
    for (let at = queue.lowest; at < unreachable; at = queue.lowest) {
      const target = queue.pop()
      if (at > (distance[target] as number)) continue
      for (let edge = this.#from[target] as number; edge < (this.#from[target + 1] as number); edge += 1) {
        const label = this.#labelOf[this.#transitions[edge] as number] as number
        const next = at + (label < 0 ? silentCost : free[label] === 1 ? 0 : visibleCost)
        const source = this.#sources[edge] as number
        if (next < (distance[source] as number)) {
          distance[source] = next
          queue.push(next, source)
        }
      }
    }
    if ((this.#distances.size + 1) * count > maxDistanceEntries) this.#distances.clear()
    this.#distances.set(key, distance)
    return distance
  }

  /**
   * A lower bound of the rest of an alignment of a trace given as label codes: what the net alone must pay where every
   * later event may match, and the log moves (`logCost` each) of events that no way shows any more. Costs of the net are
   * multiplied by `scale`. Consistent, so no state is searched twice.
   */
  bound(codes: Int32Array, scale: number, logCost: number): (marking: number, position: number) => number {
    const length = codes.length
    const tables: Int32Array[] = new Array(length + 1)
    const free = new Uint8Array(this.#labels)
    tables[length] = this.distances(free)
    for (let position = length - 1; position >= 0; position -= 1) {
      const code = codes[position] as number
      const isNew = free[code] === 0
      free[code] = 1
      tables[position] = isNew ? this.distances(free) : (tables[position + 1] as Int32Array)
    }
    const lost: (Int32Array | undefined)[] = new Array(this.classes.length)
    return (marking, position) => {
      const rest = (tables[position] as Int32Array)[marking] as number
      if (rest === unreachable) return Number.POSITIVE_INFINITY
      const number = this.classOf[marking] as number
      const unmatched = lost[number] ?? unmatchedEvents(codes, this.classes[number] as Uint8Array)
      lost[number] = unmatched
      return rest * scale + (unmatched[position] as number) * logCost
    }
  }
}

/** Whether a marking strictly covers one that led to it: what happened in between can then happen for ever. */
function growsFrom(space: MarkingSpace, parent: Int32Array, marking: number): boolean {
  for (let earlier = parent[marking] as number; earlier >= 0; earlier = parent[earlier] as number) {
    if (space.covers(marking, earlier)) return true
  }
  return false
}

/** Distance tables kept at once, in entries of four bytes. */
const maxDistanceEntries = 32_000_000

/** Per position the number of later events that no way to the end can show any more. */
function unmatchedEvents(codes: Int32Array, shown: Uint8Array): Int32Array {
  const count = new Int32Array(codes.length + 1)
  for (let position = codes.length - 1; position >= 0; position -= 1) {
    count[position] = (count[position + 1] as number) + (shown[codes[position] as number] === 1 ? 0 : 1)
  }
  return count
}
