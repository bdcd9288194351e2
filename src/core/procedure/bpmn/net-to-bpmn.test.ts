import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomNet, seeded } from '../fixtures/random-net.ts'
import { differingRun } from '../fixtures/same-runs.ts'
import type { Net } from '../net.ts'
import type { Procedure } from '../procedure.ts'
import { checkSoundness } from '../soundness.ts'
import { netToBpmn } from './net-to-bpmn.ts'
import { readBpmn } from './read-bpmn.ts'

const ofNet = (net: Net): Procedure => ({ id: 'net', name: '网', net, steps: [], caseActs: [] })

function writtenAndRead(procedure: Procedure): Procedure {
  const xml = netToBpmn(procedure)
  if (typeof xml !== 'string') throw new Error(xml.says.en)
  const read = readBpmn(xml)
  if ('kind' in read) throw new Error(`${read.code}: ${read.says.en}\n${xml}`)
  return read
}

const net = (steps: readonly (readonly [string | null, readonly number[], readonly number[]])[], final = [1]): Net => ({
  places: Array.from({ length: 1 + Math.max(1, ...steps.flatMap(([, a, b]) => [...a, ...b])) }, (_, id) => ({
    id: `p${id}`,
  })),
  transitions: steps.map(([label, inputs, outputs], index) => ({ id: `t${index}`, label, inputs, outputs })),
  initial: [0],
  final,
})

describe('a net written as BPMN', () => {
  it('has the same runs and is as sound as before, whatever its blocks', () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (seed, silent) => {
        const drawn = randomNet(seeded(seed), { faults: 0, silent })
        const read = writtenAndRead(ofNet(drawn))
        expect(differingRun(drawn, read.net)).toBeNull()
        expect(checkSoundness(read.net).kind).toBe(checkSoundness(drawn).kind)
      }),
    )
  })
  it('has the same runs or is refused with the reason where joins and splits are not in blocks', () => {
    let [written, refused] = [0, 0]
    for (let seed = 1; seed <= 400; seed += 1) {
      const drawn = randomNet(seeded(seed * 7), { faults: 1 + (seed % 2), silent: seed % 3 === 0 })
      const xml = netToBpmn(ofNet(drawn))
      if (typeof xml !== 'string') {
        expect(xml.code).toBe('procedure.no-bpmn-form')
        refused += 1
        continue
      }
      const read = readBpmn(xml)
      if ('kind' in read) throw new Error(read.says.en)
      if (checkSoundness(drawn, { maxMarkings: 300 }).kind !== 'sound') continue
      expect([seed, differingRun(drawn, read.net)]).toEqual([seed, null])
      expect(checkSoundness(read.net).kind).toBe('sound')
      written += 1
    }
    expect(written).toBeGreaterThan(10)
    expect(refused).toBeGreaterThan(50)
  })
  it.each<[string, Net, string]>([
    [
      'a choice that another branch decides',
      net([
        ['A', [0], [2, 3]],
        ['B', [2, 3], [1]],
        ['C', [2], [4]],
        ['D', [4, 3], [1]],
      ]),
      'not free',
    ],
    [
      'a step without input',
      net([
        ['A', [0], [1]],
        ['B', [], [1]],
      ]),
      'no input',
    ],
    ['a token that leads nowhere', net([['A', [0], [1, 2]]]), 'leads nowhere'],
    [
      'a place that nothing leads to',
      net([
        ['A', [0], [1]],
        ['B', [2], [1]],
      ]),
      'nothing leads to',
    ],
    ['several tokens on one place', { ...net([['A', [0], [1]]]), initial: [0, 0] }, 'several tokens'],
  ])('is refused for %s, which no gateway says', (_, odd, why) => {
    expect(netToBpmn(ofNet(odd))).toMatchObject({
      code: 'procedure.no-bpmn-form',
      says: { en: expect.stringContaining(why) },
    })
  })
  it('chooses first where a join waits with a token that another step may still take, if that leaves it sound', () => {
    // B again and again, until the join takes it: the loop of a miner that fuses its end with the join.
    const fused = net([
      ['A', [0], [2, 3]],
      ['B', [2], [2]],
      ['C', [3], [4]],
      ['D', [2, 4], [1]],
    ])
    expect(checkSoundness(fused).kind).toBe('sound')
    const read = writtenAndRead(ofNet(fused))
    expect(differingRun(fused, read.net)).toBeNull()
    expect(checkSoundness(read.net).kind).toBe('sound')
  })
  it('joins first and chooses then where several steps need the same places', () => {
    const both = net([
      [null, [0], [2, 3]],
      ['A', [2, 3], [1]],
      ['B', [2, 3], [1]],
    ])
    expect(differingRun(both, writtenAndRead(ofNet(both)).net)).toBeNull()
  })
  it('is refused for a name that BPMN would give back changed', () => {
    expect(netToBpmn(ofNet(net([[' A', [0], [1]]])))).toMatchObject({ code: 'procedure.unwritable' })
  })
})

describe('the procedures of the packs, written from their nets', () => {
  const home = join(import.meta.dirname, '../../../../packs/procedures')
  const ids = readdirSync(home, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
  it.each(ids)('%s keeps its steps, limits, bases, case acts and runs', (id) => {
    const own = readBpmn(readFileSync(join(home, id, 'procedure.bpmn'), 'utf8'))
    if ('kind' in own) throw new Error(own.says.en)
    const read = writtenAndRead(own)
    expect(own.steps.length).toBeGreaterThan(2)
    expect({ id: read.id, name: read.name, steps: read.steps, caseActs: read.caseActs }).toEqual({
      id: own.id,
      name: own.name,
      steps: own.steps,
      caseActs: own.caseActs,
    })
    expect(differingRun(own.net, read.net)).toBeNull()
  })
})
