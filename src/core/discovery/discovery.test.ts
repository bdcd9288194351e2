import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EventLog } from '../eventlog/event-log.ts'
import { wholeLog } from '../eventlog/log-view.ts'
import { analyse } from '../procedure/analyse.ts'
import { readBpmn } from '../procedure/bpmn/read-bpmn.ts'
import { differingRun } from '../procedure/fixtures/same-runs.ts'
import { checkSoundness } from '../procedure/soundness.ts'
import { type DiscoverOptions, discover, type Proposal } from './discover.ts'
import { discoverTree } from './inductive-miner.ts'
import { folded, nodesOf, type ProcessTree, treeText } from './process-tree.ts'
import { treeNet } from './tree-net.ts'

/** A log of cases, each written as the letters of its steps. */
function logOf(cases: readonly string[]): EventLog {
  const dictionary = [...new Set(cases.join(''))]
  const letters = [...cases.join('')]
  const caseStart = new Int32Array(cases.length + 1)
  cases.forEach((trace, index) => {
    caseStart[index + 1] = (caseStart[index] as number) + [...trace].length
  })
  return {
    caseIds: cases.map((_, index) => `办件${index}`),
    caseStart,
    activity: { dictionary, codes: Int32Array.from(letters, (letter) => dictionary.indexOf(letter)) },
    time: new Float64Array(letters.length).fill(Number.NaN),
    row: Int32Array.from(letters, (_, index) => index + 2),
    eventAttributes: new Map(),
    caseAttributes: new Map(),
  }
}

const tree = (noise: number, ...cases: readonly string[]): string => treeText(discoverTree(logOf(cases), noise))

function proposed(cases: readonly string[], options: Partial<DiscoverOptions> = {}): Proposal {
  const proposal = discover(wholeLog(logOf(cases)), { name: '提议', ...options })
  if ('code' in proposal) throw new Error(proposal.says.en)
  return proposal
}

const times = (count: number, trace: string): string[] => Array.from({ length: count }, () => trace)

describe('what is proposed from a log', () => {
  it.each<[string, string[], string]>([
    ['one step after the other', ['abc'], "→('a', 'b', 'c')"],
    ['a choice', ['ab', 'ac'], "→('a', ×('b', 'c'))"],
    ['steps side by side', ['abcd', 'acbd'], "→('a', +('b', 'c'), 'd')"],
    ['a repeated round', ['abc', 'abdabc'], "→(↻(→('a', 'b'), 'd'), 'c')"],
    ['a step that may be left out', ['abc', 'ac'], "→('a', ×('b', τ), 'c')"],
    ['steps that are left out together', ['abcd', 'ad'], "→('a', ×(→('b', 'c'), τ), 'd')"],
    ['a step that may come again at once', ['ab', 'aab', 'aaab'], "→(↻('a', τ), 'b')"],
    ['a step beside all the rest', ['xabc', 'axbc', 'abxc', 'abcx'], "+(→('a', 'b', 'c'), 'x')"],
    ['nothing at all', ['', ''], 'τ'],
    [
      'any order, where nothing else tells them',
      ['ax', 'ay', 'by', 'bz', 'cz', 'cx'],
      "↻(×('a', 'x', 'y', 'b', 'z', 'c'), τ)",
    ],
    [
      'free repetition side by side, where no order holds',
      ['abcabdcd', 'dcba', 'acdbacb'],
      "+(↻('a', τ), ↻('b', τ), ↻('c', τ), ↻('d', τ))",
    ],
  ])('is %s', (_, cases, expected) => {
    expect(tree(0, ...cases)).toBe(expected)
  })
  it('leaves out what is rare beside its alternatives where asked to, and never otherwise', () => {
    const cases = [...times(50, 'abc'), 'abcabc']
    expect(tree(0, ...cases)).toBe("↻(→('a', 'b', 'c'), τ)")
    expect(tree(0.2, ...cases)).toBe("→('a', 'b', 'c')")
  })
  it('has every case of its log among its runs, is sound, of blocks, and the same again', () => {
    const trace = fc.array(fc.constantFrom(...'abcdef'), { maxLength: 9 }).map((letters) => letters.join(''))
    fc.assert(
      fc.property(fc.array(trace, { minLength: 1, maxLength: 12 }), (cases) => {
        const log = logOf(cases)
        const found = discoverTree(log)
        const { net, nodes } = treeNet(found)
        const result = analyse(log, net)
        expect([result.fitting, result.unsolved]).toEqual([cases.length, 0])
        expect(checkSoundness(net).kind).toBe('sound')
        const named = nodes.flatMap((node) => (node.kind === 'activity' ? [node.activity] : []))
        expect([...named].sort()).toEqual([...new Set(cases.join(''))].sort())
        expect(treeText(discoverTree(logOf(cases)))).toBe(treeText(found))
      }),
      { numRuns: 300 },
    )
  })
  it('stays sound and known by its steps with any share left out', () => {
    const trace = fc.array(fc.constantFrom(...'abcde'), { maxLength: 8 }).map((letters) => letters.join(''))
    fc.assert(
      fc.property(
        fc.array(trace, { minLength: 1, maxLength: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (cases, noise) => {
          const proposal = proposed(cases, { noise })
          const read = readBpmn(proposal.bpmn)
          if ('code' in read) throw new Error(read.says.en)
          expect(checkSoundness(read.net).kind).toBe('sound')
          const steps = new Set(cases.join(''))
          expect(read.steps.filter(({ activity }) => !steps.has(activity))).toEqual([])
          const { fitting, deviating, unsolved } = proposal.quality
          expect(fitting + deviating + unsolved).toBe(cases.length)
        },
      ),
    )
  })
  it('is one BPMN file with the runs of its tree, whatever the tree', () => {
    const trace = fc.array(fc.constantFrom(...'abcd'), { maxLength: 6 }).map((letters) => letters.join(''))
    fc.assert(
      fc.property(fc.array(trace, { minLength: 1, maxLength: 8 }), (cases) => {
        const { bpmn, tree: found } = proposed(cases)
        const read = readBpmn(bpmn)
        if ('code' in read) throw new Error(read.says.en)
        expect(differingRun(treeNet(found).net, read.net)).toBeNull()
      }),
    )
  })
})

describe('a folded tree', () => {
  const step = (activity: string): ProcessTree => ({ kind: 'activity', activity })
  const nothing: ProcessTree = { kind: 'silent' }
  it('has the same runs as before, and no more nodes', () => {
    const leaf = fc.constantFrom<ProcessTree>(step('a'), step('b'), step('c'), nothing)
    const { node } = fc.letrec<{ node: ProcessTree }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small', maxDepth: 3 },
        leaf,
        fc.record({
          kind: fc.constantFrom('sequence', 'exclusive', 'parallel'),
          children: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
        }) as fc.Arbitrary<ProcessTree>,
        fc.record({ kind: fc.constant('loop'), body: tie('node'), redo: tie('node') }) as fc.Arbitrary<ProcessTree>,
      ),
    }))
    fc.assert(
      fc.property(node, (wild) => {
        const tidy = folded(wild)
        expect(differingRun(treeNet(wild).net, treeNet(tidy).net)).toBeNull()
        expect(nodesOf(tidy).length).toBeLessThanOrEqual(nodesOf(wild).length)
      }),
    )
  })
})

describe('the drawing of a proposal', () => {
  it('places every node apart from every other and ends every flow at its nodes', () => {
    const trace = fc.array(fc.constantFrom(...'abcdef'), { maxLength: 9 }).map((letters) => letters.join(''))
    fc.assert(
      fc.property(fc.array(trace, { minLength: 1, maxLength: 8 }), (cases) => {
        const { diagram } = proposed(cases)
        const { nodes, edges, x, y, w, h } = diagram
        for (const one of nodes) {
          expect(one.x >= x && one.y >= y && one.x + one.w <= x + w && one.y + one.h <= y + h).toBe(true)
          const over = nodes.filter(
            (other) =>
              other !== one &&
              one.x < other.x + other.w &&
              other.x < one.x + one.w &&
              one.y < other.y + other.h &&
              other.y < one.y + one.h,
          )
          expect(over).toEqual([])
        }
        const touches = (id: string, point: { x: number; y: number } | undefined): boolean => {
          const node = nodes.find((each) => each.id === id)
          if (!node || !point) return false
          const [right, bottom] = [node.x + node.w, node.y + node.h]
          return point.x >= node.x && point.x <= right && point.y >= node.y && point.y <= bottom
        }
        for (const { from, to, points } of edges) {
          expect([touches(from, points[0]), touches(to, points.at(-1))]).toEqual([true, true])
          for (const [index, point] of points.slice(1).entries())
            expect(point.x === points[index]?.x || point.y === points[index]?.y).toBe(true)
        }
      }),
    )
  })
  it('says how many cases pass each step and each way', () => {
    const { cases, diagram } = proposed([...times(6, 'abd'), ...times(3, 'acd'), 'ad'])
    const passing = (label: string): number | undefined =>
      cases[diagram.nodes.find((node) => node.label === label)?.id ?? '']
    expect([passing('a'), passing('b'), passing('c'), passing('d')]).toEqual([10, 6, 3, 10])
    const gateways = diagram.nodes.filter(({ kind }) => kind === 'exclusiveGateway').map(({ id }) => id)
    const past = diagram.edges.find(({ from, to }) => gateways.includes(from) && gateways.includes(to))
    expect(cases[past?.id ?? '']).toBe(1)
  })
})

describe('how well a proposal tells its cases', () => {
  it('is 1 and 1 where it allows what the cases do and nothing else', () => {
    expect(proposed(['abc', 'abc', 'adc']).quality).toMatchObject({ fitness: 1, precision: 1, fitting: 3 })
  })
  it('loses precision with every step that may follow and never does', () => {
    const { precision } = proposed(['ab', 'ba', 'aab', 'bba', 'abab']).quality
    expect(precision).toBeGreaterThan(0.5)
    expect(precision).toBeLessThan(1)
  })
  it('leaves cases under way out and counts them', () => {
    const { quality, diagram } = proposed(['abc', 'ab'], { unfinished: (index) => index === 1 })
    expect(quality).toMatchObject({ cases: 1, open: 1, fitting: 1 })
    expect(diagram.nodes.filter(({ kind }) => kind === 'exclusiveGateway')).toEqual([])
  })
  it('is refused without ended cases, and with a threshold that is none', () => {
    expect(discover(wholeLog(logOf(['ab'])), { name: '提议', unfinished: () => true })).toMatchObject({
      code: 'discovery.no-cases',
    })
    expect(discover(wholeLog(logOf(['ab'])), { name: '提议', noise: 2 })).toMatchObject({ code: 'discovery.noise' })
    expect(discover(wholeLog(logOf([' '])), { name: '提议' })).toMatchObject({ code: 'procedure.unwritable' })
  })
})
