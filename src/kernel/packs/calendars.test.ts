import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import tables from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { describe, expect, it } from 'vitest'
import { isRefusal } from '../../core/refusal/refusal.ts'
import { compileCalendar } from '../../core/worktime/calendar.ts'
import { dateOf, dayOf, weekdayOf } from '../../core/worktime/day.ts'
import { packsRoot, readCalendar } from './packs.ts'

const calendars = join(packsRoot(), 'calendars')
const archive = resolve(import.meta.dirname, '../../../../shared/data/holidays-cn-2007-2026.tar.gz')

async function national() {
  const calendar = await readCalendar('cn', [calendars])
  if (isRefusal(calendar)) throw new Error(calendar.says.en)
  return compileCalendar(calendar)
}

/** Every day of our published years on which we and another table disagree. */
async function differences(off: ReadonlySet<string>, work: ReadonlySet<string>): Promise<string[]> {
  const cn = await national()
  const wrong: string[] = []
  for (let day = dayOf('2007-01-01'); day <= dayOf('2026-12-31'); day++) {
    const date = dateOf(day)
    const theirs = work.has(date) || (!off.has(date) && weekdayOf(day) < 6)
    if (cn.isWorking(day) !== theirs) wrong.push(date)
  }
  return wrong
}

describe('the State Council’s calendar', () => {
  it('holds every year from 2007 to 2026 and says that 2031 is not published', async () => {
    const cn = await national()
    expect(cn.years).toEqual(Array.from({ length: 20 }, (_, i) => 2007 + i))
    expect(cn.isWorking(dayOf('2031-03-03'))).toMatchObject({ code: 'worktime.no-calendar' })
  })
  it('agrees on all 7,305 days with the tables of chinese-days', async () => {
    expect(Object.keys(tables.holidays).length).toBeGreaterThan(500)
    expect(await differences(new Set(Object.keys(tables.holidays)), new Set(Object.keys(tables.workdays)))).toEqual([])
  })
  it.skipIf(!existsSync(archive))('agrees on all 7,305 days with a second, independent set of notices', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'daylight-holidays-'))
    execFileSync('tar', ['xzf', archive, '-C', folder])
    const off = new Set<string>()
    const work = new Set<string>()
    for (let year = 2007; year <= 2027; year++) {
      const file = JSON.parse(await readFile(join(folder, `${year}.json`), 'utf8')) as {
        days: { date: string; isOffDay: boolean }[]
      }
      for (const day of file.days) (day.isOffDay ? off : work).add(day.date)
    }
    await rm(folder, { recursive: true })
    expect(off.size).toBeGreaterThan(400)
    expect(await differences(off, work)).toEqual([])
  })
})

describe('a calendar in a local pack', () => {
  it('adds its own holidays to the national ones and opens no year by itself', async () => {
    const local = await mkdtemp(join(tmpdir(), 'daylight-local-'))
    const year = (y: number, off: string) =>
      writeFile(
        join(local, `festival-${y}.yml`),
        `calendar: festival\nextends: cn\nyear: ${y}\nnotice: 地方放假通知\noff: [{ from: ${off}, to: ${off}, name: 三月三 }]\nwork: []\n`,
      )
    await year(2025, '2025-03-31')
    await year(2031, '2031-03-25')
    const calendar = await readCalendar('festival', [calendars, local])
    await rm(local, { recursive: true })
    if (isRefusal(calendar)) throw new Error(calendar.says.en)
    const compiled = compileCalendar(calendar)
    expect(compiled.isWorking(dayOf('2025-03-31'))).toBe(false)
    expect(compiled.isWorking(dayOf('2025-10-11'))).toBe(true)
    expect(compiled.isWorking(dayOf('2031-03-25'))).toMatchObject({ kind: 'refusal' })
  })
  it('is refused by name when nobody wrote it', async () => {
    expect(await readCalendar('atlantis', [calendars])).toMatchObject({ code: 'worktime.unknown-calendar' })
  })
})
