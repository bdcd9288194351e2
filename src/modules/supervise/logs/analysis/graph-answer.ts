/** A directly-follows graph with how many nodes and edges it has, before the answer is shortened. */
export const graphAnswer = <Graph extends { readonly nodes: readonly unknown[]; readonly edges: readonly unknown[] }>(
  graph: Graph,
) => ({ allNodes: graph.nodes.length, allEdges: graph.edges.length, ...graph })
