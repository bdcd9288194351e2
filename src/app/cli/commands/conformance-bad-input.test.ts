import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const folder = await mkdtemp(join(tmpdir(), 'daylight-bad-input-'))
afterAll(() => rm(folder, { recursive: true }))

/** So many silent steps have the nets below. */
const many = 10_000

type Step = readonly [label: string | null, inputs: readonly number[], outputs: readonly number[]]

const each = <T>(of: (index: number) => T): T[] => Array.from({ length: many }, (_, index) => of(index))

/** Nets from 受理 to 送达 with silent steps between; the last place is the end. */
const nets: Readonly<Record<string, readonly Step[]>> = {
  'one after another': [
    ['受理', [0], [1]],
    ...each((at): Step => [null, [at + 1], [at + 2]]),
    ['送达', [many + 1], [many + 2]],
  ],
  'in a circle': [
    ['受理', [0], [1]],
    ...each((at): Step => [null, [at + 1], [((at + 1) % many) + 1]]),
    ['送达', [many], [many + 1]],
  ],
  'to choose from': [['受理', [0], [1]], ...each((): Step => [null, [1], [2]]), ['送达', [2], [3]]],
  'side by side': [
    ['受理', [0], each((at) => at + 1)],
    ...each((at): Step => [null, [at + 1], [many + at + 1]]),
    ['送达', each((at) => many + at + 1), [2 * many + 1]],
  ],
}

async function pnml(name: string, steps: readonly Step[]): Promise<string> {
  const end = Math.max(...steps.flatMap(([, , outputs]) => outputs.slice(-1)))
  const lines = ['<pnml><net id="n" type="http://www.pnml.org/version-2009/grammar/ptnet"><page id="g">']
  for (let place = 0; place <= end; place += 1) {
    const marked = place === 0 ? '<initialMarking><text>1</text></initialMarking>' : ''
    lines.push(`<place id="p${place}">${marked}</place>`)
  }
  steps.forEach(([label, inputs, outputs], at) => {
    lines.push(`<transition id="t${at}">${label === null ? '' : `<name><text>${label}</text></name>`}</transition>`)
    for (const place of inputs) lines.push(`<arc id="i${at}-${place}" source="p${place}" target="t${at}"/>`)
    for (const place of outputs) lines.push(`<arc id="o${at}-${place}" source="t${at}" target="p${place}"/>`)
  })
  lines.push(`</page><finalmarkings><marking><place idref="p${end}"><text>1</text></place></marking></finalmarkings>`)
  lines.push('</net></pnml>')
  const path = join(folder, `${name}.pnml`)
  await writeFile(path, lines.join('\n'))
  return path
}

async function log(
  name: string,
  cases: Readonly<Record<string, readonly string[]>>,
  minute = (event: number) => event,
) {
  const start = Date.UTC(2025, 2, 3)
  const rows = Object.entries(cases).flatMap(([id, trace]) =>
    trace.map((activity, event) => `${id},${activity},${new Date(start + minute(event) * 60_000).toISOString()}`),
  )
  const path = join(folder, `${name}.csv`)
  await writeFile(path, `case_id,activity,timestamp\n${rows.join('\n')}\n`)
  return path
}

interface Answer {
  readonly code: number
  readonly said: string
  readonly json: Record<string, unknown>
  /** By case: whether it fits, its cost, and the bounds of it. */
  readonly cases: Readonly<Record<string, string>>
}

async function conformance(path: string, model: string, ...options: string[]): Promise<Answer> {
  const rows = join(folder, 'cases.csv')
  await rm(rows, { force: true })
  const main = resolve(import.meta.dirname, '../main.ts')
  const words = [main, 'conformance', path, '--model', model, '--cases', rows, '--json', '--lang', 'en', ...options]
  const [code, out, said] = await new Promise<[number, string, string]>((done) => {
    execFile(process.execPath, words, (error, stdout, stderr) => {
      done([typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, stdout, stderr])
    })
  })
  const written = await readFile(rows, 'utf8').catch(() => '')
  const cells = written
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split(','))
  const cases = Object.fromEntries(cases_(cells))
  return { code, said, json: JSON.parse(out || '{}') as Record<string, unknown>, cases }
}

const cases_ = (rows: readonly (readonly string[])[]): [string, string][] =>
  rows.map(([id, , , , , fits, cost, , lower, upper]) => [id ?? '', [fits, cost, lower, upper].join(' ')])

const fixtures = resolve(import.meta.dirname, '../../../core/procedure/fixtures')
const permit = join(fixtures, 'sound.bpmn')

describe('bad input to conformance', () => {
  it.each([
    ['one after another', many],
    ['in a circle', many - 1],
    ['to choose from', 1],
  ])(
    'a net with ten thousand silent steps %s is judged exactly',
    async (name, silent) => {
      const model = await pnml(name, nets[name] as readonly Step[])
      const path = await log('three', { a: ['受理', '送达'], b: ['受理'], c: ['收费', '送达'] })
      const { code, cases } = await conformance(path, model, '--threads', '1', '--budget', '110')
      expect(code).toBe(0)
      expect(cases).toEqual({
        a: `true ${silent} ${silent} ${silent}`,
        b: `false ${silent + 10_000} ${silent + 10_000} ${silent + 10_000}`,
        c: `false ${silent + 20_000} ${silent + 20_000} ${silent + 20_000}`,
      })
    },
    120_000,
  )
  it('a net with ten thousand silent steps side by side is answered within its time: solved, or blank with bounds that hold and a sentence', async () => {
    const model = await pnml('side by side', nets['side by side'] as readonly Step[])
    const path = await log('two', { a: ['受理', '送达'], b: ['受理', '收费', '送达'] })
    const { code, cases, json, said } = await conformance(path, model, '--budget', '4', '--memory', '1024')
    expect(code).toBe(0)
    const optimal = { a: many, b: many + 10_000 }
    for (const [id, cost] of Object.entries(optimal)) {
      const [fits, found, lower, upper] = (cases[id] as string).split(' ')
      if (found === '') {
        expect([fits, said, json.reason]).toMatchObject([
          '',
          /not solved.*bounds/,
          { zh: expect.stringContaining('没有算完') },
        ])
        expect(Number(lower)).toBeLessThanOrEqual(cost)
        expect(upper === '' ? Number.POSITIVE_INFINITY : Number(upper)).toBeGreaterThanOrEqual(cost)
      } else expect([fits, Number(found)]).toEqual([id === 'a' ? 'true' : 'false', cost])
    }
  }, 120_000)
  it('one case of a hundred thousand events is judged, and the others beside it', async () => {
    const long = ['申请', ...Array.from({ length: 100_000 }, () => '审查'), '核查', '决定']
    const path = await log('long', { a: ['申请', '审查', '核查', '决定'], b: long, c: ['申请'] })
    const { code, cases, json } = await conformance(path, permit, '--threads', '1', '--budget', '110')
    expect(code).toBe(0)
    expect(cases).toMatchObject({ a: 'true 2 2 2', b: 'false 999990002 999990002 999990002' })
    expect(cases.c).toMatch(/^false /)
    expect(json.deviations).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ kind: 'repeated', step: '审查', cases: 1 })]),
    )
  }, 120_000)
  it('an activity that the net does not know is a deviation of its case and of no other', async () => {
    const path = await log('absent', {
      a: ['申请', '审查', '核查', '决定'],
      b: ['申请', '审查', '核查', '收费', '决定'],
    })
    const { cases, json } = await conformance(path, permit)
    expect(cases).toEqual({ a: 'true 2 2 2', b: 'false 10002 10002 10002' })
    expect(json.deviations).toMatchObject([
      { kind: 'unknown', step: '收费', cases: 1, says: { en: '“收费” is not a step of the procedure.' } },
    ])
  })
  it('a log whose times run backwards is judged in the order of its times', async () => {
    const path = await log(
      'backwards',
      { a: ['决定', '核查', '审查', '申请'], b: ['申请', '审查', '核查', '决定'] },
      (event) => -event,
    )
    const { code, cases } = await conformance(path, permit)
    expect(code).toBe(0)
    expect(cases.a).toBe('true 2 2 2')
    expect(cases.b).toMatch(/^false /)
  })
  it('memory that does not suffice ends in a sentence and blank costs with their bounds, not in a crash', async () => {
    const path = await log('little', { a: ['申请', '审查', '核查', '决定'], b: ['申请', '收费'] })
    const { code, cases, json, said } = await conformance(path, permit, '--memory', '1')
    expect(code).toBe(0)
    expect(cases).toEqual({ a: '  0 ', b: '  10000 ' })
    expect(said).toContain('2 ran out of memory (1 MiB)')
    expect(json).toMatchObject({ cases: 2, unsolved: 2, unsolvedBy: { memory: 2 } })
  })
})
