import { randomUUIDv7 } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { clientSettings, connectionOf } from '../../../kernel/db/pool.ts'
import { testDatabase } from '../../../kernel/db/test-database.ts'
import { logDetailOf } from '../../../modules/supervise/logs/log-detail.ts'
import { logDb } from '../../../modules/supervise/logs/tables.ts'
import { testedCommandLine } from '../test-run.ts'

const db = await testDatabase()
const home = await mkdtemp(join(tmpdir(), 'daylight-import-cli-'))
afterAll(() => rm(home, { recursive: true, force: true }))
const { host, user, password, database } = clientSettings(connectionOf(db))
vi.stubEnv('DAYLIGHT_HOME', home)
vi.stubEnv(
  'DATABASE_URL',
  `postgresql://${user}:${String(password)}@localhost/${database}?host=${encodeURIComponent(String(host))}`,
)

const cli = testedCommandLine()
const json = () => JSON.parse(cli.shown.trim().split('\n').at(-1) ?? '')
const file = join(home, 'a.csv')
const row = (c: number, step: string): string => `C${c},${step},2024-03-0${c} 10:00`
const write = (rows: readonly string[]) => writeFile(file, ['case,activity,timestamp', ...rows].join('\n'))

describe('daylight log import', () => {
  it('makes a log, and brings it a grown and corrected file', async () => {
    await write([row(1, 'a'), row(2, 'a'), ',a,2024-03-01'])
    expect(await cli.run('log', 'import', file, '--name', '办件', '--region', '99/9901', '--json')).toBe(0)
    const { log, rows, cases } = json()
    expect({ rows, cases }).toEqual({ rows: { in: 3, used: 2, reported: 1 }, cases: 2 })
    await write([row(2, 'b'), row(3, 'a')])
    cli.shown = ''
    expect(await cli.run('log', 'import', file, '--log', log)).toBe(0)
    expect(cli.shown).toContain(log)
    const detail = await logDetailOf(logDb(db), log)
    expect(detail).toMatchObject({ name: '办件', region: '99/9901', summary: { cases: 3, events: 3, variants: 2 } })
    expect(detail?.imports).toHaveLength(2)
  })

  it.each([
    ['without a name', ['--region', '99'], 'cli.usage'],
    ['without a region', ['--name', 'x'], 'cli.usage'],
    ['into a log that is not there', ['--log', randomUUIDv7()], 'log.unknown'],
    ['with a mapping that is not there', ['--map', join(home, 'no.yml')], 'pack.file-missing'],
  ])('%s is refused', async (_, words, code) => {
    expect(await cli.run('log', 'import', file, ...words, '--json')).toBe(2)
    expect(json().refusal.code).toBe(code)
  })
})
