import { isRefusal, type Refusal, refuse } from '../../refusal/refusal.ts'
import type { Net } from '../net.ts'
import type { Step } from '../procedure.ts'
import { DraftNet } from './draft-net.ts'
import type { Flow, FlowNode, Scope } from './flow-graph.ts'

interface Compilation {
  readonly file: string
  readonly draft: DraftNet
  readonly steps: Step[]
  readonly terminating: FlowNode[]
}

const place = (compilation: Compilation, node: FlowNode): { place: { file: string; row: number } } => ({
  place: { file: compilation.file, row: node.row },
})

/** The activity that a log shows for a node; null for routing that nobody logs. */
function activityOf(node: FlowNode): string | null {
  const stated = node.extension?.activity ?? null
  return stated ?? (node.kind === 'step' ? node.name || null : null)
}

function stepOf(node: FlowNode, activity: string): Step {
  const said = node.extension
  return {
    element: node.id,
    activity,
    role: said?.role ?? node.lane,
    limit: said?.limit ?? null,
    clock: said?.clock ?? null,
    mandatory: said?.mandatory ?? false,
    basis: said?.basis ?? [],
    risks: said?.risks ?? [],
    materials: said?.materials ?? [],
    calls: node.calls,
  }
}

/** Checks that a scope starts once, that everything else is led to, and that boundary events stand on steps. */
function judgeScope(scope: Scope, compilation: Compilation): FlowNode | Refusal {
  const starts = scope.nodes.filter(({ kind }) => kind === 'start')
  const [start, second] = starts
  const file = compilation.file
  if (!start) return refuse('procedure.no-start', { file }, { place: { file } })
  if (second) return refuse('procedure.several-starts', { count: starts.length }, place(compilation, second))
  const targets = new Set(scope.flows.map(({ target }) => target))
  for (const node of scope.nodes) {
    const entered = targets.has(node.id)
    const facts = { name: node.name || node.id }
    if (node.kind === 'start' ? entered : !entered && node.kind !== 'boundary') {
      return refuse(
        node.kind === 'start' ? 'procedure.start-entered' : 'procedure.not-led-to',
        facts,
        place(compilation, node),
      )
    }
    if (node.kind === 'step' && activityOf(node) === null)
      return refuse('procedure.unnamed', { id: node.id }, place(compilation, node))
    if (node.kind === 'boundary') {
      const host = scope.nodes.find(({ id }) => id === node.attachedTo)
      if (!host)
        return refuse('procedure.missing-node', { flow: node.id, id: node.attachedTo ?? '' }, place(compilation, node))
      if (host.kind !== 'step' || host.loop !== null)
        return refuse('procedure.boundary-host', facts, place(compilation, node))
    }
  }
  return start
}

/** Compiles a scope between two places: one token on `entry` runs it, and each of its ends puts one on `exit`. */
function compileScope(scope: Scope, entry: number, exit: number, compilation: Compilation): Refusal | null {
  const start = judgeScope(scope, compilation)
  if (isRefusal(start)) return start
  const { draft } = compilation
  const flowPlace = new Map(scope.flows.map((flow) => [flow.id, draft.place(flow.id)]))
  const flowsFrom = Map.groupBy(scope.flows, ({ source }) => source)
  const flowsTo = Map.groupBy(scope.flows, ({ target }) => target)
  const placesOf = (flows: readonly Flow[]): number[] => flows.map(({ id }) => flowPlace.get(id) as number)
  const leaving = (node: FlowNode): number[] => {
    const flows = flowsFrom.get(node.id)
    return flows === undefined ? [exit] : placesOf(flows)
  }
  const entering = (node: FlowNode): number[] => placesOf(flowsTo.get(node.id) ?? [])
  /** One place that any of the incoming flows reaches: without a gateway, each of them starts the node. */
  const ready = new Map<string, number>()
  const readyOf = (node: FlowNode): number => {
    const known = ready.get(node.id)
    if (known !== undefined) return known
    const own = draft.place(`ready ${node.id}`)
    for (const from of entering(node)) draft.silent(node.id, [from], [own])
    ready.set(node.id, own)
    return own
  }
  const fire = (node: FlowNode, from: readonly number[], to: readonly number[]): void => {
    const activity = activityOf(node)
    if (activity === null) draft.silent(node.id, from, to)
    else draft.step(activity, node.id, from, to)
  }
  for (const node of scope.nodes) {
    const activity = activityOf(node)
    if (activity !== null) compilation.steps.push(stepOf(node, activity))
    if (node.terminates) compilation.terminating.push(node)
    switch (node.kind) {
      case 'start':
        fire(node, [entry], leaving(node))
        break
      case 'end':
        fire(node, [readyOf(node)], [exit])
        break
      case 'exclusive':
        for (const to of leaving(node)) fire(node, [readyOf(node)], [to])
        break
      case 'parallel':
        fire(node, entering(node), leaving(node))
        break
      case 'boundary': {
        const host = scope.nodes.find(({ id }) => id === node.attachedTo) as FlowNode
        fire(node, [readyOf(host)], leaving(node))
        break
      }
      case 'scope': {
        const done = draft.place(`done ${node.id}`)
        const refused = compileScope(node.inner as Scope, readyOf(node), done, compilation)
        if (refused) return refused
        draft.silent(node.id, [done], leaving(node))
        break
      }
      case 'step':
      case 'event':
        if (node.loop === null) fire(node, [readyOf(node)], leaving(node))
        else {
          const repeated = draft.place(`repeated ${node.id}`)
          if (node.loop === 'test-before') draft.silent(node.id, [readyOf(node)], [repeated])
          else fire(node, [readyOf(node)], [repeated])
          fire(node, [repeated], [repeated])
          draft.silent(node.id, [repeated], leaving(node))
        }
        break
    }
  }
  return null
}

/** Compiles a process to one net and the list of its steps, in the order of the file. */
export function compileProcess(scope: Scope, file: string): { net: Net; steps: readonly Step[] } | Refusal {
  const draft = new DraftNet()
  const compilation: Compilation = { file, draft, steps: [], terminating: [] }
  const [initial, final] = [draft.place('start'), draft.place('end')]
  const refused = compileScope(scope, initial, final, compilation)
  if (refused) return refused
  const [terminating] = compilation.terminating
  if (terminating && draft.hasParallel) {
    return refuse(
      'procedure.terminate-parallel',
      { name: terminating.name || terminating.id },
      place(compilation, terminating),
    )
  }
  return { net: draft.finish(initial, final), steps: compilation.steps }
}
