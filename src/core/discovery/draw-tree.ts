import type { Diagram, DiagramNode, DiagramPoint } from '../procedure/bpmn/diagram.ts'
import type { ProcessTree } from './process-tree.ts'

/** An edge, and the tree's node whose runs pass along it. */
interface DrawnEdge {
  readonly from: string
  readonly to: string
  readonly points: readonly DiagramPoint[]
  readonly of: number
}

/** A block drawn in its own units, its top left at 0, 0. It is entered and left at the height of `port`. */
interface Block {
  readonly w: number
  readonly h: number
  readonly port: number
  readonly nodes: readonly DiagramNode[]
  readonly edges: readonly DrawnEdge[]
  /** The nodes by which it is entered and left; null where it is a mere line. */
  readonly entry: string | null
  readonly exit: string | null
}

/** A process tree drawn as BPMN: the diagram, and which of its parts belong to which of the tree's nodes. */
export interface DrawnTree {
  readonly diagram: Diagram
  /** Element → the tree's node; tasks and gateways. */
  readonly ofElement: ReadonlyMap<string, number>
  /** Flow → the tree's node whose runs pass along it. */
  readonly ofFlow: ReadonlyMap<string, number>
}

const task = { w: 130, h: 68 }
const gateway = 40
const event = 36
/** Room between neighbours along the way, and between ways side by side. */
const [along, beside] = [44, 26]
const line = { w: 40, h: 24 }

const moved = (block: Block, dx: number, dy: number): Pick<Block, 'nodes' | 'edges'> => ({
  nodes: block.nodes.map((node) => ({ ...node, x: node.x + dx, y: node.y + dy })),
  edges: block.edges.map((edge) => ({ ...edge, points: edge.points.map(({ x, y }) => ({ x: x + dx, y: y + dy })) })),
})

/** The block to be run from right to left. */
const mirrored = (block: Block): Block => ({
  ...block,
  nodes: block.nodes.map((node) => ({ ...node, x: block.w - node.x - node.w })),
  edges: block.edges.map((edge) => ({ ...edge, points: edge.points.map(({ x, y }) => ({ x: block.w - x, y })) })),
})

const nodeAt = (id: string, kind: string, size: number, x: number, port: number): DiagramNode => ({
  id,
  kind,
  label: '',
  x,
  y: port - size / 2,
  w: size,
  h: size,
})

class Drawing {
  #next = 0
  readonly ofElement = new Map<string, number>()

  #own(number: number, ...ids: readonly string[]): void {
    for (const id of ids) this.ofElement.set(id, number)
  }

  block(tree: ProcessTree): Block {
    const own = this.#next
    this.#next += 1
    switch (tree.kind) {
      case 'silent':
        return { ...line, port: line.h / 2, nodes: [], edges: [], entry: null, exit: null }
      case 'activity': {
        const id = `step-${own}`
        this.#own(own, id)
        const node: DiagramNode = { id, kind: 'task', label: tree.activity, x: 0, y: 0, ...task }
        return { ...task, port: task.h / 2, nodes: [node], edges: [], entry: id, exit: id }
      }
      case 'sequence':
        return this.#sequence(tree.children, own)
      case 'exclusive':
        return this.#branches(tree.children, own, 'exclusiveGateway', 'choice')
      case 'parallel':
        return this.#branches(tree.children, own, 'parallelGateway', 'together')
      case 'loop':
        return this.#loop(tree.body, tree.redo, own)
    }
  }

  #sequence(children: readonly ProcessTree[], own: number): Block {
    const blocks = children.map((child) => this.block(child))
    const port = Math.max(...blocks.map((block) => block.port))
    const h = port + Math.max(...blocks.map((block) => block.h - block.port))
    const nodes: DiagramNode[] = []
    const edges: DrawnEdge[] = []
    let x = 0
    let before: string | null = null
    for (const block of blocks) {
      const placed = moved(block, x, port - block.port)
      nodes.push(...placed.nodes)
      edges.push(...placed.edges)
      if (before !== null && block.entry !== null) {
        const points = [
          { x: x - along, y: port },
          { x, y: port },
        ]
        edges.push({ from: before, to: block.entry, points, of: own })
      }
      before = block.exit
      x += block.w + along
    }
    return { w: x - along, h, port, nodes, edges, entry: blocks[0]?.entry ?? null, exit: before }
  }

  #branches(children: readonly ProcessTree[], own: number, kind: string, prefix: string): Block {
    const [split, merge] = [`${prefix}-${own}`, `${prefix}-${own}-end`]
    this.#own(own, split, merge)
    const numbers: number[] = []
    const blocks = children.map((child) => {
      numbers.push(this.#next)
      return this.block(child)
    })
    const inner = Math.max(...blocks.map((block) => block.w))
    const left = gateway + along
    const w = left + inner + along + gateway
    const port = Math.max((blocks[0] as Block).port, gateway / 2)
    const nodes = [nodeAt(split, kind, gateway, 0, port), nodeAt(merge, kind, gateway, w - gateway, port)]
    const edges: DrawnEdge[] = []
    let y = port - (blocks[0] as Block).port
    blocks.forEach((block, index) => {
      const of = numbers[index] as number
      // Short ways begin beside the others, so that a reader sees the whole choice where it is made.
      const x = left
      const placed = moved(block, x, y)
      nodes.push(...placed.nodes)
      edges.push(...placed.edges)
      edges.push(...this.#legs({ split, merge, block, x, w, port, level: y + block.port, of, first: index === 0 }))
      y += block.h + beside
    })
    const h = Math.max(y - beside, port + gateway / 2)
    return { w, h, port, nodes, edges, entry: split, exit: merge }
  }

  /** The flows from a split into a branch and from it to the merge; one flow where the branch is a mere line. */
  #legs(branch: {
    readonly split: string
    readonly merge: string
    readonly block: Block
    readonly x: number
    readonly w: number
    readonly port: number
    readonly level: number
    readonly of: number
    readonly first: boolean
  }): DrawnEdge[] {
    const { split, merge, block, x, w, port, level, of, first } = branch
    const half = gateway / 2
    const out = first
      ? [{ x: gateway, y: port }]
      : [
          { x: half, y: port + half },
          { x: half, y: level },
        ]
    const back = first
      ? [{ x: w - gateway, y: port }]
      : [
          { x: w - half, y: level },
          { x: w - half, y: port + half },
        ]
    if (block.entry === null || block.exit === null) return [{ from: split, to: merge, points: [...out, ...back], of }]
    return [
      { from: split, to: block.entry, points: [...out, { x, y: level }], of },
      { from: block.exit, to: merge, points: [{ x: x + block.w, y: level }, ...back], of },
    ]
  }

  #loop(body: ProcessTree, redo: ProcessTree, own: number): Block {
    const [again, after] = [`again-${own}`, `again-${own}-end`]
    this.#own(own, again, after)
    const bodyNumber = this.#next
    const forth = this.block(body)
    const redoNumber = this.#next
    const back = mirrored(this.block(redo))
    const left = gateway + along
    const inner = Math.max(forth.w, back.w)
    const w = left + inner + along + gateway
    const half = gateway / 2
    const port = Math.max(forth.port, half)
    const top = port - forth.port
    const below = Math.max(top + forth.h, port + half) + beside
    const level = below + back.port
    const [bodyX, redoX] = [left, left]
    const placed = [moved(forth, bodyX, top), moved(back, redoX, below)]
    const nodes = [
      nodeAt(again, 'exclusiveGateway', gateway, 0, port),
      nodeAt(after, 'exclusiveGateway', gateway, w - gateway, port),
      ...placed.flatMap((part) => part.nodes),
    ]
    const edges = placed.flatMap((part) => part.edges)
    const start = { x: gateway, y: port }
    const stop = { x: w - gateway, y: port }
    if (forth.entry === null || forth.exit === null) {
      edges.push({ from: again, to: after, points: [start, stop], of: bodyNumber })
    } else {
      edges.push({ from: again, to: forth.entry, points: [start, { x: bodyX, y: port }], of: bodyNumber })
      edges.push({ from: forth.exit, to: after, points: [{ x: bodyX + forth.w, y: port }, stop], of: bodyNumber })
    }
    const down = [
      { x: w - half, y: port + half },
      { x: w - half, y: level },
    ]
    const up = [
      { x: half, y: level },
      { x: half, y: port + half },
    ]
    if (back.entry === null || back.exit === null) {
      edges.push({ from: after, to: again, points: [...down, ...up], of: redoNumber })
    } else {
      edges.push({ from: after, to: back.entry, points: [...down, { x: redoX + back.w, y: level }], of: redoNumber })
      edges.push({ from: back.exit, to: again, points: [{ x: redoX, y: level }, ...up], of: redoNumber })
    }
    return { w, h: below + back.h, port, nodes, edges, entry: again, exit: after }
  }
}

/**
 * Draws a process tree as a BPMN process from left to right: choices and parallel ways below each other between their two
 * gateways, what leads back below what it repeats. Nothing crosses. The same tree gives the same drawing, ids included.
 */
export function drawTree(tree: ProcessTree): DrawnTree {
  const drawing = new Drawing()
  const block = drawing.block(tree)
  const x = event + along
  const port = Math.max(block.port, event / 2)
  const placed = moved(block, x, port - block.port)
  const end = x + block.w + along
  const nodes = [
    nodeAt('start', 'startEvent', event, 0, port),
    ...placed.nodes,
    nodeAt('end', 'endEvent', event, end, port),
  ]
  const [begin, finish] = [
    { x: event, y: port },
    { x: end, y: port },
  ]
  const outer: DrawnEdge[] =
    block.entry === null || block.exit === null
      ? [{ from: 'start', to: 'end', points: [begin, finish], of: 0 }]
      : [
          { from: 'start', to: block.entry, points: [begin, { x, y: port }], of: 0 },
          { from: block.exit, to: 'end', points: [{ x: x + block.w, y: port }, finish], of: 0 },
        ]
  const drawn = [...outer, ...placed.edges]
  const ofFlow = new Map(drawn.map(({ of }, index) => [`flow-${index + 1}`, of]))
  const edges = drawn.map(({ from, to, points }, index) => ({ id: `flow-${index + 1}`, from, to, label: '', points }))
  const h = Math.max(port + event / 2, port - block.port + block.h)
  return { diagram: { x: 0, y: 0, w: end + event, h, nodes, edges }, ofElement: drawing.ofElement, ofFlow }
}
