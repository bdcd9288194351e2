import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { randomNet, seeded } from './fixtures/random-net.ts'
import { readModel } from './model.ts'
import type { Net } from './net.ts'
import { checkSoundness } from './soundness.ts'

function fixture(name: string): Net {
  const model = readModel(readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8'), name)
  if ('code' in model) throw new Error(model.says.en)
  return model.net
}

const verdict = (name: string) => {
  const soundness = checkSoundness(fixture(name), { maxMarkings: 20_000 })
  return soundness.kind === 'unsound'
    ? { problems: soundness.problems, says: soundness.says.map(({ en }) => en) }
    : soundness
}

describe('a procedure that cannot be published', () => {
  it('ends in a deadlock when a choice is joined as if both branches ran', () => {
    expect(verdict('deadlock.bpmn')).toMatchObject({
      problems: [
        { kind: 'deadlock', way: ['申请', '审查'] },
        { kind: 'dead-step', step: 'j' },
      ],
      says: [
        'After “申请” → “审查”, nothing can happen and the case has not ended (deadlock).',
        '“j” can never happen.',
      ],
    })
  })
  it('runs in a circle when a branch never leads out', () => {
    expect(verdict('livelock.bpmn')).toMatchObject({
      problems: [{ kind: 'livelock', way: ['申请'], steps: ['退回', '重报'] }],
    })
  })
  it('leaves work over when branches that both run are joined as a choice', () => {
    const { problems } = verdict('leftover-token.bpmn') as {
      problems: readonly { kind: string; way: readonly string[] }[]
    }
    expect(problems.map(({ kind }) => kind)).toEqual(['unsafe', 'leftover'])
    expect(problems[1]?.way).toEqual(['申请', '审查', '决定'])
  })
  it('has a step that can never happen', () => {
    expect(verdict('dead-step.pnml')).toMatchObject({
      problems: [{ kind: 'dead-step', step: '复核' }],
      says: ['“复核” can never happen.'],
    })
  })
  it('can pile up work without end', () => {
    expect(verdict('unbounded.pnml')).toMatchObject({
      problems: [{ kind: 'unbounded', way: ['申请', '催办', '催办'] }],
    })
  })
  it('is left undecided when there are more states than may be looked at, and says how many were', () => {
    expect(verdict('undecided.pnml')).toMatchObject({
      kind: 'undecided',
      markings: 20_000,
      says: { en: expect.stringContaining('20000') },
    })
  })
})

it('A procedure whose branches are joined as they were split is sound', () => {
  expect(verdict('sound.bpmn')).toEqual({ kind: 'sound', markings: 8 })
})

/** Soundness once more, written from the definition: every marking as text, every question asked of every marking. */
function bruteForce(net: Net, limit: number): Set<string> | 'endless' {
  const text = (tokens: readonly number[]): string => tokens.join()
  const marking = (places: readonly number[]): number[] =>
    net.places.map((_, place) => places.filter((held) => held === place).length)
  const [start, end] = [marking(net.initial), marking(net.final)]
  const all = new Map([[text(start), start]])
  const next = new Map<string, string[]>()
  const fired = new Set<string>()
  for (const [key, tokens] of all) {
    const targets: string[] = []
    for (const { id, inputs, outputs } of net.transitions) {
      if (!inputs.every((place) => (tokens[place] as number) > 0)) continue
      fired.add(id)
      const after = tokens.map((held, place) => held - Number(inputs.includes(place)) + Number(outputs.includes(place)))
      targets.push(text(after))
      if (all.size > limit) return 'endless'
      if (!all.has(text(after))) all.set(text(after), after)
    }
    next.set(key, targets)
  }
  const reach = (from: string): Set<string> => {
    const seen = new Set([from])
    for (const key of seen) for (const target of next.get(key) ?? []) seen.add(target)
    return seen
  }
  const covers = (tokens: readonly number[]): boolean => tokens.every((held, place) => held >= (end[place] as number))
  const isStuck = (key: string): boolean =>
    key !== text(end) && next.get(key)?.length === 0 && !covers(all.get(key) as number[])
  const problems = new Set<string>()
  for (const [key, tokens] of all) {
    if (tokens.some((held) => held > 1)) problems.add('unsafe')
    if (key !== text(end) && covers(tokens)) problems.add('leftover')
    if (key === text(end) && next.get(key)?.length !== 0) problems.add('after-end')
    if (isStuck(key)) problems.add('deadlock')
    const reached = [...reach(key)]
    if (!reached.some((other) => covers(all.get(other) as number[]) || isStuck(other))) problems.add('livelock')
  }
  if (net.transitions.some(({ id }) => !fired.has(id))) problems.add('dead-step')
  return problems
}

it('On 500 random nets the verdict and the kinds of problem agree with brute force', () => {
  const seen = new Map<string, number>()
  for (let seed = 1; seed <= 500; seed += 1) {
    const draw = seeded(seed)
    const net = randomNet(draw, { faults: seed % 4, silent: seed % 2 === 0 })
    const expected = bruteForce(net, 3000)
    const soundness = checkSoundness(net, { maxMarkings: 3000 })
    const kinds = soundness.kind === 'unsound' ? soundness.problems.map(({ kind }) => kind) : []
    if (expected === 'endless') expect([seed, kinds.includes('unbounded')]).toEqual([seed, true])
    else if (kinds.includes('unbounded')) throw new Error(`seed ${seed} is bounded`)
    else expect([seed, [...new Set(kinds)].sort()]).toEqual([seed, [...expected].sort()])
    for (const kind of kinds.length === 0 ? [soundness.kind] : kinds) seen.set(kind, (seen.get(kind) ?? 0) + 1)
  }
  for (const kind of ['sound', 'unsafe', 'unbounded', 'leftover', 'after-end', 'deadlock', 'livelock', 'dead-step']) {
    expect([kind, (seen.get(kind) ?? 0) >= 5]).toEqual([kind, true])
  }
})
