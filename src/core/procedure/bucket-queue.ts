/**
 * A queue of numbers by whole priority, lowest first; within one priority the last one in comes out first. Fast where
 * there are many entries and few different priorities, as with the costs of alignments.
 */
export class BucketQueue {
  readonly #buckets = new Map<number, number[]>()
  /** Priorities that have a bucket with entries, as a binary heap. */
  readonly #heap: number[] = []

  /** Priority of the entry that `pop` gives next, or Infinity when the queue is empty. */
  get lowest(): number {
    return this.#heap[0] ?? Number.POSITIVE_INFINITY
  }

  push(priority: number, entry: number): void {
    const bucket = this.#buckets.get(priority)
    if (bucket === undefined) {
      this.#buckets.set(priority, [entry])
      this.#rise(priority)
    } else {
      if (bucket.length === 0) this.#rise(priority)
      bucket.push(entry)
    }
  }

  /** Takes the entry of lowest priority, or −1 when the queue is empty. */
  pop(): number {
    const priority = this.#heap[0]
    if (priority === undefined) return -1
    const bucket = this.#buckets.get(priority) as number[]
    const entry = bucket.pop() as number
    if (bucket.length === 0) this.#sink()
    return entry
  }

  clear(): void {
    this.#buckets.clear()
    this.#heap.length = 0
  }

  #rise(priority: number): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(priority)
    while (at > 0) {
      const above = (at - 1) >> 1
      const held = heap[above] as number
      if (held <= priority) break
      heap[at] = held
      at = above
    }
    heap[at] = priority
  }

  #sink(): void {
    const heap = this.#heap
    const last = heap.pop() as number
    const size = heap.length
    if (size === 0) return
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= size) break
      if (below + 1 < size && (heap[below + 1] as number) < (heap[below] as number)) below += 1
      const held = heap[below] as number
      if (held >= last) break
      heap[at] = held
      at = below
    }
    heap[at] = last
  }
}
