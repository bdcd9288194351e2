import type { LogConformance } from '../procedure/log-conformance.ts'
import type { TreeNet } from './tree-net.ts'

/**
 * How many cases pass each node of a process tree, by their optimal alignments: a case passes a node where a step of it
 * that the case shows, or its routing, happens. Cases without an alignment count nowhere.
 */
export function casesOfNodes({ nodes, owners, parents }: TreeNet, conformance: LogConformance): Int32Array {
  const cases = new Int32Array(nodes.length)
  for (const { moves, variant } of conformance.variants) {
    if (moves === null) continue
    const passed = new Uint8Array(nodes.length)
    for (const move of moves) {
      if (move.kind === 'log' || move.kind === 'model') continue
      for (
        let node = owners[move.transition] as number;
        node >= 0 && passed[node] === 0;
        node = parents[node] as number
      )
        passed[node] = 1
    }
    for (let node = 0; node < nodes.length; node += 1)
      if (passed[node] === 1) cases[node] = (cases[node] as number) + variant.cases.length
  }
  return cases
}
