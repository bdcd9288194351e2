/** Nodes joined into groups. */
export class Groups {
  readonly #parent: Int32Array

  constructor(size: number) {
    this.#parent = Int32Array.from({ length: size }, (_, node) => node)
  }

  find(node: number): number {
    let root = node
    while (this.#parent[root] !== root) root = this.#parent[root] as number
    this.#parent[node] = root
    return root
  }

  /** Joins the groups of two nodes; the group's first node stays its name. */
  join(a: number, b: number): void {
    const [x, y] = [this.find(a), this.find(b)]
    if (x < y) this.#parent[y] = x
    else this.#parent[x] = y
  }

  /** The groups of the given nodes in order of their first node; the nodes within one ascend. */
  list(nodes: Iterable<number>): number[][] {
    const groups = new Map<number, number[]>()
    for (const node of [...nodes].sort((a, b) => a - b)) {
      const root = this.find(node)
      const group = groups.get(root)
      if (group) group.push(node)
      else groups.set(root, [node])
    }
    return [...groups.values()]
  }
}
