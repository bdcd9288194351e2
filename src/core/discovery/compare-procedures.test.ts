import { describe, expect, it } from 'vitest'
import { type LogView, wholeLog } from '../eventlog/log-view.ts'
import { analyse } from '../procedure/analyse.ts'
import { readBpmn } from '../procedure/bpmn/read-bpmn.ts'
import type { Procedure } from '../procedure/procedure.ts'
import { type ComparedCases, compareProcedures, type ProcedureComparison } from './compare-procedures.ts'
import { saysDuty, saysOrder } from './says-comparison.ts'

const task = (id: string, inside = ''): string => `<userTask id="${id}" name="${id}">${inside}</userTask>`
const said = (attributes: string, basis = ''): string =>
  `<extensionElements><daylight:step ${attributes}>${basis}</daylight:step></extensionElements>`

function procedure(elements: string, flows: string, acts = ''): Procedure {
  const lines = flows.split(' ').map((flow, index) => {
    const [from, to] = flow.split('>')
    return `<sequenceFlow id="f${index}" sourceRef="${from}" targetRef="${to}"/>`
  })
  const read =
    readBpmn(`<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:daylight="urn:daylight:procedure:1">
<process id="p" name="程序">${acts}<startEvent id="s"/><endEvent id="e"/>${elements}${lines.join('')}</process></definitions>`)
  if ('code' in read) throw new Error(read.says.en)
  return read
}

const gateways = '<exclusiveGateway id="x"/><exclusiveGateway id="y"/>'
const basis = '<daylight:basis ref="CN-LAW-2003-administrative-license#42.1"/>'
const law = procedure(
  [
    task('受理', said('mandatory="true"')),
    task('审查', said('mandatory="true"')),
    task('决定', said('mandatory="true" limit="20" unit="working-day" from="受理"', basis)),
    task('送达', said('limit="10" unit="working-day" from="决定"')),
  ].join(''),
  's>受理 受理>审查 审查>决定 决定>送达 送达>e',
  `<extensionElements><daylight:caseAct act="withdraw" activity="撤回" role="applicant" clock="ends"/></extensionElements>`,
)

/** The cases of a log, each written as its steps. */
function viewOf(...cases: readonly string[]): LogView {
  const traces = cases.map((trace) => trace.split(' '))
  const dictionary = [...new Set(traces.flat())]
  const caseStart = new Int32Array(cases.length + 1)
  traces.forEach((trace, index) => {
    caseStart[index + 1] = (caseStart[index] as number) + trace.length
  })
  const events = traces.flat()
  return wholeLog({
    caseIds: cases.map((_, index) => `办件${index}`),
    caseStart,
    activity: { dictionary, codes: Int32Array.from(events, (activity) => dictionary.indexOf(activity)) },
    time: new Float64Array(events.length),
    row: new Int32Array(events.length),
    eventAttributes: new Map(),
    caseAttributes: new Map(),
  })
}

/** The same cases, judged by the law. */
function judged(...cases: readonly string[]): ComparedCases {
  const view = viewOf(...cases)
  return { view, byLaw: analyse(view.log, law.net, { caseActs: law.caseActs }) }
}

function compared(practice: Procedure): ProcedureComparison {
  const comparison = compareProcedures(practice, law)
  if ('code' in comparison) throw new Error(comparison.says.en)
  return comparison
}

describe('a practice beside the law', () => {
  it('is the law where it does the same', () => {
    expect(compared(law)).toMatchObject({ onlyInPractice: [], onlyInLaw: [], orders: [], consistency: 1 })
    expect(compared(law).duties.map(({ inPractice }) => inPractice)).toEqual(['always', 'always', 'always', 'always'])
  })
  it('shows the steps that only one has, and those that the law lets happen from anywhere', () => {
    const comparison = compared(
      procedure(
        `${gateways}${['受理', '审查', '决定', '盖章', '撤回'].map((id) => task(id)).join('')}`,
        's>受理 受理>x x>撤回 撤回>y x>审查 审查>决定 决定>盖章 盖章>y y>e',
      ),
    )
    expect(comparison.onlyInPractice).toEqual([
      { activity: '盖章', caseAct: null },
      { activity: '撤回', caseAct: 'withdraw' },
    ])
    expect(comparison.onlyInLaw.map(({ activity }) => activity)).toEqual(['送达'])
  })
  it('shows common steps in another order, and says how many pairs agree', () => {
    const comparison = compared(
      procedure(
        ['受理', '审查', '决定', '送达'].map((id) => task(id)).join(''),
        's>受理 受理>决定 决定>审查 审查>送达 送达>e',
      ),
    )
    expect(comparison.orders).toEqual([
      { kind: 'contrary', a: '审查', b: '决定', practice: 'after', law: 'before', brokenBy: null },
    ])
    expect(comparison.consistency).toBeCloseTo(5 / 6)
  })
  it('tells a broken order from one that is left open, and both from one that is merely kept closer', () => {
    const both = procedure(
      `<parallelGateway id="x"/><parallelGateway id="y"/>${['受理', '审查', '决定', '送达'].map((id) => task(id)).join('')}`,
      's>受理 受理>x x>审查 x>决定 审查>y 决定>y y>送达 送达>e',
    )
    expect(compared(both).orders).toMatchObject([{ kind: 'looser', a: '审查', b: '决定' }])
    const closer = compareProcedures(law, both)
    expect(closer).toMatchObject({ orders: [{ kind: 'stricter', a: '审查', b: '决定' }] })
    const choice = procedure(
      `${gateways}${['受理', '审查', '决定', '送达'].map((id) => task(id)).join('')}`,
      's>受理 受理>x x>审查 x>决定 审查>y 决定>y y>送达 送达>e',
    )
    expect(compareProcedures(law, choice)).toMatchObject({ orders: [{ kind: 'contrary', law: 'exclusive' }] })
    expect(compared(choice).orders).toMatchObject([{ kind: 'stricter', practice: 'exclusive' }])
  })
  it('shows which mandatory and limited steps it can do without', () => {
    const comparison = compared(
      procedure(
        `${gateways}${['受理', '审查', '决定'].map((id) => task(id)).join('')}`,
        's>受理 受理>x x>审查 审查>y x>y y>决定 决定>e',
      ),
    )
    expect(comparison.duties.map(({ activity, inPractice }) => [activity, inPractice])).toEqual([
      ['受理', 'always'],
      ['审查', 'sometimes'],
      ['决定', 'always'],
      ['送达', 'never'],
    ])
    expect(comparison.duties[2]).toMatchObject({
      limit: { days: 20, from: '受理' },
      basis: ['CN-LAW-2003-administrative-license#42.1'],
    })
  })
  it('counts the cases that break the order of the law, and those that a drawing merely allows', () => {
    const practice = procedure(
      `<parallelGateway id="x"/><parallelGateway id="y"/>${['受理', '审查', '决定', '送达'].map((id) => task(id)).join('')}`,
      's>x x>受理 x>审查 x>决定 受理>y 审查>y 决定>y y>送达 送达>e',
    )
    const comparison = compareProcedures(
      practice,
      law,
      judged('受理 审查 决定', '受理 决定 审查', '受理 决定 审查 决定'),
    )
    if ('code' in comparison) throw new Error(comparison.says.en)
    const broken = comparison.orders.map(({ a, b, brokenBy }) => [a, b, brokenBy])
    expect(broken).toEqual([
      ['审查', '决定', 2],
      ['受理', '审查', 0],
      ['受理', '决定', 0],
    ])
    const told = comparison.orders.map((order) => saysOrder(order).en)
    expect(told[0]).toContain('2 case(s) break')
    expect(told[1]).toContain('No case breaks it')
  })
  it('counts the cases of a log that lack a duty', () => {
    const comparison = compareProcedures(law, law, judged('受理 审查 决定', '受理 决定'))
    if ('code' in comparison) throw new Error(comparison.says.en)
    expect(comparison.duties.map(({ lackedBy }) => lackedBy)).toEqual([0, 1, 0, 2])
    expect(comparison.duties.map(({ skippedBy }) => skippedBy)).toEqual([0, 1, 0, 2])
    const told = comparison.duties.map((duty) => saysDuty(duty)?.en ?? null)
    expect(told[0]).toBeNull()
    expect(told[1]).toContain('1 case(s) skipped it')
  })
})
