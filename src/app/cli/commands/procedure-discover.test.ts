import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { testedCommandLine } from '../test-run.ts'

const folder = await mkdtemp(join(tmpdir(), 'daylight-discover-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const at = (name: string): string => join(folder, name)
const cli = testedCommandLine()
const run = async (...words: string[]): Promise<{ code: number; json: Record<string, unknown> }> => {
  cli.shown = ''
  const code = await cli.run(...words, '--json')
  return { code, json: JSON.parse(cli.shown.trim().split('\n').at(-1) as string) }
}
const packs = join(import.meta.dirname, '../../../../packs/procedures')

const cases: readonly (readonly [string, readonly string[]])[] = [
  ['A', ['提交申请', '受理', '审查', '决定']],
  ['B', ['提交申请', '受理', '审查', '决定']],
  ['C', ['提交申请', '受理', '决定']],
]
const rows = cases.flatMap(([id, steps]) => steps.map((step, hour) => `${id},${step},2024-01-02 0${hour + 1}:00`))
await writeFile(at('log.csv'), `办件编号,环节,时间\n${rows.join('\n')}\n`)

describe('daylight procedure discover', () => {
  it('proposes a procedure with its cases per step, and writes it as BPMN and PNML that are one sound net', async () => {
    const { code, json } = await run(
      'procedure',
      'discover',
      at('log.csv'),
      '--bpmn',
      at('p.bpmn'),
      '--pnml',
      at('p.pnml'),
    )
    expect(code).toBe(0)
    expect(json).toMatchObject({
      tree: "→('提交申请', '受理', ×('审查', τ), '决定')",
      cases: 3,
      fitting: 3,
      fitness: 1,
      precision: 1,
      steps: [
        { activity: '提交申请', cases: 3 },
        { activity: '受理', cases: 3 },
        { activity: '审查', cases: 2 },
        { activity: '决定', cases: 3 },
      ],
    })
    const checked = await Promise.all(['p.bpmn', 'p.pnml'].map((file) => run('procedure', 'check', at(file))))
    expect(checked.map((one) => one.json.soundness)).toEqual(['sound', 'sound'])
    expect(new Set(checked.map((one) => one.json.hash)).size).toBe(1)
  })
  it('says to a person that it is a proposal', async () => {
    cli.shown = ''
    expect(await cli.run('procedure', 'discover', at('log.csv'))).toBe(0)
    expect(cli.shown).toContain('不会自动成为程序')
  })
  it('ends with 2 on a noise that is no share, and where it cannot write', async () => {
    expect((await run('procedure', 'discover', at('log.csv'), '--noise', 'x')).code).toBe(2)
    expect((await run('procedure', 'discover', at('log.csv'), '--bpmn', join(folder, 'no', 'p.bpmn'))).code).toBe(2)
  })
})

describe('daylight procedure export', () => {
  it.each(['ordinary-permit', 'public-service', 'special-procedures'])(
    'writes %s as BPMN and PNML that read back the same',
    async (id) => {
      const file = join(packs, id, 'procedure.bpmn')
      const { json } = await run('procedure', 'export', file, '--bpmn', at('o.bpmn'), '--pnml', at('o.pnml'))
      expect(json).toMatchObject({ written: [{ same: true }, { same: true }] })
      const [own, back] = [await run('procedure', 'check', file), await run('procedure', 'check', at('o.bpmn'))]
      expect(back.json).toEqual(own.json)
      expect(await readFile(at('o.bpmn'), 'utf8')).toContain('BPMNShape')
    },
  )
  it('writes a bare net as drawn BPMN, and says that its routing is numbered anew', async () => {
    await run('procedure', 'export', join(packs, 'public-service/procedure.bpmn'), '--pnml', at('n.pnml'))
    const { code, json } = await run('procedure', 'export', at('n.pnml'), '--bpmn', at('n.bpmn'))
    expect([code, (json.written as { same: boolean }[])[0]?.same]).toEqual([0, false])
    expect((await run('procedure', 'check', at('n.bpmn'))).json.soundness).toBe('sound')
  })
  it('is asked for a file to write', async () => {
    expect((await run('procedure', 'export', at('p.bpmn'))).code).toBe(2)
  })
})

describe('daylight procedure compare', () => {
  it('shows what the practice passes over, in cases too, and ends with 1', async () => {
    const law = join(packs, 'ordinary-permit/procedure.bpmn')
    await run('procedure', 'discover', at('log.csv'), '--bpmn', at('p.bpmn'))
    const { code, json } = await run('procedure', 'compare', at('p.bpmn'), law, '--log', at('log.csv'))
    expect(code).toBe(1)
    expect(json).toMatchObject({ practice: { fitting: 3, deviating: 0 } })
    const duties = json.duties as { activity: string; inPractice: string; lackedBy: number }[]
    expect(duties.length).toBeGreaterThan(1)
    expect(duties.filter(({ inPractice }) => inPractice === 'never').every(({ lackedBy }) => lackedBy === 3)).toBe(true)
  })
  it('finds nothing between a procedure and itself, and ends with 0', async () => {
    const law = join(packs, 'ordinary-permit/procedure.bpmn')
    expect(await run('procedure', 'compare', law, law)).toMatchObject({
      code: 0,
      json: { onlyInPractice: [], onlyInLaw: [], orders: [], consistency: 1 },
    })
  })
  it('is refused for a procedure that is not sound', async () => {
    const deadlock = join(import.meta.dirname, '../../../core/procedure/fixtures/deadlock.bpmn')
    expect((await run('procedure', 'compare', deadlock, deadlock)).json).toMatchObject({
      refusal: { code: 'discovery.not-sound' },
    })
  })
})
