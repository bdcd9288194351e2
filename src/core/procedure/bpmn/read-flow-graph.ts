import { isRefusal, type Refusal, refuse } from '../../refusal/refusal.ts'
import { childOf, type XmlElement } from '../xml.ts'
import { plain, readStepExtension } from './extension.ts'
import type { Flow, FlowNode, Scope } from './flow-graph.ts'

/** Elements that say something about a process without changing what may happen when. */
const withoutFlow = new Set([
  ...['documentation', 'extensionElements', 'laneSet', 'property', 'ioSpecification', 'auditing', 'monitoring'],
  ...['dataObject', 'dataObjectReference', 'dataStoreReference', 'dataInputAssociation', 'dataOutputAssociation'],
  ...[
    'textAnnotation',
    'association',
    'group',
    'incoming',
    'outgoing',
    'performer',
    'humanPerformer',
    'potentialOwner',
  ],
  ...['resourceRole', 'rendering', 'dataInput', 'dataOutput', 'inputSet', 'outputSet', 'supports'],
])

const tasks = new Set([
  ...['task', 'userTask', 'manualTask', 'serviceTask', 'sendTask', 'receiveTask', 'scriptTask', 'businessRuleTask'],
  'callActivity',
])

const kinds: Readonly<Record<string, FlowNode['kind']>> = {
  startEvent: 'start',
  endEvent: 'end',
  intermediateCatchEvent: 'event',
  intermediateThrowEvent: 'event',
  boundaryEvent: 'boundary',
  exclusiveGateway: 'exclusive',
  eventBasedGateway: 'exclusive',
  parallelGateway: 'parallel',
  subProcess: 'scope',
}

/** Kinds of event that pass the token on and do nothing else to the process. */
const passing = new Set(
  ['message', 'timer', 'signal', 'conditional', 'escalation', 'error', 'terminate'].map(
    (kind) => `${kind}EventDefinition`,
  ),
)

interface Reading {
  readonly file: string
  readonly nested: boolean
  readonly lanes: ReadonlyMap<string, string>
}

const at = (reading: Reading, element: XmlElement): { place: { file: string; row: number } } => ({
  place: { file: reading.file, row: element.row },
})

const nameOrId = (element: XmlElement): string =>
  plain(element.attributes.get('name')) || (element.attributes.get('id') ?? element.name)

/** Reads which lane each node stands in, by the lane's name; inner lanes win. */
export function readLanes(element: XmlElement, into: Map<string, string>): void {
  for (const child of element.children) {
    if (child.name === 'lane') {
      const name = plain(child.attributes.get('name'))
      for (const ref of child.children) if (ref.name === 'flowNodeRef' && name !== '') into.set(ref.text.trim(), name)
    }
    if (child.name === 'laneSet' || child.name === 'lane' || child.name === 'childLaneSet') readLanes(child, into)
  }
}

/** Why a node's own event definitions cannot be part of a net, if so. */
function refusedEvent(element: XmlElement, reading: Reading): Refusal | null {
  for (const child of element.children) {
    if (!child.name.endsWith('EventDefinition')) continue
    if (child.name === 'compensateEventDefinition')
      return refuse('procedure.compensation', { name: nameOrId(element) }, at(reading, element))
    const leavesScope =
      reading.nested && element.name === 'endEvent' && /^(error|escalation|terminate)/.test(child.name)
    if (!passing.has(child.name) || leavesScope) {
      return refuse('procedure.unsupported', { element: child.name, name: nameOrId(element) }, at(reading, element))
    }
  }
  return null
}

/** Why an activity's markers cannot be part of a net, if so. */
function refusedActivity(element: XmlElement, reading: Reading): Refusal | null {
  const facts = { name: nameOrId(element) }
  if (element.attributes.get('isForCompensation') === 'true')
    return refuse('procedure.compensation', facts, at(reading, element))
  if (childOf(element, 'multiInstanceLoopCharacteristics'))
    return refuse('procedure.multi-instance', facts, at(reading, element))
  if (element.name !== 'subProcess') return null
  if (element.attributes.get('triggeredByEvent') === 'true') {
    return refuse('procedure.unsupported', { element: 'subProcess triggeredByEvent', ...facts }, at(reading, element))
  }
  if (childOf(element, 'standardLoopCharacteristics')) {
    return refuse(
      'procedure.unsupported',
      { element: 'subProcess standardLoopCharacteristics', ...facts },
      at(reading, element),
    )
  }
  return null
}

function readNode(element: XmlElement, kind: FlowNode['kind'], reading: Reading): FlowNode | Refusal {
  const id = element.attributes.get('id') ?? ''
  if (id === '') return refuse('net.no-id', { element: element.name }, at(reading, element))
  const refused = refusedEvent(element, reading) ?? refusedActivity(element, reading)
  if (refused) return refused
  const extension = readStepExtension(element, reading.file)
  if (isRefusal(extension)) return extension
  if (kind === 'boundary' && element.attributes.get('cancelActivity') === 'false') {
    return refuse('procedure.non-interrupting', { name: nameOrId(element) }, at(reading, element))
  }
  const inner = kind === 'scope' ? readScope(element, { ...reading, nested: true }) : null
  if (isRefusal(inner)) return inner
  const loop = childOf(element, 'standardLoopCharacteristics')
  return {
    id,
    kind,
    element: element.name,
    name: plain(element.attributes.get('name')),
    row: element.row,
    lane: reading.lanes.get(id) ?? null,
    extension,
    loop: loop === undefined ? null : loop.attributes.get('testBefore') === 'true' ? 'test-before' : 'test-after',
    attachedTo: kind === 'boundary' ? (element.attributes.get('attachedToRef') ?? '') : null,
    terminates: childOf(element, 'terminateEventDefinition') !== undefined,
    calls: element.name === 'callActivity' ? (element.attributes.get('calledElement') ?? null) : null,
    inner,
  }
}

/** Reads the nodes and flows of a process or an embedded sub-process. What has no place in a net is refused by name. */
export function readScope(scope: XmlElement, reading: Reading): Scope | Refusal {
  const nodes: FlowNode[] = []
  const flows: Flow[] = []
  const conditional: XmlElement[] = []
  for (const element of scope.children) {
    const { name } = element
    if (name === 'sequenceFlow') {
      if (childOf(element, 'conditionExpression')) conditional.push(element)
      flows.push({
        id: element.attributes.get('id') ?? `flow-${flows.length}`,
        source: element.attributes.get('sourceRef') ?? '',
        target: element.attributes.get('targetRef') ?? '',
      })
    } else if (name === 'inclusiveGateway' || name === 'complexGateway') {
      return refuse('procedure.or-gateway', { name: nameOrId(element) }, at(reading, element))
    } else {
      const kind = tasks.has(name) ? 'step' : kinds[name]
      if (kind !== undefined) {
        const node = readNode(element, kind, reading)
        if (isRefusal(node)) return node
        nodes.push(node)
      } else if (!withoutFlow.has(name) && !name.endsWith('LoopCharacteristics')) {
        return refuse('procedure.unsupported', { element: name, name: nameOrId(element) }, at(reading, element))
      }
    }
  }
  const byId = new Map(nodes.map((node) => [node.id, node]))
  for (const flow of flows) {
    for (const end of [flow.source, flow.target]) {
      if (!byId.has(end))
        return refuse('procedure.missing-node', { flow: flow.id, id: end }, { place: { file: reading.file } })
    }
  }
  for (const element of conditional) {
    const source = byId.get(element.attributes.get('sourceRef') ?? '')
    if (source?.kind !== 'exclusive') {
      return refuse('procedure.or-gateway', { name: source?.name || (source?.id ?? '') }, at(reading, element))
    }
  }
  return { nodes, flows }
}
