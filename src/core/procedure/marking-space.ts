import type { Net } from './net.ts'

const grow32 = (old: Int32Array, size: number): Int32Array<ArrayBuffer> => {
  const grown = new Int32Array(Math.max(size, old.length * 2))
  grown.set(old)
  return grown
}

/** Most tokens that one place can hold here; a step beyond is not taken, and `overflowed` says so. */
const maxTokens = 0xffff

/**
 * The markings that a net can reach, found on demand and remembered: each gets a number, and its steps (transition and
 * the marking after it, in the transitions' order) are computed once however many traces pass through it.
 */
export class MarkingSpace {
  readonly net: Net
  readonly initial: number
  readonly final: number
  /** A place would have held more tokens than can be counted: what lies beyond is not known. */
  overflowed = false
  /** Most tokens that a marking may have on each place and still matter. */
  readonly #most: Uint16Array

  readonly #width: number
  /** Tokens per place, marking after marking. */
  #tokens: Uint16Array<ArrayBuffer>
  #hashes: Int32Array<ArrayBuffer> = new Int32Array(256)
  #table: Int32Array<ArrayBuffer> = new Int32Array(1024).fill(-1)
  #count = 0
  /** Per marking the offset of its steps in #steps, −1 before they are computed. */
  #first: Int32Array<ArrayBuffer> = new Int32Array(256)
  /** Number of steps, then pairs of transition and target marking. */
  #steps: Int32Array<ArrayBuffer> = new Int32Array(1024)
  #stepsUsed = 0
  /** Per marking the offset of its tokens' places in #lists, −1 before they are listed. */
  #listed: Int32Array<ArrayBuffer> = new Int32Array(256)
  #lists: Int32Array<ArrayBuffer> = new Int32Array(1024)
  #listsUsed = 0
  readonly #weights: Int32Array
  readonly #scratch: Uint16Array
  readonly #inputs: readonly Int32Array[]
  readonly #lost: readonly Int32Array[]
  readonly #gained: readonly Int32Array[]
  readonly #hashChange: Int32Array
  /** Transitions by their first input, and those without one. */
  readonly #byFirstInput: readonly Int32Array[]
  readonly #sources: Int32Array
  readonly #candidates: Int32Array

  /**
   * With `towardsEnd`, markings from which the end is out of reach for certain are left out: those with more tokens than
   * the final marking on a place that no step takes any from.
   */
  constructor(net: Net, how: { readonly towardsEnd?: boolean } = {}) {
    this.net = net
    const width = net.places.length
    this.#width = width
    this.#most = new Uint16Array(width).fill(maxTokens)
    if (how.towardsEnd) {
      const taken = new Set(
        net.transitions.flatMap(({ inputs, outputs }) => inputs.filter((p) => !outputs.includes(p))),
      )
      for (let place = 0; place < width; place += 1) {
        if (!taken.has(place)) this.#most[place] = net.final.filter((held) => held === place).length
      }
    }
    this.#tokens = new Uint16Array(Math.max(1, width) * 256)
    this.#scratch = new Uint16Array(width)
    this.#weights = new Int32Array(width)
    let seed = 0x2545f491
    for (let place = 0; place < width; place += 1) {
      seed = Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d) + 0x9e3779b9
      this.#weights[place] = Math.imul(seed ^ (seed >>> 13), 0x297a2d39) | 1
    }
    this.#inputs = net.transitions.map((transition) => Int32Array.from(transition.inputs))
    this.#lost = net.transitions.map((t) => Int32Array.from(t.inputs.filter((place) => !t.outputs.includes(place))))
    this.#gained = net.transitions.map((t) => Int32Array.from(t.outputs.filter((place) => !t.inputs.includes(place))))
    this.#hashChange = Int32Array.from(net.transitions, (_, index) => {
      let change = 0
      for (const place of this.#gained[index] ?? []) change = (change + (this.#weights[place] ?? 0)) | 0
      for (const place of this.#lost[index] ?? []) change = (change - (this.#weights[place] ?? 0)) | 0
      return change
    })
    const byFirstInput: number[][] = net.places.map(() => [])
    const sources: number[] = []
    net.transitions.forEach(({ inputs }, transition) => {
      const first = inputs[0]
      if (first === undefined) sources.push(transition)
      else byFirstInput[first]?.push(transition)
    })
    this.#byFirstInput = byFirstInput.map((list) => Int32Array.from(list))
    this.#sources = Int32Array.from(sources)
    this.#candidates = new Int32Array(net.transitions.length)
    this.initial = this.#enter(net.initial)
    this.final = this.#enter(net.final)
  }

  /** How many markings have been met. */
  get count(): number {
    return this.#count
  }

  /** Memory that the markings and their steps take. */
  get bytes(): number {
    return (
      this.#tokens.byteLength +
      this.#steps.byteLength +
      this.#table.byteLength +
      this.#lists.byteLength +
      3 * this.#hashes.byteLength
    )
  }

  /** The number of a marking given as place indices, repeated per token. */
  idOf(places: readonly number[]): number {
    return this.#enter(places)
  }

  /** Tokens that a marking has on a place. */
  tokens(marking: number, place: number): number {
    return this.#tokens[marking * this.#width + place] as number
  }

  /** Where the places of a marking's tokens begin, repeated per token: `placeAt(offset)` and on, until it is −1. */
  tokensFrom(marking: number): number {
    const known = this.#listed[marking] as number
    return known >= 0 ? known : this.#list(marking)
  }

  placeAt(offset: number): number {
    return this.#lists[offset] as number
  }

  #list(marking: number): number {
    const places = this.placesOf(marking)
    while (this.#listsUsed + places.length + 1 > this.#lists.length) this.#lists = grow32(this.#lists, 0)
    const offset = this.#listsUsed
    this.#lists.set(places, offset)
    this.#lists[offset + places.length] = -1
    this.#listsUsed += places.length + 1
    this.#listed[marking] = offset
    return offset
  }

  /** A marking as place indices, repeated per token. */
  placesOf(marking: number): number[] {
    const places: number[] = []
    for (let place = 0; place < this.#width; place += 1) {
      for (let token = this.tokens(marking, place); token > 0; token -= 1) places.push(place)
    }
    return places
  }

  /** Whether some place holds more than one token. */
  isUnsafe(marking: number): boolean {
    for (let place = 0; place < this.#width; place += 1) if (this.tokens(marking, place) > 1) return true
    return false
  }

  /** Whether every place has at least as many tokens in `marking` as in `other`. */
  covers(marking: number, other: number): boolean {
    for (let place = 0; place < this.#width; place += 1) {
      if (this.tokens(marking, place) < this.tokens(other, place)) return false
    }
    return true
  }

  /** Where a marking's steps begin: `stepAt(offset)` is their number, followed by transition and target in turn. */
  stepsOf(marking: number): number {
    const known = this.#first[marking] as number
    return known >= 0 ? known : this.#expand(marking)
  }

  stepAt(offset: number): number {
    return this.#steps[offset] as number
  }

  /** Whether the steps of a marking have been computed. */
  isExpanded(marking: number): boolean {
    return (this.#first[marking] as number) >= 0
  }

  #enter(places: readonly number[]): number {
    this.#scratch.fill(0)
    let hash = 0
    for (const place of places) {
      this.#scratch[place] = (this.#scratch[place] as number) + 1
      hash = (hash + (this.#weights[place] as number)) | 0
    }
    return this.#find(hash)
  }

  /** The number of the marking in #scratch, entered if it is new. */
  #find(hash: number): number {
    const width = this.#width
    const scratch = this.#scratch
    let mask = this.#table.length - 1
    let slot = (hash ^ (hash >>> 16)) & mask
    for (;;) {
      const known = this.#table[slot] as number
      if (known < 0) break
      if (this.#hashes[known] === hash) {
        const base = known * width
        let place = 0
        while (place < width && this.#tokens[base + place] === scratch[place]) place += 1
        if (place === width) return known
      }
      slot = (slot + 1) & mask
    }
    const id = this.#count
    this.#count += 1
    if ((id + 1) * width > this.#tokens.length) {
      const grown = new Uint16Array(this.#tokens.length * 2)
      grown.set(this.#tokens)
      this.#tokens = grown
    }
    if (id >= this.#hashes.length) {
      this.#hashes = grow32(this.#hashes, id + 1)
      this.#first = grow32(this.#first, id + 1)
      this.#listed = grow32(this.#listed, id + 1)
    }
    this.#tokens.set(scratch, id * width)
    this.#hashes[id] = hash
    this.#first[id] = -1
    this.#listed[id] = -1
    this.#table[slot] = id
    if (this.#count * 2 > this.#table.length) {
      const table = new Int32Array(this.#table.length * 2).fill(-1)
      mask = table.length - 1
      for (let each = 0; each < this.#count; each += 1) {
        const each32 = this.#hashes[each] as number
        let free = (each32 ^ (each32 >>> 16)) & mask
        while ((table[free] as number) >= 0) free = (free + 1) & mask
        table[free] = each
      }
      this.#table = table
    }
    return id
  }

  /** The transitions whose first input is marked, in ascending order, into #candidates; gives their number. */
  #gather(marking: number): number {
    const list = this.#candidates
    let count = 0
    for (const transition of this.#sources) {
      list[count] = transition
      count += 1
    }
    let before = -1
    for (let at = this.tokensFrom(marking); this.placeAt(at) >= 0; at += 1) {
      const place = this.placeAt(at)
      if (place === before) continue
      before = place
      for (const transition of this.#byFirstInput[place] as Int32Array) {
        let to = count
        for (; to > 0 && (list[to - 1] as number) > transition; to -= 1) list[to] = list[to - 1] as number
        list[to] = transition
        count += 1
      }
    }
    return count
  }

  #expand(marking: number): number {
    const width = this.#width
    const base = marking * width
    const hash = this.#hashes[marking] as number
    const candidates = this.#gather(marking)
    if (this.#stepsUsed + 1 + 2 * candidates > this.#steps.length) {
      this.#steps = grow32(this.#steps, this.#stepsUsed + 1 + 2 * candidates)
    }
    const offset = this.#stepsUsed
    let at = offset + 1
    for (let each = 0; each < candidates; each += 1) {
      const transition = this.#candidates[each] as number
      const inputs = this.#inputs[transition] as Int32Array
      let input = 0
      while (input < inputs.length && (this.#tokens[base + (inputs[input] as number)] as number) > 0) input += 1
      if (input < inputs.length) continue
      const scratch = this.#scratch
      scratch.set(this.#tokens.subarray(base, base + width))
      let possible = true
      for (const place of this.#lost[transition] as Int32Array) scratch[place] = (scratch[place] as number) - 1
      for (const place of this.#gained[transition] as Int32Array) {
        if ((scratch[place] as number) < (this.#most[place] as number)) scratch[place] = (scratch[place] as number) + 1
        else {
          possible = false
          if (scratch[place] === maxTokens) this.overflowed = true
        }
      }
      if (!possible) continue
      const target = this.#find((hash + (this.#hashChange[transition] as number)) | 0)
      this.#steps[at] = transition
      this.#steps[at + 1] = target
      at += 2
    }
    this.#steps[offset] = (at - offset - 1) / 2
    this.#stepsUsed = at
    this.#first[marking] = offset
    return offset
  }
}
