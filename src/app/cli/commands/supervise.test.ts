import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { packsRoot } from '../../../kernel/packs/packs.ts'
import { lateLog, latePlan } from '../../../modules/supervise/plans/fixtures/late-log.ts'

const folder = await mkdtemp(join(tmpdir(), 'daylight-cli-supervise-'))
afterAll(() => rm(folder, { recursive: true }))

interface Run {
  readonly status: number
  readonly out: string
  readonly err: string
}

const daylight = (...words: string[]): Promise<Run> =>
  new Promise((done) => {
    const main = resolve(import.meta.dirname, '../main.ts')
    execFile(process.execPath, [main, ...words, '--lang', 'en'], { maxBuffer: 1e8 }, (error, out, err) =>
      done({ status: error === null ? 0 : Number(error.code), out, err }),
    )
  })
const lastLine = (run: Run) => JSON.parse(run.out.trimEnd().split('\n').at(-1) ?? '')

const made = lateLog(200, 21)
const log = join(folder, 'log.csv')
const plan = join(folder, 'plan.yml')
await writeFile(log, made.csv)
await writeFile(plan, stringify(latePlan))

describe('daylight supervise', () => {
  it('says of each rule found n, none, or cannot be judged, as the last line of JSON', async () => {
    const run = await daylight('supervise', log, '--plan', plan, '--json')
    expect([run.status, run.err]).toEqual([0, ''])
    const said = lastLine(run)
    expect(said).toMatchObject({ plan: 'late-log', cases: 200, unseen: [] })
    expect(said.checks).toMatchObject([
      { code: 'EM-03', result: 'cannot-be-judged', n: 0, lacks: [{ fact: 'promised-limit', cases: 200 }] },
      { code: 'EM-04', result: 'found', n: made.late.size, judged: 200 },
    ])
    const found = said.checks[1].found
    expect(new Set(found.map((one: { case: string }) => one.case))).toEqual(made.late)
    expect(found[0].evidence[0]).toMatchObject({ what: '受理' })
  })
  it('tells a person the same in sentences', async () => {
    const { out } = await daylight('supervise', log, '--plan', plan)
    expect(out).toContain(`EM-04 past-statutory-limit     found ${made.late.size} (200 cases judged)`)
    expect(out).toContain('cannot be judged (0 cases judged; lacks: a promised limit × 200)')
  })
  it('refuses a plan with an unknown key, by file and row, with exit code 2', async () => {
    const wrong = join(folder, 'wrong.yml')
    await writeFile(wrong, `${stringify(latePlan)}colour: red\n`)
    const run = await daylight('supervise', log, '--plan', wrong)
    expect(run.status).toBe(2)
    expect(run.err).toMatch(/“colour” does not fit the format/)
  })
})

describe('daylight pack test', () => {
  it('passes for the pack of supervision', async () => {
    const run = await daylight('pack', 'test', join(packsRoot(), 'supervision'), '--json')
    const said = lastLine(run)
    expect([said.failed, said.lock, run.status]).toEqual([0, [], 0])
    expect(said.examples).toBeGreaterThanOrEqual(70)
  })
  it('ends with exit code 1 when an example fails or the lock differs', async () => {
    const copy = join(folder, 'supervision')
    await cp(join(packsRoot(), 'supervision'), copy, { recursive: true })
    await writeFile(
      join(copy, 'checks/past-promised-limit/examples/planted.yml'),
      [
        'examples:',
        '  - name: 并不超期',
        '    given: { events: [[2025-09-01T09:00, 受理], [2025-09-02T09:00, 决定]] }',
        '    expect: [{ due: 2025-09-15 24:00 }]',
        '',
      ].join('\n'),
    )
    const run = await daylight('pack', 'test', copy)
    expect(run.status).toBe(1)
    expect(run.out).toContain('并不超期: found 0, expected 1')
    expect(run.out).toContain('has changed, but its version is still 1')
  })
})
