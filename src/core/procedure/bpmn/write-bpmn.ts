import { type Refusal, refuse } from '../../refusal/refusal.ts'
import type { CaseAct, Step } from '../procedure.ts'
import { fitsXml, xmlText } from '../write-xml.ts'
import type { Diagram, DiagramEdge, DiagramNode } from './diagram.ts'
import { extensionNamespace, plain } from './extension.ts'
import { bpmnNamespace } from './read-bpmn.ts'

/** A process to be written: its nodes and flows, and what the procedure says of its steps. */
export interface BpmnProcess {
  readonly id: string
  readonly name: string
  /** `kind` is the element's name in BPMN; in this order they stand in the file. */
  readonly nodes: readonly Pick<DiagramNode, 'id' | 'kind' | 'label'>[]
  readonly flows: readonly Pick<DiagramEdge, 'id' | 'from' | 'to' | 'label'>[]
  /** By the element's id. */
  readonly steps?: ReadonlyMap<string, Step>
  readonly caseActs?: readonly CaseAct[]
  /** Where everything stands; without it the file has no drawing. */
  readonly diagram?: Diagram
}

const attributes = (pairs: readonly (readonly [string, string | number | null])[]): string =>
  pairs
    .flatMap(([name, value]) => (value === null || value === '' ? [] : [` ${name}="${xmlText(String(value))}"`]))
    .join('')

const bases = (basis: readonly string[]): string =>
  basis.map((ref) => `<daylight:basis${attributes([['ref', ref]])}/>`).join('')

/** What the extension keeps of a step; empty where it would say nothing. */
function stepExtension({ role, limit, clock, mandatory, basis, risks, materials }: Step): string {
  const own = attributes([
    ['role', role],
    ['limit', limit?.days ?? null],
    ['unit', limit?.unit ?? null],
    ['from', limit?.from ?? null],
    ['clock', clock],
    ['mandatory', mandatory ? 'true' : null],
  ])
  const parts = [
    bases(basis),
    ...risks.map((code) => `<daylight:risk${attributes([['code', code]])}/>`),
    ...materials.map((name) => `<daylight:material${attributes([['name', name]])}/>`),
  ].join('')
  if (own === '' && parts === '') return ''
  return `<bpmn:extensionElements><daylight:step${own}>${parts}</daylight:step></bpmn:extensionElements>`
}

function caseActsExtension(acts: readonly CaseAct[]): string {
  if (acts.length === 0) return ''
  const declared = acts.map(({ act, activity, role, clock, extension, basis }) => {
    const own = attributes([
      ['act', act],
      ['activity', activity],
      ['role', role],
      ['clock', clock],
      ['limit', extension?.days ?? null],
      ['unit', extension?.unit ?? null],
    ])
    return `<daylight:caseAct${own}>${bases(basis)}</daylight:caseAct>`
  })
  return `<bpmn:extensionElements>\n${declared.join('\n')}\n</bpmn:extensionElements>\n`
}

function drawing(processId: string, { nodes, edges }: Diagram): string {
  const bounds = (node: DiagramNode): string =>
    `<dc:Bounds${attributes([
      ['x', node.x],
      ['y', node.y],
      ['width', node.w],
      ['height', node.h],
    ])}/>`
  const shapes = nodes.map((node) => {
    const of = attributes([
      ['id', `${node.id}_di`],
      ['bpmnElement', node.id],
      ['isMarkerVisible', node.kind === 'exclusiveGateway' ? 'true' : null],
    ])
    return `<bpmndi:BPMNShape${of}>${bounds(node)}</bpmndi:BPMNShape>`
  })
  const lines = edges.map((edge) => {
    const points = edge.points.map(
      ({ x, y }) =>
        `<di:waypoint${attributes([
          ['x', x],
          ['y', y],
        ])}/>`,
    )
    const of = attributes([
      ['id', `${edge.id}_di`],
      ['bpmnElement', edge.id],
    ])
    return `<bpmndi:BPMNEdge${of}>${points.join('')}</bpmndi:BPMNEdge>`
  })
  const plane = attributes([
    ['id', 'plane'],
    ['bpmnElement', processId],
  ])
  return `<bpmndi:BPMNDiagram id="diagram">\n<bpmndi:BPMNPlane${plane}>\n${[...shapes, ...lines].join('\n')}\n</bpmndi:BPMNPlane>\n</bpmndi:BPMNDiagram>\n`
}

/**
 * Writes a process as BPMN 2.0 with Daylight's extension, so that readBpmn reads the same nodes, flows, steps and case
 * acts back. Refusal: `procedure.unwritable` for a name that an XML attribute cannot give back (line breaks, doubled or
 * outer spaces, control characters).
 */
export function writeBpmn({ id, name, nodes, flows, steps, caseActs = [], diagram }: BpmnProcess): string | Refusal {
  const bad = [name, ...nodes.map(({ label }) => label)].find((text) => plain(text) !== text || !fitsXml(text))
  if (bad !== undefined) return refuse('procedure.unwritable', { name: bad })
  const elements = nodes.map((node) => {
    const step = steps?.get(node.id)
    const own = attributes([
      ['id', node.id],
      ['name', node.label],
      ['calledElement', step?.calls ?? null],
    ])
    const incoming = flows.filter(({ to }) => to === node.id).map((flow) => `<bpmn:incoming>${flow.id}</bpmn:incoming>`)
    const outgoing = flows
      .filter(({ from }) => from === node.id)
      .map((flow) => `<bpmn:outgoing>${flow.id}</bpmn:outgoing>`)
    const kind = step !== undefined && step.calls !== null ? 'callActivity' : node.kind
    const inside = [step ? stepExtension(step) : '', ...incoming, ...outgoing].join('')
    return `<bpmn:${kind}${own}>${inside}</bpmn:${kind}>`
  })
  const lines = flows.map(
    (flow) =>
      `<bpmn:sequenceFlow${attributes([
        ['id', flow.id],
        ['name', flow.label],
        ['sourceRef', flow.from],
        ['targetRef', flow.to],
      ])}/>`,
  )
  const process = attributes([
    ['id', id],
    ['name', name],
    ['isExecutable', 'false'],
  ])
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="${bpmnNamespace}" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:daylight="${extensionNamespace}" id="definitions" targetNamespace="urn:daylight:procedures">
<bpmn:process${process}>
${caseActsExtension(caseActs)}${[...elements, ...lines].join('\n')}
</bpmn:process>
${diagram ? drawing(id, diagram) : ''}</bpmn:definitions>
`
}
