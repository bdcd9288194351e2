import { describe, expect, it } from 'vitest'
import { Aligner } from '../alignment.ts'
import { netHash } from '../net-hash.ts'
import type { Procedure } from '../procedure.ts'
import { checkSoundness } from '../soundness.ts'
import { readBpmn } from './read-bpmn.ts'

/** A process of elements, and flows written `a>b`. */
const bpmn = (elements: string, flows: string, beside = ''): string => `<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:daylight="urn:daylight:procedure:1" id="definitions">
<process id="permit" name="许可">
${elements}
${flowsOf(flows)}
</process>${beside}</definitions>`

const flowsOf = (flows: string): string =>
  flows
    .split(' ')
    .map((flow) => flow.split('>'))
    .map(([from, to], index) => `<sequenceFlow id="f${from}${to}${index}" sourceRef="${from}" targetRef="${to}"/>`)
    .join('\n')

const task = (id: string, name: string, inside = ''): string =>
  `<userTask id="${id}" name="${name}">${inside}</userTask>`
const ends = '<startEvent id="s"/><endEvent id="e"/>'

function read(xml: string): Procedure {
  const procedure = readBpmn(xml, 'p.bpmn')
  if ('code' in procedure) throw new Error(`${procedure.code}: ${procedure.says.en}`)
  return procedure
}

const codeOf = (xml: string): string => {
  const procedure = readBpmn(xml, 'p.bpmn')
  return 'code' in procedure ? procedure.code : 'read'
}

/** Which of some traces a procedure allows from start to end. */
function allowed(xml: string, traces: readonly string[]): string[] {
  const aligner = new Aligner(read(xml).net)
  return traces.filter((trace) => {
    const alignment = aligner.align(trace === '' ? [] : [...trace])
    return alignment.kind === 'aligned' && alignment.cost < 10_000
  })
}

describe('what a procedure in BPMN allows', () => {
  it('is one branch of a choice', () => {
    const xml = bpmn(
      `${ends}${task('a', 'A')}${task('b', 'B')}<exclusiveGateway id="x"/><exclusiveGateway id="y"/>`,
      's>x x>a x>b a>y b>y y>e',
    )
    expect(allowed(xml, ['A', 'B', 'AB', '', 'AA'])).toEqual(['A', 'B'])
  })
  it('is both parallel branches in any order', () => {
    const xml = bpmn(
      `${ends}${task('a', 'A')}${task('b', 'B')}<parallelGateway id="x"/><parallelGateway id="y"/>`,
      's>x x>a x>b a>y b>y y>e',
    )
    expect(allowed(xml, ['AB', 'BA', 'A', 'B', ''])).toEqual(['AB', 'BA'])
  })
  it('runs at once what leaves a step by several flows, and starts a step by any flow that enters it', () => {
    const xml = bpmn(
      `${ends}${task('a', 'A')}${task('b', 'B')}${task('c', 'C')}<parallelGateway id="y"/>`,
      's>a a>b a>c b>y c>y y>e',
    )
    expect(allowed(xml, ['ABC', 'ACB', 'AB', 'AC'])).toEqual(['ABC', 'ACB'])
    const loop = bpmn(`${ends}${task('a', 'A')}${task('b', 'B')}<exclusiveGateway id="x"/>`, 's>a a>x x>b b>a x>e')
    expect(allowed(loop, ['A', 'ABA', 'ABABA', 'AB', 'AA'])).toEqual(['A', 'ABA', 'ABABA'])
  })
  it('ends at any of several end events, or where nothing follows', () => {
    const xml = bpmn(
      `${ends}<endEvent id="e2"/>${task('a', 'A')}${task('b', 'B')}<exclusiveGateway id="x"/>`,
      's>x x>a x>b x>e2 a>e',
    )
    expect(allowed(xml, ['A', 'B', '', 'AB'])).toEqual(['A', 'B', ''])
  })
  it('takes an interrupting boundary event instead of its step', () => {
    const boundary = '<boundaryEvent id="late" attachedToRef="a"><timerEventDefinition/></boundaryEvent>'
    const xml = bpmn(
      `${ends}${task('a', 'A')}${task('b', 'B')}${boundary}<exclusiveGateway id="y"/>`,
      's>a a>y late>b b>y y>e',
    )
    expect(allowed(xml, ['A', 'B', 'AB', ''])).toEqual(['A', 'B'])
  })
  it('opens an embedded sub-process and repeats a looping step', () => {
    const inner = `<subProcess id="sub"><startEvent id="s2"/>${task('a', 'A')}${task('b', 'B')}<endEvent id="e2"/>${flowsOf('s2>a a>b b>e2')}</subProcess>`
    expect(allowed(bpmn(`${ends}${inner}`, 's>sub sub>e'), ['AB', 'A', ''])).toEqual(['AB'])
    const after = bpmn(`${ends}${task('a', 'A', '<standardLoopCharacteristics/>')}`, 's>a a>e')
    expect(allowed(after, ['', 'A', 'AAA'])).toEqual(['A', 'AAA'])
    const before = bpmn(`${ends}${task('a', 'A', '<standardLoopCharacteristics testBefore="true"/>')}`, 's>a a>e')
    expect(allowed(before, ['', 'A', 'AAA'])).toEqual(['', 'A', 'AAA'])
  })
  it('waits at an event-based gateway and shows an event only where the extension names its activity', () => {
    const catching = (id: string, inside: string) =>
      `<intermediateCatchEvent id="${id}" name="等">${inside}<timerEventDefinition/></intermediateCatchEvent>`
    const shown = catching('m', '<extensionElements><daylight:step activity="B"/></extensionElements>')
    const xml = bpmn(
      `${ends}${task('a', 'A')}<eventBasedGateway id="x"/>${catching('t', '')}${shown}<exclusiveGateway id="y"/>`,
      's>a a>x x>t x>m t>y m>y y>e',
    )
    expect(allowed(xml, ['A', 'AB', 'B'])).toEqual(['A', 'AB'])
  })
  it('keeps the deadlock of a choice that is joined as parallel', () => {
    const xml = bpmn(
      `${ends}${task('a', 'A')}${task('b', 'B')}<exclusiveGateway id="x"/><parallelGateway id="y"/>`,
      's>x x>y x>a a>y y>b b>e',
    )
    expect(checkSoundness(read(xml).net)).toMatchObject({
      kind: 'unsound',
      problems: [{ kind: 'deadlock' }, { kind: 'dead-step', step: 'B' }, { kind: 'dead-step', step: 'y' }],
    })
  })
})

describe('what a procedure says of its steps', () => {
  const said = `<extensionElements><daylight:step role="unit-head" limit="20" unit="working-day" from="a" clock="stops" mandatory="true">
    <daylight:basis ref="CN-LAW-2003-administrative-license#42.1"/><daylight:risk code="R-TIME"/><daylight:material name="决定书"/>
  </daylight:step></extensionElements>`
  const acts = `<extensionElements><daylight:caseAct act="extend" activity="延长" role="unit-head" clock="extends" limit="10" unit="working-day">
    <daylight:basis ref="CN-LAW-2003-administrative-license#42.1"/></daylight:caseAct></extensionElements>`
  const xml = bpmn(
    `${acts}${ends}<laneSet id="l"><lane id="l1" name="窗口"><flowNodeRef>a</flowNodeRef></lane></laneSet>${task('a', '受&#10;理')}${task('b', '决定', said)}`,
    's>a a>b b>e',
  )

  it('is its role or lane, limit, clock, basis, risks and materials', () => {
    expect(read(xml).steps).toEqual([
      {
        element: 'a',
        activity: '受 理',
        role: '窗口',
        limit: null,
        clock: null,
        mandatory: false,
        basis: [],
        risks: [],
        materials: [],
        calls: null,
      },
      {
        element: 'b',
        activity: '决定',
        role: 'unit-head',
        limit: { days: 20, unit: 'working-day', from: 'a' },
        clock: 'stops',
        mandatory: true,
        basis: ['CN-LAW-2003-administrative-license#42.1'],
        risks: ['R-TIME'],
        materials: ['决定书'],
        calls: null,
      },
    ])
    expect(read(xml).caseActs).toEqual([
      {
        act: 'extend',
        activity: '延长',
        role: 'unit-head',
        clock: 'extends',
        extension: { days: 10, unit: 'working-day' },
        basis: ['CN-LAW-2003-administrative-license#42.1'],
      },
    ])
  })
  it.each([
    ['an attribute that the extension does not know', xml.replace('clock="stops"', 'clok="stops"')],
    ['a unit that does not exist', xml.replace('unit="working-day" from', 'unit="week" from')],
    ['a limit without a start', xml.replace(' from="a"', '')],
    ['a limit of no days', xml.replace('limit="20"', 'limit="0"')],
    [
      'a basis that names no article',
      xml.replace(
        '<daylight:basis ref="CN-LAW-2003-administrative-license#42.1"/><daylight:risk',
        '<daylight:basis ref="行政许可法"/><daylight:risk',
      ),
    ],
    [
      'an official’s act without a basis',
      xml.replace(/<daylight:basis[^>]*\/><\/daylight:caseAct>/, '</daylight:caseAct>'),
    ],
    ['an extension that does not say by how much', xml.replace(' limit="10" unit="working-day"', '')],
    ['an act that no list knows', xml.replace('act="extend"', 'act="forget"')],
  ])('is refused with %s', (_, wrong) => {
    expect(wrong).not.toBe(xml)
    expect(codeOf(wrong)).toBe('procedure.extension')
  })
  it('is refused with a limit from no step, or an act named like a step', () => {
    expect(codeOf(xml.replace('from="a"', 'from="ghost"'))).toBe('procedure.limit-from')
    expect(codeOf(xml.replace('activity="延长"', 'activity="决定"'))).toBe('procedure.act-is-step')
  })
})

describe('what has no place in a procedure is refused by name', () => {
  const line = (elements: string, flows = 's>a a>e'): string => bpmn(`${ends}${elements}`, flows)
  const event = (kind: string, definition: string) => line(`<${kind} id="a"><${definition}/></${kind}>`)
  const pool = (inside: string) => `<collaboration id="c">${inside}</collaboration>`
  it.each([
    ['an inclusive gateway', line('<inclusiveGateway id="a"/>'), 'procedure.or-gateway'],
    ['a complex gateway', line('<complexGateway id="a"/>'), 'procedure.or-gateway'],
    [
      'conditional flows out of a step',
      line(task('a', 'A')).replace(
        'targetRef="e"/>',
        'targetRef="e"><conditionExpression>x</conditionExpression></sequenceFlow>',
      ),
      'procedure.or-gateway',
    ],
    ['a compensation event', event('intermediateThrowEvent', 'compensateEventDefinition'), 'procedure.compensation'],
    ['a step for compensation', line('<task id="a" name="A" isForCompensation="true"/>'), 'procedure.compensation'],
    [
      'a step in several instances',
      line(task('a', 'A', '<multiInstanceLoopCharacteristics/>')),
      'procedure.multi-instance',
    ],
    [
      'two start events',
      bpmn(`${ends}<startEvent id="s2"/>${task('a', 'A')}`, 's>a s2>a a>e'),
      'procedure.several-starts',
    ],
    [
      'no start event',
      bpmn(`<endEvent id="e"/>${task('a', 'A')}${task('b', 'B')}`, 'a>b b>a a>e'),
      'procedure.no-start',
    ],
    ['a flow into the start', line(task('a', 'A'), 's>a a>e a>s'), 'procedure.start-entered'],
    ['a step that nothing leads to', line(`${task('a', 'A')}${task('b', 'B')}`, 's>a a>e b>e'), 'procedure.not-led-to'],
    ['a flow to nowhere', line(task('a', 'A'), 's>a a>ghost'), 'procedure.missing-node'],
    ['a step without a name', line('<task id="a"/>'), 'procedure.unnamed'],
    [
      'a message flow',
      bpmn(`${ends}${task('a', 'A')}`, 's>a a>e', pool('<messageFlow id="m" sourceRef="x" targetRef="y"/>')),
      'procedure.message-flow',
    ],
    [
      'two pools',
      bpmn(`${ends}${task('a', 'A')}`, 's>a a>e', '<process id="p2"><startEvent id="z"/></process>'),
      'procedure.several-pools',
    ],
    [
      'a boundary event that does not interrupt',
      line(`${task('a', 'A')}<boundaryEvent id="b" attachedToRef="a" cancelActivity="false"/>`, 's>a a>e b>e'),
      'procedure.non-interrupting',
    ],
    [
      'a boundary event on a sub-process',
      line(
        `<subProcess id="a"><startEvent id="i"/></subProcess><boundaryEvent id="b" attachedToRef="a"/>`,
        's>a a>e b>e',
      ),
      'procedure.boundary-host',
    ],
    ['an event sub-process', line('<subProcess id="a" triggeredByEvent="true"/>'), 'procedure.unsupported'],
    ['a transaction', line('<transaction id="a"/>'), 'procedure.unsupported'],
    ['an ad-hoc sub-process', line('<adHocSubProcess id="a"/>'), 'procedure.unsupported'],
    ['a link event', event('intermediateThrowEvent', 'linkEventDefinition'), 'procedure.unsupported'],
    [
      'a terminate end beside parallel branches',
      line(
        `${task('a', 'A')}${task('b', 'B')}<endEvent id="t"><terminateEventDefinition/></endEvent>`,
        's>a s>b a>e b>t',
      ),
      'procedure.terminate-parallel',
    ],
    ['an element of another language', line('<fooTask id="a"/>'), 'procedure.unsupported'],
    ['another kind of file', '<definitions/>', 'procedure.not-bpmn'],
    [
      'a file without a process',
      '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
      'procedure.no-process',
    ],
    ['a file cut short', line(task('a', 'A')).slice(0, 300), 'xml.broken'],
  ])('%s', (_, xml, code) => {
    expect(codeOf(xml)).toBe(code)
  })
  it('except a terminate end where nothing runs beside it', () => {
    expect(
      codeOf(
        event('endEvent', 'terminateEventDefinition')
          .replace('<endEvent id="e"/>', '')
          .replace(/<sequenceFlow[^>]*targetRef="e"\/>/, ''),
      ),
    ).toBe('read')
  })
})

describe('a procedure of ten thousand gateways', () => {
  const many = Array.from({ length: 10_000 }, (_, at) => at)
  const gateways = `${ends}${task('a', 'A')}${many.map((at) => `<exclusiveGateway id="g${at}"/>`).join('')}`
  it('one after another compiles to what its one step needs', () => {
    const between = many.slice(1).map((at) => `g${at - 1}>g${at}`)
    const { net } = read(bpmn(gateways, ['s>a', 'a>g0', ...between, 'g9999>e'].join(' ')))
    expect([net.places.length, net.transitions.map(({ label }) => label)]).toEqual([2, ['A']])
  })
  it('side by side in a choice compiles to one silent step for each way', () => {
    const split = '<exclusiveGateway id="x"/><exclusiveGateway id="y"/>'
    const branches = many.flatMap((at) => [`x>g${at}`, `g${at}>y`])
    const { net } = read(bpmn(`${gateways}${split}`, ['s>a', 'a>x', ...branches, 'y>e'].join(' ')))
    expect([net.places.length, net.transitions.length]).toEqual([3, 10_001])
    expect(net.transitions.filter(({ label }) => label !== null).map(({ label }) => label)).toEqual(['A'])
  })
})

describe('the hash of a net', () => {
  const text = (whole: string): string => whole
  const steps = [task('a', 'A'), task('b', 'B')]
  it('does not change with the order of the file, and changes with a label or a flow', () => {
    const hash = (elements: string, flows: string): string => netHash(read(bpmn(elements, flows)).net, text)
    const known = hash(`${ends}${steps.join('')}`, 's>a a>b b>e')
    expect(hash(`${steps.toReversed().join('')}${ends}`, 's>a a>b b>e')).toBe(known)
    expect(hash(`${ends}${task('a', 'A')}${task('b', 'C')}`, 's>a a>b b>e')).not.toBe(known)
    expect(hash(`${ends}${steps.join('')}`, 's>b b>a a>e')).not.toBe(known)
  })
})
