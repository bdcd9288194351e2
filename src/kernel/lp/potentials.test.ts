import { beforeAll, describe, expect, it } from 'vitest'
import { Aligner } from '../../core/procedure/alignment.ts'
import { randomNet, randomTrace, seeded } from '../../core/procedure/fixtures/random-net.ts'
import type { LinearSolver } from '../../core/procedure/linear-program.ts'
import { MarkingSpace } from '../../core/procedure/marking-space.ts'
import type { Net } from '../../core/procedure/net.ts'
import { Potentials } from '../../core/procedure/potentials.ts'
import { StagedEquation } from '../../core/procedure/staged-equation.ts'
import { loadLinearSolver } from './linear-solver.ts'

let solver: LinearSolver
beforeAll(async () => {
  solver = await loadLinearSolver()
})

/** States, since some of the nets have no end of them. */
const most = 20_000

/** Nets with and without silent steps, sound and not, and traces of theirs with faults. */
function* samples(): Iterable<{ seed: number; net: Net; trace: readonly string[] }> {
  for (let seed = 1; seed <= 40; seed += 1) {
    const draw = seeded(seed * 31)
    const net = randomNet(draw, { faults: seed % 3, silent: seed % 2 === 0 })
    for (let trial = 0; trial < 3; trial += 1) yield { seed, net, trace: randomTrace(net, draw) }
  }
}

describe('alignments guided by potentials', () => {
  it('cost what they cost without, for ended cases and cases under way', () => {
    let aligned = 0
    for (const { seed, net, trace } of samples()) {
      const plain = new Aligner(net, { maxStates: most })
      const guided = new Aligner(net, { solver, maxMarkings: 0, maxUnguided: 0, maxStates: most })
      for (const unfinished of [false, true]) {
        const [one, other] = [plain, guided].map((aligner) => aligner.align(trace, { unfinished }))
        // Where the end is out of reach, only a list of all markings can always prove it.
        if (one?.kind !== 'aligned') continue
        aligned += 1
        expect([seed, other?.kind, other?.kind === 'aligned' && other.cost]).toEqual([seed, 'aligned', one.cost])
      }
    }
    expect(aligned).toBeGreaterThan(150)
  })

  it('are never bounded above their cost, and mostly by all of it', () => {
    let whole = 0
    for (const { seed, net, trace } of samples()) {
      const labels = [...new Set(net.transitions.flatMap(({ label }) => (label === null ? [] : [label])))]
      const labelOf = Int32Array.from(net.transitions, ({ label }) => (label === null ? -1 : labels.indexOf(label)))
      const known = trace.filter((activity) => labels.includes(activity))
      const alignment = new Aligner(net, { maxStates: most }).align(known)
      if (alignment.kind !== 'aligned') continue
      const space = new MarkingSpace(net)
      const codes = Int32Array.from(known, (activity) => labels.indexOf(activity))
      const potentials = new Potentials(new StagedEquation(net, labelOf, labels.length, solver), space, codes, false)
      potentials.add(space.initial, 0)
      const bound = potentials.demanded(space.initial, 0, 0)
      expect([seed, bound <= alignment.cost]).toEqual([seed, true])
      if (bound === alignment.cost) whole += 1
    }
    expect(whole).toBeGreaterThan(70)
  })

  it('are found all the same where the solver gives up or errs', () => {
    for (const wrong of [() => null, ({ rows }: { rows: number }) => new Float64Array(rows).fill(1e9)]) {
      for (const { seed, net, trace } of samples()) {
        if (seed > 20) break
        const one = new Aligner(net, { maxStates: most }).align(trace)
        const other = new Aligner(net, { solver: wrong, maxMarkings: 0, maxUnguided: 0, maxStates: most }).align(trace)
        if (one.kind === 'aligned') expect([seed, other]).toMatchObject([seed, { kind: 'aligned', cost: one.cost }])
      }
    }
  })
})
