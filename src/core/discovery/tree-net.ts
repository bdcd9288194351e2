import type { Net, Transition } from '../procedure/net.ts'
import { nodesOf, type ProcessTree } from './process-tree.ts'

/** A process tree as a net: 1-safe and sound by construction, each transition with the tree's node that it belongs to. */
export interface TreeNet {
  readonly net: Net
  /** The tree's nodes, parents first; `owners` and `parents` number them. */
  readonly nodes: readonly ProcessTree[]
  /** Transition → node. */
  readonly owners: readonly number[]
  /** Node → the node that holds it, −1 for the root. */
  readonly parents: readonly number[]
}

class TreeNetBuilder {
  places = 2
  readonly transitions: Transition[] = []
  readonly owners: number[] = []
  readonly parents: number[] = []

  #place(): number {
    this.places += 1
    return this.places - 1
  }

  #add(owner: number, label: string | null, inputs: readonly number[], outputs: readonly number[]): void {
    this.transitions.push({ id: `t${this.transitions.length + 1}`, label, inputs, outputs })
    this.owners.push(owner)
  }

  /** Builds the block of a tree between two places. */
  block(tree: ProcessTree, from: number, to: number, parent = -1): void {
    const own = this.parents.push(parent) - 1
    switch (tree.kind) {
      case 'activity':
        this.#add(own, tree.activity, [from], [to])
        break
      case 'silent':
        this.#add(own, null, [from], [to])
        break
      case 'sequence':
        tree.children.reduce((at, child, index) => {
          const next = index === tree.children.length - 1 ? to : this.#place()
          this.block(child, at, next, own)
          return next
        }, from)
        break
      case 'exclusive':
        for (const child of tree.children) this.block(child, from, to, own)
        break
      case 'parallel': {
        const ways = tree.children.map(() => [this.#place(), this.#place()] as const)
        this.#add(
          own,
          null,
          [from],
          ways.map(([entry]) => entry),
        )
        tree.children.forEach((child, index) => {
          const [entry, exit] = ways[index] as readonly [number, number]
          this.block(child, entry, exit, own)
        })
        this.#add(
          own,
          null,
          ways.map(([, exit]) => exit),
          [to],
        )
        break
      }
      case 'loop': {
        const [entry, exit] = [this.#place(), this.#place()]
        this.#add(own, null, [from], [entry])
        this.block(tree.body, entry, exit, own)
        this.block(tree.redo, exit, entry, own)
        this.#add(own, null, [exit], [to])
        break
      }
    }
  }
}

/** Builds the net of a process tree. */
export function treeNet(tree: ProcessTree): TreeNet {
  const built = new TreeNetBuilder()
  built.block(tree, 0, 1)
  const ascending = (places: readonly number[]): number[] => [...places].sort((a, b) => a - b)
  return {
    net: {
      places: Array.from({ length: built.places }, (_, index) => ({ id: `p${index + 1}` })),
      transitions: built.transitions.map((step) => ({
        ...step,
        inputs: ascending(step.inputs),
        outputs: ascending(step.outputs),
      })),
      initial: [0],
      final: [1],
    },
    nodes: nodesOf(tree),
    owners: built.owners,
    parents: built.parents,
  }
}
