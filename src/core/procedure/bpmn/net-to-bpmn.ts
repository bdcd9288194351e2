import { type Refusal, refuse } from '../../refusal/refusal.ts'
import type { Net, Transition } from '../net.ts'
import type { Procedure, Step } from '../procedure.ts'
import { checkSoundness } from '../soundness.ts'
import { XmlIds } from '../write-xml.ts'
import { type BpmnProcess, writeBpmn } from './write-bpmn.ts'

type Node = BpmnProcess['nodes'][number]
type Flow = BpmnProcess['flows'][number]

const cannot = (why: { zh: string; en: string }): Refusal => {
  const refusal = refuse('procedure.no-bpmn-form', { why: why.zh })
  return { ...refusal, says: { ...refusal.says, en: refuse('procedure.no-bpmn-form', { why: why.en }).says.en } }
}

const nameOf = ({ label, id }: Transition): string => label ?? id

/** Why a net cannot be said in gateways, if so: tokens that no gateway makes, and choices that depend on another branch. */
function obstacle(net: Net): Refusal | null {
  const doubled = (places: readonly number[]): boolean => new Set(places).size < places.length
  if (doubled(net.initial) || doubled(net.final)) {
    return cannot({ zh: '有的库所起初或最后有几个标记', en: 'a place holds several tokens at the start or the end' })
  }
  for (const step of net.transitions) {
    if (step.inputs.length === 0 || step.outputs.length === 0) {
      return cannot({
        zh: `“${nameOf(step)}”没有输入或没有输出`,
        en: `“${nameOf(step)}” has no input or no output`,
      })
    }
  }
  const ends: Transition = { id: 'end', label: null, inputs: net.final, outputs: [] }
  const leaving = net.places.map((): Transition[] => [])
  for (const step of [...net.transitions, ends]) for (const place of step.inputs) leaving[place]?.push(step)
  for (const [place, steps] of leaving.entries()) {
    const [first, ...others] = steps
    if (!first) {
      const id = net.places[place]?.id ?? ''
      return cannot({ zh: `库所“${id}”的标记无处可去`, en: `a token on place “${id}” leads nowhere` })
    }
    const same = (other: Transition): boolean => [...other.inputs].sort().join() === [...first.inputs].sort().join()
    const odd = others.find((other) => !same(other))
    if (odd) {
      return cannot({
        zh: `选“${nameOf(first)}”还是“${nameOf(odd)}”取决于另一个分支（非自由选择）`,
        en: `the choice between “${nameOf(first)}” and “${nameOf(odd)}” depends on another branch (it is not free)`,
      })
    }
  }
  const marked = new Set(net.initial)
  for (let before = -1; before < marked.size; ) {
    before = marked.size
    for (const { inputs, outputs } of net.transitions)
      if (inputs.every((place) => marked.has(place))) for (const place of outputs) marked.add(place)
  }
  const dead = net.places.findIndex((_, place) => !marked.has(place))
  if (dead < 0) return null
  const id = net.places[dead]?.id ?? ''
  return cannot({ zh: `没有什么通向库所“${id}”`, en: `nothing leads to place “${id}”` })
}

/**
 * The net in which a choice that other branches have a say in is made by a silent step of its own: the token that one of
 * the choices waits with is set aside first. Since that may be done at the last moment, the runs stay the same; a token set
 * aside too early may be stuck, which the caller must rule out.
 */
function withChoicesFreed(net: Net): Net {
  const keyOf = (places: readonly number[]): string => [...places].sort((a, b) => a - b).join()
  const presets = net.places.map(() => new Set<string>())
  for (const { inputs } of net.transitions) for (const place of inputs) presets[place]?.add(keyOf(inputs))
  const places = [...net.places]
  const aside = new Map<string, number>()
  const releases: Transition[] = []
  const setAside = (place: number, key: string): number => {
    if ((presets[place] as Set<string>).size < 2) return place
    const own = `${place} for ${key}`
    const known = aside.get(own)
    if (known !== undefined) return known
    const kept = places.push({ id: own }) - 1
    aside.set(own, kept)
    releases.push({ id: own, label: null, inputs: [place], outputs: [kept] })
    return kept
  }
  const transitions = net.transitions.map((step) => {
    if (step.inputs.length < 2) return step
    const key = keyOf(step.inputs)
    return { ...step, inputs: step.inputs.map((place) => setAside(place, key)) }
  })
  return { ...net, places, transitions: [...transitions, ...releases] }
}

/** The nodes and flows of a free-choice net: a choice of a place is an exclusive gateway, several arcs of a step a parallel one. */
class BpmnSketch {
  readonly nodes: Node[] = []
  readonly flows: Flow[] = []
  readonly stepIds = new Map<number, string>()
  readonly #net: Net
  readonly #ids: XmlIds
  readonly #producers: readonly number[]
  readonly #consumers: readonly (readonly number[])[]
  readonly #entries = new Map<number, string>()
  readonly #heads = new Map<string, string>()

  constructor(net: Net) {
    this.#net = net
    const end = net.transitions.length
    const producers: number[] = net.places.map((_, place) => Number(net.initial.includes(place)))
    const consumers = net.places.map((_, place) => (net.final.includes(place) ? [end] : ([] as number[])))
    net.transitions.forEach(({ inputs, outputs }, step) => {
      for (const place of inputs) consumers[place]?.push(step)
      for (const place of outputs) producers[place] = (producers[place] as number) + 1
    })
    this.#producers = producers
    this.#consumers = consumers
    const wanted = net.transitions.map(({ id, element, label }) => (label === null ? '' : (element ?? id)))
    this.#ids = new XmlIds([...wanted, 'start-event', 'end-event'])
    net.transitions.forEach(({ label }, step) => {
      if (label === null) return
      const id = this.#ids.give(wanted[step] as string, 'step-')
      this.stepIds.set(step, id)
      this.nodes.push({ id, kind: 'task', label })
    })
    const [start, finish] = [this.#ids.give('start-event', 'start-'), this.#ids.give('end-event', 'end-')]
    this.nodes.push({ id: start, kind: 'startEvent', label: '' }, { id: finish, kind: 'endEvent', label: '' })
    this.#heads.set(`step ${end}`, finish)
    this.#spread(start, net.initial)
    net.transitions.forEach(({ label, outputs }, step) => {
      if (label !== null) this.#spread(this.stepIds.get(step) as string, outputs)
    })
  }

  #gateway(kind: 'exclusiveGateway' | 'parallelGateway', prefix: string): string {
    const id = this.#ids.give('', prefix)
    this.nodes.push({ id, kind, label: '' })
    return id
  }

  #flow(from: string, to: string): void {
    this.flows.push({ id: this.#ids.give('', 'flow-'), from, to, label: '' })
  }

  /** Leads from a node to each of some places, by a parallel gateway where they are several. */
  #spread(from: string, places: readonly number[]): void {
    const [only] = places
    if (places.length === 1) this.#flow(from, this.#entry(only as number))
    else {
      const split = this.#gateway('parallelGateway', 'together-')
      this.#flow(from, split)
      for (const place of places) this.#flow(split, this.#entry(place))
    }
  }

  /** The node that whatever marks a place leads to. */
  #entry(place: number): string {
    const known = this.#entries.get(place)
    if (known !== undefined) return known
    if ((this.#producers[place] as number) < 2) {
      const head = this.#clusterHead(place)
      this.#entries.set(place, head)
      return head
    }
    const merge = this.#gateway('exclusiveGateway', 'merge-')
    this.#entries.set(place, merge)
    this.#flow(merge, this.#clusterHead(place))
    return merge
  }

  /** Where the steps begin that need this place: they all need the same places. */
  #clusterHead(place: number): string {
    const steps = this.#consumers[place] as readonly number[]
    const first = steps[0] as number
    const needs = this.#net.transitions[first]?.inputs ?? this.#net.final
    const key = `cluster ${Math.min(...needs)}`
    const known = this.#heads.get(key)
    if (known !== undefined) return known
    const join = needs.length > 1 ? this.#gateway('parallelGateway', 'joined-') : null
    if (join) this.#heads.set(key, join)
    let head: string
    if (steps.length === 1) head = this.#stepHead(first)
    else {
      head = this.#gateway('exclusiveGateway', 'choice-')
      this.#heads.set(join ? `${key} choice` : key, head)
      for (const step of steps) this.#flow(head, this.#stepHead(step))
    }
    if (!join) {
      this.#heads.set(key, head)
      return head
    }
    this.#flow(join, head)
    return join
  }

  #stepHead(step: number): string {
    const task = this.stepIds.get(step) ?? this.#heads.get(`step ${step}`)
    if (task !== undefined) return task
    const { outputs } = this.#net.transitions[step] as Transition
    if (outputs.length === 1) return this.#entry(outputs[0] as number)
    const split = this.#gateway('parallelGateway', 'together-')
    this.#heads.set(`step ${step}`, split)
    for (const place of outputs) this.#flow(split, this.#entry(place))
    return split
  }
}

/**
 * Writes a procedure's net as BPMN, without a drawing: labelled transitions become tasks with what the procedure says of
 * them, a place that several steps may take from or put to becomes exclusive gateways, a step with several arcs parallel
 * ones. The runs of the net stay the same; ids of routing and the number of silent steps do not. Exact for extended
 * free-choice nets of one token per place, and for others where a gateway that decides early leaves the net sound; the rest
 * are refused with the reason (`procedure.no-bpmn-form`). Refusal as well: `procedure.unwritable`.
 */
export function netToBpmn({ id, name, net: given, steps, caseActs }: Procedure): string | Refusal {
  const refused = obstacle(given)
  const net = refused ? withChoicesFreed(given) : given
  if (refused && (obstacle(net) || checkSoundness(net, { maxMarkings: 20_000 }).kind !== 'sound')) return refused
  const sketch = new BpmnSketch(net)
  const written = new Map<string, string>()
  net.transitions.forEach(({ element, id: own }, index) => {
    const node = sketch.stepIds.get(index)
    if (node !== undefined && !written.has(element ?? own)) written.set(element ?? own, node)
  })
  const ofStep = new Map<string, Step>()
  for (const [index, node] of sketch.stepIds) {
    const { element, id: own, label } = net.transitions[index] as Transition
    const step =
      steps.find((each) => each.element === (element ?? own)) ?? steps.find((each) => each.activity === label)
    if (!step) continue
    const limit = step.limit && { ...step.limit, from: written.get(step.limit.from) ?? step.limit.from }
    ofStep.set(node, { ...step, limit })
  }
  const place = new Map(steps.map(({ element }, index) => [written.get(element) ?? element, index]))
  const order = (node: Node): number => place.get(node.id) ?? steps.length
  const nodes = [...sketch.nodes].sort((a, b) => order(a) - order(b))
  const processId = new XmlIds(nodes.map((node) => node.id)).give(id, 'process-')
  return writeBpmn({ id: processId, name, nodes, flows: sketch.flows, steps: ofStep, caseActs })
}
