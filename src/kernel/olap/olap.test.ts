import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { olapLimits, openOlap } from './olap.ts'
import { olapRefusal } from './olap-refusal.ts'

const home = mkdtempSync(join(tmpdir(), 'daylight-olap-'))
const olap = openOlap(olapLimits(home, 128, 1))
afterAll(() => {
  olap.close()
  rmSync(home, { recursive: true, force: true })
})
const rows = (statement: string, values: string[] = []): Promise<object[]> =>
  olap.use(({ rows }) => rows(statement, values))

describe('the analytic engine', () => {
  it('answers a statement with values', async () => {
    expect(await rows('select ? || ? as word, 7 as number', ['阳', '光'])).toEqual([{ word: '阳光', number: 7 }])
  })

  it('keeps to the memory, threads and folder that it was given', async () => {
    const settings = await rows(
      "select name, value from duckdb_settings() where name in ('memory_limit', 'threads', 'temp_directory') order by name",
    )
    const [memory, folder, threads] = settings as { value: string }[]
    expect([memory?.value, threads?.value]).toEqual(['122.0 MiB', '1'])
    expect(dirname(folder?.value ?? '')).toBe(join(home, 'spill'))
  })

  it('sorts more than fits into its memory, on disk', async () => {
    const [row] = await rows('select count(*) as n from (select i, hash(i) as h from range(6000000) t(i) order by h)')
    expect(row).toEqual({ n: '6000000' })
  })

  it.each(['install httpfs', "set memory_limit = '8GB'"])('refuses: %s', async (statement) => {
    await expect(rows(statement)).rejects.toThrow(/daylight-olap|locked/)
  })

  it('clears away what a killed process left on disk, and nothing of one that runs', async () => {
    const [dead, running] = ['4194304-killed', `${process.ppid}-running`]
    for (const name of [dead, running]) {
      await mkdir(join(home, 'spill', name), { recursive: true })
      await writeFile(join(home, 'spill', name, 'block'), '')
    }
    await rows('select 1')
    const second = openOlap(olapLimits(home, 64, 1))
    await second.use(({ rows }) => rows('select 1'))
    const there = await readdir(join(home, 'spill'))
    expect(there).not.toContain(dead)
    expect(there).toContain(running)
    expect(there.filter((name) => name.startsWith(`${process.pid}-`))).toHaveLength(2)
    second.close()
    await expect.poll(() => readdir(join(home, 'spill'))).toHaveLength(2)
    expect(await rows('select 7 as number')).toEqual([{ number: 7 }])
  })

  it('that ends for want of memory or disk says so in a sentence, whichever words it has for it itself', async () => {
    const poor = openOlap(olapLimits(join(home, 'poor'), 24, 1))
    const needy = poor.use(({ rows }) => rows('select length(list(i)) from range(6000000) t(i)'))
    expect(olapRefusal(await needy.catch((error: unknown) => error))).toMatchObject({ code: 'olap.out-of-memory' })
    poor.close()
    if (existsSync('/dev/full')) {
      const full = rows("copy (select range from range(100000)) to '/dev/full' (format parquet)")
      expect(olapRefusal(await full.catch((error: unknown) => error))).toMatchObject({ code: 'disk.full' })
    }
    expect(olapRefusal(new Error('any other'))).toBeNull()
  })

  it('stops a query when it is told to', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 100)
    const long = olap.use(
      ({ rows }) => rows('select sum(a.i * b.i) from range(300000) a(i), range(300000) b(i)'),
      controller.signal,
    )
    await expect(long).rejects.toThrow(/interrupt/i)
  })
})
