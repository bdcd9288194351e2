import type { Follows } from './follows.ts'
import { Groups } from './groups.ts'

/** A way to take a process apart: groups of nodes. Of a loop the first group is the body, the others are redos. */
export interface Cut {
  readonly kind: 'exclusive' | 'sequence' | 'parallel' | 'loop'
  readonly groups: readonly (readonly number[])[]
}

/** Nodes that are never in one trace: the parts that no flow joins. */
function exclusiveGroups(follows: Follows): number[][] {
  const groups = new Groups(follows.size)
  for (let a = 0; a < follows.size; a += 1)
    for (let b = 0; b < follows.size; b += 1) if (follows.has(a, b)) groups.join(a, b)
  return groups.list(follows.codes.keys())
}

/** Rows of bits: which nodes each node leads to by one step or more. */
function reachability(follows: Follows): { has(from: number, to: number): boolean } {
  const size = follows.size
  const words = (size + 31) >> 5
  const bits = new Int32Array(size * words)
  for (let a = 0; a < size; a += 1)
    for (let b = 0; b < size; b += 1)
      if (follows.has(a, b)) bits[a * words + (b >> 5)] = (bits[a * words + (b >> 5)] as number) | (1 << (b & 31))
  for (let by = 0; by < size; by += 1) {
    for (let from = 0; from < size; from += 1) {
      if ((((bits[from * words + (by >> 5)] as number) >>> (by & 31)) & 1) === 0) continue
      for (let word = 0; word < words; word += 1)
        bits[from * words + word] = (bits[from * words + word] as number) | (bits[by * words + word] as number)
    }
  }
  return { has: (from, to) => (((bits[from * words + (to >> 5)] as number) >>> (to & 31)) & 1) === 1 }
}

/**
 * Nodes in stages: each stage leads to every later one and none leads back. Nodes that lead to each other are of one
 * stage, and so are nodes of which neither leads to the other.
 */
function sequenceGroups(follows: Follows): number[][] {
  const reach = reachability(follows)
  const joined = new Groups(follows.size)
  for (let a = 0; a < follows.size; a += 1)
    for (let b = a + 1; b < follows.size; b += 1) if (reach.has(a, b) === reach.has(b, a)) joined.join(a, b)
  const groups = joined.list(follows.codes.keys())
  return groups.sort((x, y) => (reach.has(x[0] as number, y[0] as number) ? -1 : 1))
}

/**
 * Stages that cases pass over together become one, so that the choice to pass over them is made once: a stage that can be
 * passed over takes in the stages before it that lead no further than to it, and those after it that nothing earlier
 * leads to (Leemans 2017, maximal sequence cut). One stage alone would be no cut: then they stay as they are.
 */
function withWholeStages(follows: Follows, stages: readonly (readonly number[])[]): number[][] {
  const stageOf = new Int32Array(follows.size)
  stages.forEach((stage, index) => {
    for (const node of stage) stageOf[node] = index
  })
  /** The earliest stage that leads to each, and the latest that each leads to; −1 and one past the last are outside. */
  const earliest = stages.map(() => stages.length)
  const latest = stages.map(() => -1)
  const passedOver = new Uint8Array(stages.length)
  const flow = (from: number, to: number): void => {
    if (from >= 0) latest[from] = Math.max(latest[from] as number, to)
    if (to < stages.length) earliest[to] = Math.min(earliest[to] as number, from)
    passedOver.fill(1, Math.min(from + 1, to), to)
  }
  for (let a = 0; a < follows.size; a += 1) {
    if (follows.isStart(a)) flow(-1, stageOf[a] as number)
    if (follows.isEnd(a)) flow(stageOf[a] as number, stages.length)
    for (let b = 0; b < follows.size; b += 1) if (follows.has(a, b)) flow(stageOf[a] as number, stageOf[b] as number)
  }
  const taken = new Groups(stages.length)
  for (let stage = 0; stage < stages.length; stage += 1) {
    if (passedOver[stage] === 0) continue
    for (let before = stage - 1; before >= 0 && (latest[before] as number) <= stage; before -= 1)
      taken.join(before, stage)
    for (let after = stage + 1; after < stages.length && (earliest[after] as number) >= stage; after += 1)
      taken.join(after, stage)
  }
  const whole = taken.list(stages.keys()).map((group) => group.flatMap((stage) => stages[stage] as readonly number[]))
  return whole.length > 1 ? whole : stages.map((stage) => [...stage])
}

/** Nodes side by side: any two of different groups follow each other directly both ways, and each group starts and ends traces. */
function parallelGroups(follows: Follows): number[][] {
  const joined = new Groups(follows.size)
  for (let a = 0; a < follows.size; a += 1)
    for (let b = a + 1; b < follows.size; b += 1) if (!(follows.has(a, b) && follows.has(b, a))) joined.join(a, b)
  const groups = joined.list(follows.codes.keys())
  const stands = (group: readonly number[]): boolean =>
    group.some((node) => follows.isStart(node)) && group.some((node) => follows.isEnd(node))
  const whole = groups.filter(stands)
  const others = groups.filter((group) => !stands(group))
  if (others.length === 0) return groups
  // A group that cannot start or end a trace by itself goes with others until they can.
  const rest = others.flat().sort((a, b) => a - b)
  if (stands(rest)) return [...whole, rest]
  const [first, ...more] = whole
  return first ? [[...first, ...rest], ...more] : [rest]
}

/** A body that starts and ends traces, and redos that lead from its ends back to its starts. */
function loopGroups(follows: Follows): number[][] {
  const nodes = [...follows.codes.keys()]
  const isBody = (node: number): boolean => follows.isStart(node) || follows.isEnd(node)
  const body = nodes.filter(isBody)
  const joined = new Groups(follows.size)
  for (const a of nodes) for (const b of nodes) if (!isBody(a) && !isBody(b) && follows.has(a, b)) joined.join(a, b)
  const [starts, ends] = [nodes.filter((node) => follows.isStart(node)), nodes.filter((node) => follows.isEnd(node))]
  const redos: number[][] = []
  for (const group of joined.list(nodes.filter((node) => !isBody(node)))) {
    const redone = group.every((node) => {
      const entered = nodes.filter((from) => isBody(from) && follows.has(from, node))
      const left = nodes.filter((to) => isBody(to) && follows.has(node, to))
      return (
        entered.every((from) => follows.isEnd(from)) &&
        left.every((to) => follows.isStart(to)) &&
        (entered.length === 0 || entered.length === ends.length) &&
        (left.length === 0 || left.length === starts.length)
      )
    })
    if (redone) redos.push(group)
    else body.push(...group)
  }
  return redos.length === 0 || body.length === 0 ? [nodes] : [body.sort((a, b) => a - b), ...redos]
}

/** The first of the four cuts that takes a process apart, or null where none does. */
export function findCut(follows: Follows): Cut | null {
  if (follows.size < 2) return null
  const exclusive = exclusiveGroups(follows)
  if (exclusive.length > 1) return { kind: 'exclusive', groups: exclusive }
  const stages = sequenceGroups(follows)
  if (stages.length > 1) return { kind: 'sequence', groups: withWholeStages(follows, stages) }
  const parallel = parallelGroups(follows)
  if (parallel.length > 1) return { kind: 'parallel', groups: parallel }
  const loop = loopGroups(follows)
  return loop.length > 1 ? { kind: 'loop', groups: loop } : null
}
