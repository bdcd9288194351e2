import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const main = join(import.meta.dirname, '../main.ts')
const folder = await mkdtemp(join(tmpdir(), 'daylight-example-cli-'))
afterAll(() => rm(folder, { recursive: true }))

function daylight(...words: string[]) {
  const env = { ...process.env, LANG: 'en_US.UTF-8', DAYLIGHT_HOME: join(folder, 'home') }
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], { encoding: 'utf8', env })
  return { status, stdout, stderr, json: JSON.parse(stdout.trimEnd().split('\n').at(-1) || 'null') }
}

interface SupervisedCheck {
  readonly code: string
  readonly cases: number
  readonly found: readonly { readonly case: string }[]
}

describe('daylight example', () => {
  it('writes a log and a plan that daylight supervise answers with exactly what was planted', async () => {
    const truth = join(folder, 'truth/planted.csv')
    const written = daylight(
      'example',
      'generate',
      '--seed',
      '9',
      '--cases',
      '600',
      '--out',
      folder,
      '--truth',
      truth,
      '--json',
    )
    expect(written.status).toBe(0)
    expect(written.json).toMatchObject({ seed: 9, cases: 600, truth })
    const planted = (await readFile(truth, 'utf8')).trimEnd().split('\n').slice(1)
    expect(planted.length).toBe(written.json.planted)
    expect(planted.length).toBeGreaterThanOrEqual(35)
    const judged = daylight('supervise', written.json.log, '--plan', written.json.plan, '--json')
    expect(judged.status).toBe(0)
    expect(judged.json.unseen).toEqual([])
    const found = (judged.json.checks as SupervisedCheck[]).flatMap(({ code, found }) => [
      ...new Set(found.map((one) => `${one.case},${code}`)),
    ])
    expect(found.sort()).toEqual(planted.map((line) => line.split(',').slice(0, 2).join(',')).sort())
  })
  it('writes the list of what was planted only where it is asked for', () => {
    const out = join(folder, 'quiet')
    expect(daylight('example', 'generate', '--cases', '100', '--out', out, '--json').json).toMatchObject({
      truth: null,
    })
    expect(existsSync(join(out, 'permits.csv'))).toBe(true)
    expect(existsSync(join(out, 'planted.csv'))).toBe(false)
  })
  it.each([
    ['a number that is none', ['generate', '--out', folder, '--seed', 'many'], '--seed'],
    ['too few cases for what is planted', ['generate', '--out', folder, '--cases', '20'], '--cases'],
    ['a folder that is a file', ['generate', '--out', join(main, 'x'), '--cases', '100'], 'writable'],
    ['a receipt log that is not there', ['add-receipt', join(folder, 'nothing.csv')], 'nothing.csv'],
  ])('refuses %s in a sentence, with exit code 2', (_, words, part) => {
    const refused = daylight('example', ...words)
    expect(refused.status).toBe(2)
    expect(refused.stderr).toContain(part)
    expect(refused.stderr).toContain('Next: ')
    expect(refused.stderr).not.toContain('    at ')
  })
})
