import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '../refusal/refusal.ts'
import { Aligner } from './alignment.ts'
import type { Move } from './deviation.ts'
import { readDeviations, saysDeviation } from './deviations.ts'
import { randomNet, randomTrace, seeded } from './fixtures/random-net.ts'
import { readModel } from './model.ts'
import type { Net } from './net.ts'

/** 受理 → 审查 → 审核 → 决定 → 送达, with 核查 possible any number of times after 审查. */
const permit: Net = {
  places: ['start', 'accepted', 'reviewed', 'checked', 'decided', 'end'].map((id) => ({ id })),
  transitions: [
    { id: 'a', label: '受理', inputs: [0], outputs: [1], element: 'accept' },
    { id: 'b', label: '审查', inputs: [1], outputs: [2], element: 'review' },
    { id: 'c', label: '审核', inputs: [2], outputs: [3], element: 'check' },
    { id: 'd', label: '决定', inputs: [3], outputs: [4], element: 'decide' },
    { id: 'e', label: '送达', inputs: [4], outputs: [5], element: 'deliver' },
    { id: 'f', label: '核查', inputs: [2], outputs: [2], element: 'inspect' },
  ],
  initial: [0],
  final: [5],
}

function of(trace: readonly string[], net: Net = permit) {
  const alignment = new Aligner(net).align(trace)
  if (alignment.kind !== 'aligned') throw new Error(alignment.kind)
  return readDeviations(alignment.moves, trace, net)
}

const says = (...trace: string[]): string[] => of(trace).map((deviation) => saysDeviation(deviation).zh)

describe('a deviation', () => {
  it('is none where the case fits', () => {
    expect(of(['受理', '审查', '核查', '核查', '审核', '决定', '送达'])).toEqual([])
  })
  it('of a missing step says after which step', () => {
    expect(of(['受理', '审查', '决定', '送达'])).toEqual([
      { kind: 'skipped', step: '审核', after: '审查', element: 'check' },
    ])
    expect(says('受理', '审查', '决定', '送达')).toEqual(['“审查”之后缺少“审核”。'])
    expect(says('审查', '审核', '决定', '送达')).toEqual(['一开始就缺少“受理”。'])
  })
  it('of two neighbours that changed places is one of order, whichever was matched', () => {
    expect(of(['受理', '审查', '决定', '审核', '送达'])).toEqual([
      { kind: 'order', step: '决定', expectedAfter: '审核', events: [2, 3], element: 'decide' },
    ])
    expect(says('审查', '受理', '审核', '决定', '送达')).toEqual(['“审查”先于“受理”，程序要求在其之后。'])
  })
  it('is read from a case of a hundred thousand events at once: a third of them out of order', () => {
    const circle: Net = {
      places: ['start', 'told', 'heard'].map((id) => ({ id })),
      transitions: [
        { id: 'a', label: '告知', inputs: [0], outputs: [1] },
        { id: 'b', label: '听取', inputs: [1], outputs: [2] },
        { id: 'c', label: '记录', inputs: [2], outputs: [0] },
      ],
      initial: [0],
      final: [0],
    }
    const rounds = 33_000
    const trace = Array.from({ length: rounds }, () => ['听取', '告知', '记录']).flat()
    const moves = Array.from({ length: rounds }, (_, round): Move[] => [
      { kind: 'log', event: 3 * round },
      { kind: 'synchronous', event: 3 * round + 1, transition: 0 },
      { kind: 'model', transition: 1 },
      { kind: 'synchronous', event: 3 * round + 2, transition: 2 },
    ]).flat()
    const began = performance.now()
    const found = readDeviations(moves, trace, circle)
    expect(performance.now() - began).toBeLessThan(2000)
    expect(found.length).toBe(rounds)
    expect(found[rounds - 1]).toEqual({
      kind: 'order',
      step: '听取',
      expectedAfter: '告知',
      events: [3 * rounds - 3, 3 * rounds - 2],
    })
  })
  it('of two steps done the wrong way round in a part that may be skipped or repeated is one of order', () => {
    // 受理, then any number of times 告知 and 听取, then 决定.
    const hearing: Net = {
      places: ['start', 'accepted', 'told', 'end'].map((id) => ({ id })),
      transitions: [
        { id: 'a', label: '受理', inputs: [0], outputs: [1] },
        { id: 'b', label: '告知', inputs: [1], outputs: [2] },
        { id: 'c', label: '听取', inputs: [2], outputs: [1], element: 'hear' },
        { id: 'd', label: '决定', inputs: [1], outputs: [3] },
      ],
      initial: [0],
      final: [3],
    }
    expect(of(['受理', '听取', '告知', '决定'], hearing)).toEqual([
      { kind: 'order', step: '听取', expectedAfter: '告知', events: [1, 2], element: 'hear' },
    ])
    expect(of(['受理', '听取', '告知', '听取', '决定'], hearing)).toEqual([
      { kind: 'skipped', step: '告知', after: '受理' },
    ])
    expect(of(['受理', '听取', '听取', '决定'], hearing).map(({ kind }) => kind)).toEqual(['skipped', 'skipped'])
  })
  it('of statements heard before the parties were told is one of order in the ordinary permit', () => {
    const file = new URL('../../../packs/procedures/ordinary-permit/procedure.bpmn', import.meta.url)
    const procedure = readModel(readFileSync(file, 'utf8'), 'procedure.bpmn')
    if (isRefusal(procedure)) throw new Error(procedure.code)
    const heard = ['提交申请', '受理', '审查', '听取陈述申辩', '告知利害关系人', '审核', '作出准予许可决定']
    const trace = [...heard, '颁发送达许可证件', '公开许可决定', '归档']
    expect(of(trace, procedure.net).map((deviation) => saysDeviation(deviation).zh)).toEqual([
      '“听取陈述申辩”先于“告知利害关系人”，程序要求在其之后。',
    ])
  })
  it('of a step that came much too late is one of order too', () => {
    expect(of(['受理', '审查', '决定', '送达', '审核'])).toEqual([
      { kind: 'order', step: '决定', expectedAfter: '审核', events: [2, 4], element: 'decide' },
    ])
  })
  it('of a repeat says how often', () => {
    expect(of(['受理', '审查', '审核', '决定', '送达', '送达', '送达'])).toEqual([
      { kind: 'repeated', step: '送达', times: 2, events: [5, 6], element: 'deliver' },
    ])
    expect(says('受理', '审查', '审核', '决定', '送达', '送达', '送达')).toEqual(['“送达”多做了 2 次。'])
    expect(says('受理', '受理', '审查', '审核', '决定', '送达')).toEqual(['“受理”多做了 1 次。'])
  })
  it('of a step in the wrong place, and only there, is an extra', () => {
    expect(of(['受理', '核查', '审查', '审核', '决定', '送达'])).toEqual([
      { kind: 'extra', step: '核查', events: [1], element: 'inspect' },
    ])
    expect(says('核查', '受理', '审查', '审核', '决定', '核查', '送达')).toEqual(['“核查”做了 2 次，而程序不允许。'])
  })
  it('of an activity that the procedure does not know says so, and how often', () => {
    expect(of(['受理', '收费', '审查', '审核', '决定', '收费', '送达'])).toEqual([
      { kind: 'unknown', step: '收费', events: [1, 5] },
    ])
    expect(says('受理', '收费', '审查', '审核', '决定', '收费', '送达')).toEqual([
      '“收费”不是程序中的步骤，出现 2 次。',
    ])
  })
  it('stands beside others in the order of the case', () => {
    expect(says('受理', '收费', '审查', '决定', '审核', '送达', '送达')).toEqual([
      '“收费”不是程序中的步骤。',
      '“决定”先于“审核”，程序要求在其之后。',
      '“送达”多做了 1 次。',
    ])
  })
  it('has a sentence in English as well', () => {
    const sentences = of(['受理', '收费', '决定', '审核', '送达', '送达']).map(
      (deviation) => saysDeviation(deviation).en,
    )
    expect(sentences).toEqual([
      '“收费” is not a step of the procedure.',
      '“审查” is missing after “受理”.',
      '“决定” came before “审核”; the procedure has it after.',
      '“送达” was repeated once.',
    ])
  })
})

it('Deviations account for every log and model move of an alignment, on 200 random nets', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const draw = seeded(seed * 19)
    const net = randomNet(draw, { faults: 0, silent: true })
    const trace = randomTrace(net, draw)
    const alignment = new Aligner(net).align(trace)
    if (alignment.kind !== 'aligned') throw new Error(`seed ${seed} has an end`)
    const paid = readDeviations(alignment.moves, trace, net).reduce(
      (sum, deviation) =>
        sum + (deviation.kind === 'order' ? 2 : deviation.kind === 'skipped' ? 1 : deviation.events.length),
      0,
    )
    expect([seed, paid]).toEqual([seed, Math.floor(alignment.cost / 10_000)])
  }
})
