import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { analyse } from '../../../core/procedure/analyse.ts'
import { Replayer } from '../../../core/procedure/replay.ts'
import { isRefusal } from '../../../core/refusal/refusal.ts'
import { readModelFile } from '../../../kernel/packs/procedures.ts'
import { readLog } from '../../../kernel/tables/read-log.ts'

const fixtures = resolve(import.meta.dirname, '../../../core/procedure/fixtures')
const reference = resolve(import.meta.dirname, '../../../../../shared/data/conformance')
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daylight-conformance-'))
})
afterAll(() => rm(folder, { recursive: true }))

interface Run {
  readonly code: number
  readonly out: string
  readonly err: string
}

const daylight = (...words: string[]): Promise<Run> =>
  new Promise((done) => {
    const main = resolve(import.meta.dirname, '../main.ts')
    execFile(process.execPath, [main, ...words], (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
    })
  })

const lastLine = ({ out }: Run): Record<string, unknown> => JSON.parse(out.trimEnd().split('\n').at(-1) ?? '')

async function log(name: string, ...traces: string[][]): Promise<string> {
  const rows = traces.flatMap((trace, index) =>
    trace.map(
      (activity, event) => `"a,${index}",${activity},2025-03-${String(event + 1).padStart(2, '0')}T09:00:00+08:00`,
    ),
  )
  const path = join(folder, name)
  await writeFile(path, `case_id,activity,timestamp\n${rows.join('\n')}\n`)
  return path
}

describe('daylight conformance', () => {
  it('writes a row for each case and says as JSON what fits and what does not', async () => {
    const path = await log('two.csv', ['申请', '审查', '核查', '决定'], ['申请', '审查', '决定', '收费'])
    const cases = join(folder, 'cases.csv')
    const run = await daylight('conformance', path, '--model', join(fixtures, 'sound.bpmn'), '--cases', cases, '--json')
    expect([run.code, lastLine(run)]).toMatchObject([
      0,
      { cases: 2, fitting: 1, deviating: 1, unsolved: 0, variants: 2 },
    ])
    expect(lastLine(run).deviations).toMatchObject([
      { kind: 'skipped', step: '核查', cases: 1 },
      { kind: 'unknown', step: '收费', cases: 1 },
    ])
    expect(lastLine(run).byStep).toMatchObject([
      { key: 'skipped:核查', element: expect.any(String), cases: 1, events: 1 },
      { key: 'unknown:收费', element: null, cases: 1, events: 1 },
    ])
    expect(lastLine(run)).toMatchObject({
      fitnessBounds: { lower: lastLine(run).fitness, upper: lastLine(run).fitness },
    })
    expect(await readFile(cases, 'utf8')).toBe(
      [
        'case_id,replay_missing,replay_remaining,replay_consumed,replay_produced,fits,align_cost,align_fitness,align_lower,align_upper',
        '"a,0",0,0,8,8,true,2,1,2,2',
        '"a,1",1,1,7,7,false,20002,0.75,20002,20002',
        '',
      ].join('\n'),
    )
  })
  it('leaves every cost blank and says why where the procedure cannot end', async () => {
    const cases = join(folder, 'blank.csv')
    const path = await log('one.csv', ['申请'])
    const run = await daylight(
      'conformance',
      path,
      '--model',
      join(fixtures, 'deadlock.bpmn'),
      '--cases',
      cases,
      '--json',
    )
    expect([run.code, lastLine(run)]).toMatchObject([
      0,
      { cases: 1, fitting: 0, deviating: 0, unsolved: 1, fitness: null },
    ])
    expect(lastLine(run).reason).toMatchObject({
      en: expect.stringContaining('cannot be reached from its start (proven)'),
    })
    expect((await readFile(cases, 'utf8')).split('\n')[1]).toBe('"a,0",,,,,,,,,')
  })
  it('refuses a model that it cannot read, a log that is not there and a budget of nothing', async () => {
    const path = await log('three.csv', ['申请'])
    const model = join(fixtures, 'sound.bpmn')
    const broken = join(folder, 'broken.bpmn')
    await writeFile(broken, (await readFile(model, 'utf8')).slice(0, 400))
    const refused = [
      [path, '--model', broken],
      [join(folder, 'none.csv'), '--model', model],
      ...[
        ['--budget', '0'],
        ['--case-budget', 'long'],
        ['--threads', '-1'],
        ['--memory', '1 GiB'],
      ].map((option) => [path, '--model', model, ...option]),
    ]
    const runs = await Promise.all(refused.map((words) => daylight('conformance', ...words)))
    expect(runs.map(({ code, err }, at) => [refused[at], code, err.split('\n').length])).toEqual(
      refused.map((words) => [words, 2, 3]),
    )
  })
})

describe('daylight procedure check', () => {
  it.each([
    ['sound.bpmn', 0, 'sound'],
    ['livelock.bpmn', 1, 'unsound'],
    ['unbounded.pnml', 1, 'unsound'],
    ['undecided.pnml', 1, 'undecided'],
  ])('ends on %s with %i: %s', async (file, code, verdict) => {
    const run = await daylight('procedure', 'check', join(fixtures, file), '--max-markings', '20000', '--json')
    expect([run.code, lastLine(run).soundness]).toEqual([code, verdict])
  })
})

/** Rows of a CSV without quotes inside its fields. */
function rowsOf(text: string): Record<string, string>[] {
  const [head, ...rows] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','))
  return rows.map((row) => Object.fromEntries((head ?? []).map((name, index) => [name, row[index] ?? ''])))
}

const pairs = existsSync(reference)
  ? readdirSync(reference).flatMap((name) =>
      existsSync(join(reference, name, 'truth'))
        ? readdirSync(join(reference, name, 'truth'))
            .filter((file) => file.endsWith('.cases.csv'))
            .map((file) => [name, file.replace('.cases.csv', '')] as const)
        : [],
    )
  : []

describe.skipIf(pairs.length === 0)(
  'the reference logs and nets (skipped where ../shared is not beside the checkout)',
  () => {
    it('are 24 pairs', () => {
      expect(pairs.length).toBe(24)
    })
    it.each(pairs)(
      '%s by %s: every cost, every fit and, without silent steps, every replay is the reference’s',
      async (name, model) => {
        const [read, net] = await Promise.all([
          readLog(join(reference, name, 'log.xes.gz')),
          readModelFile(join(reference, name, 'models', `${model}.pnml`)),
        ])
        if (isRefusal(read)) throw new Error(read.says.en)
        if (isRefusal(net)) throw new Error(net.says.en)
        const result = analyse(read.log, net.procedure.net)
        const truth = new Map(
          rowsOf(readFileSync(join(reference, name, 'truth', `${model}.cases.csv`), 'utf8')).map((row) => [
            row.case_id,
            row,
          ]),
        )
        const noEnd = model === 'alpha' && (name === 'bpic2013_closed' || name === 'teleclaims')
        expect([truth.size, result.noEnd, result.unsolved]).toEqual([result.cases, noEnd, noEnd ? result.cases : 0])
        const silent = new Replayer(net.procedure.net).silent
        const wrong = read.log.caseIds.filter((id, index) => {
          const row = truth.get(id)
          const { cost, fits, replay } = result.ofCase(index)
          if (row === undefined || String(cost ?? '') !== row.align_cost) return true
          if (!noEnd && fits !== (row.align_visible_cost === '0')) return true
          const counts = [replay?.missing, replay?.remaining, replay?.consumed, replay?.produced]
          return (
            !silent && counts.join() !== [row.tbr_missing, row.tbr_remaining, row.tbr_consumed, row.tbr_produced].join()
          )
        })
        expect(wrong).toEqual([])
      },
      60_000,
    )
    it.each(pairs.filter(([, model]) => model !== 'alpha'))(
      '%s by %s: the BPMN file of the same model finds as many deviations in every case',
      async (name, model) => {
        const [read, drawn] = await Promise.all([
          readLog(join(reference, name, 'log.xes.gz')),
          readModelFile(join(reference, name, 'models', `${model}.bpmn`)),
        ])
        if (isRefusal(read)) throw new Error(read.says.en)
        if (isRefusal(drawn)) throw new Error(drawn.says.en)
        const result = analyse(read.log, drawn.procedure.net)
        const truth = new Map(
          rowsOf(readFileSync(join(reference, name, 'truth', `${model}.cases.csv`), 'utf8')).map((row) => [
            row.case_id,
            row,
          ]),
        )
        const visible = (index: number): string => String(Math.floor((result.ofCase(index).cost ?? -1) / 10_000))
        const wrong = read.log.caseIds.filter((id, index) => visible(index) !== truth.get(id)?.align_visible_cost)
        expect(wrong).toEqual([])
      },
      60_000,
    )
  },
)
