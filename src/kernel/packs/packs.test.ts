import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isRefusal } from '../../core/refusal/refusal.ts'
import { parseYaml, readYaml, verifyLock, writeLock } from './packs.ts'

const shape = z.strictObject({ name: z.string(), steps: z.array(z.strictObject({ days: z.int() })) })

describe('strict YAML', () => {
  it('gives the checked value', () => {
    expect(parseYaml('name: 审查\nsteps:\n  - days: 5\n', shape, 'a.yml')).toEqual({
      name: '审查',
      steps: [{ days: 5 }],
    })
  })
  it('keeps a date as the text that was written', () => {
    expect(parseYaml('on: 2025-10-01', z.strictObject({ on: z.string() }), 'a.yml')).toEqual({ on: '2025-10-01' })
  })
  it.each([
    ['an unknown key', 'name: x\nsteps:\n  - days: 5\n    weeks: 1\n', 'pack.shape', 4],
    ['a missing key', 'name: x\n', 'pack.shape', 1],
    ['a wrong type deep inside', 'name: x\nsteps:\n  - days: 5\n  - days: five\n', 'pack.shape', 4],
    ['a key given twice', 'name: x\nname: y\nsteps: []\n', 'pack.yaml-syntax', 2],
    ['broken syntax', 'name: x\nsteps: [1,\n', 'pack.yaml-syntax', 3],
    ['an unknown tag', 'name: !!js/function x\nsteps: []\n', 'pack.yaml-syntax', 1],
  ])('refuses %s with its row', (_, text, code, row) => {
    const result = parseYaml(text, shape, 'a.yml')
    expect(isRefusal(result) && [result.code, result.place?.row]).toEqual([code, row])
  })
  it('refuses aliases that expand without end', () => {
    const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefgh'
      .split('')
      .map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefg'[i]}`).join(', ')}]`)
      .join('\n')}\n`
    const result = parseYaml(bomb, z.unknown(), 'bomb.yml')
    expect(isRefusal(result) && result.code).toBe('pack.yaml-syntax')
  })
  it('names the branch of a union that was meant', () => {
    const either = z.strictObject({ limit: z.union([z.int(), z.strictObject({ value: z.int(), unit: z.string() })]) })
    const result = parseYaml('limit:\n  value: 5\n  unitt: day\n', either, 'a.yml')
    expect(isRefusal(result) && result.place).toMatchObject({ row: 3, column: 'limit.unitt' })
  })
})

describe('a pack and its lock', () => {
  let root: string
  const check = (version: number, title: string) =>
    writeFile(join(root, 'checks/late/check.yml'), `check: late\nversion: ${version}\ntitle: ${title}\n`)
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'daylight-pack-'))
    await mkdir(join(root, 'checks/late'), { recursive: true })
    await writeFile(join(root, 'pack.yml'), 'id: demo\nversion: 1.0.0\nlicence: CC0-1.0\n')
    await writeFile(join(root, 'cn-2025.yml'), 'year: 2025\n')
    await check(1, 'Late')
  })
  afterEach(() => rm(root, { recursive: true }))
  const codes = async () => (await verifyLock(root)).map((refusal) => refusal.code)

  it('agrees with itself once locked', async () => {
    await writeLock(root, false)
    expect(await codes()).toEqual([])
  })
  it('fails when content changes under the same version, and cannot be locked so', async () => {
    await writeLock(root, false)
    await check(1, 'Later')
    expect(await codes()).toEqual(['pack.changed-without-version'])
    expect(await writeLock(root, false)).toMatchObject({ code: 'pack.changed-without-version' })
  })
  it('accepts a change that raises the version', async () => {
    await writeLock(root, false)
    await check(2, 'Later')
    expect(await codes()).toEqual(['pack.not-locked'])
    expect(isRefusal(await writeLock(root, false))).toBe(false)
    expect(await codes()).toEqual([])
  })
  it('notices an example added beside a check, and a file that is gone', async () => {
    await writeLock(root, false)
    await writeFile(join(root, 'checks/late/examples.yml'), '[]\n')
    await rm(join(root, 'cn-2025.yml'))
    expect(await codes()).toEqual(['pack.changed-without-version', 'pack.locked-missing'])
  })
  it('refuses a folder without pack.yml by name', async () => {
    expect(await readYaml(join(root, 'nowhere.yml'), z.unknown())).toMatchObject({ code: 'pack.file-missing' })
  })
})
