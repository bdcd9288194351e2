/**
 * A process as nested blocks (Leemans, Fahland & van der Aalst 2013). A block is run from its one entry to its one exit, so
 * what is built of blocks can always end and leaves nothing over.
 */
export type ProcessTree =
  | { readonly kind: 'activity'; readonly activity: string }
  /** Nothing happens. */
  | { readonly kind: 'silent' }
  /** One child after the other. */
  | { readonly kind: 'sequence'; readonly children: readonly ProcessTree[] }
  /** Exactly one child. */
  | { readonly kind: 'exclusive'; readonly children: readonly ProcessTree[] }
  /** All children, side by side. */
  | { readonly kind: 'parallel'; readonly children: readonly ProcessTree[] }
  /** The body, then any number of times a redo and the body again. */
  | { readonly kind: 'loop'; readonly body: ProcessTree; readonly redo: ProcessTree }

type Branching = Extract<ProcessTree, { children: unknown }>

const silent: ProcessTree = { kind: 'silent' }

/** A node with its children in it where they are of its own kind: ((a, b), c) is (a, b, c). */
function flattened(kind: Branching['kind'], children: readonly ProcessTree[]): ProcessTree[] {
  return children.flatMap((child) => (child.kind === kind ? child.children : [child]))
}

/** Whether a block can be run without anything happening. */
export function canDoNothing(tree: ProcessTree): boolean {
  switch (tree.kind) {
    case 'activity':
      return false
    case 'silent':
      return true
    case 'exclusive':
      return tree.children.some(canDoNothing)
    case 'loop':
      return canDoNothing(tree.body)
    default:
      return tree.children.every(canDoNothing)
  }
}

function foldedBranching(kind: Branching['kind'], own: readonly ProcessTree[]): ProcessTree {
  let children = flattened(kind, own.map(folded))
  if (kind === 'exclusive') {
    const others = children.filter((child) => child.kind !== 'silent')
    // Where another branch can do nothing as well, the empty branch adds no run.
    const empty = others.length < children.length && !others.some(canDoNothing)
    children = empty || others.length === 0 ? [...others, silent] : others
  } else children = children.filter((child) => child.kind !== 'silent')
  if (children.length === 0) return silent
  return children.length === 1 ? (children[0] as ProcessTree) : { kind, children }
}

/**
 * The same runs with fewer nodes: blocks of one kind within each other become one, silent children are taken out where
 * they change nothing, and a loop that may repeat at once within another such loop is one loop.
 */
export function folded(tree: ProcessTree): ProcessTree {
  if (tree.kind === 'activity' || tree.kind === 'silent') return tree
  if (tree.kind !== 'loop') return foldedBranching(tree.kind, tree.children)
  const [body, redo] = [folded(tree.body), folded(tree.redo)]
  if (body.kind === 'silent' && redo.kind === 'silent') return silent
  // a+ ((b or nothing) a+)* is a ((b or nothing) a)*
  const twice = body.kind === 'loop' && body.redo.kind === 'silent' && canDoNothing(redo)
  return { kind: 'loop', body: twice ? body.body : body, redo }
}

const signs = { sequence: '→', exclusive: '×', parallel: '+', loop: '↻' } as const

/** A tree as one line, e.g. `→(a, ×(b, τ))`. */
export function treeText(tree: ProcessTree): string {
  if (tree.kind === 'silent') return 'τ'
  if (tree.kind === 'activity') return `'${tree.activity}'`
  const children = tree.kind === 'loop' ? [tree.body, tree.redo] : tree.children
  return `${signs[tree.kind]}(${children.map(treeText).join(', ')})`
}

/** Every node of a tree, parents before children, in the order of the children. */
export function nodesOf(tree: ProcessTree): ProcessTree[] {
  const inside = tree.kind === 'loop' ? [tree.body, tree.redo] : 'children' in tree ? tree.children : []
  return [tree, ...inside.flatMap(nodesOf)]
}
