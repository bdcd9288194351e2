import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { type CaseView, caseView } from '../../core/eventlog/case-view.ts'
import { isRefusal } from '../../core/refusal/refusal.ts'
import { olapLimits, openOlap } from '../olap/olap.ts'
import { type ReportedRow, reasonCounts, reportedRows } from '../tables/import-report.ts'
import type { LogMapping } from '../tables/log-mapping.ts'
import { readLog } from '../tables/read-log.ts'
import { readEventFiles } from './event-files.ts'
import { quoted } from './part-store.ts'

const home = await mkdtemp(join(tmpdir(), 'daylight-event-files-'))
const olap = openOlap(olapLimits(home, 256, 1))
afterAll(async () => {
  olap.close()
  await rm(home, { recursive: true, force: true })
})

/** What a reading says, as plain values: the same for both ways of reading. */
interface Said {
  readonly cases: readonly CaseView[]
  readonly rows: object
  readonly reasons: object
  readonly reported: readonly ReportedRow[]
  readonly notes: readonly object[]
  readonly time: object | null
}

async function whole(path: string, mapping: LogMapping | undefined): Promise<Said | string> {
  const read = await readLog(path, mapping === undefined ? {} : { mapping })
  if (isRefusal(read)) return read.code
  const { log, report } = read
  return {
    cases: log.caseIds.map((_, c) => caseView(log, c)),
    rows: report.rows,
    reasons: reasonCounts(report),
    reported: reportedRows(report),
    notes: report.notes,
    time: report.time,
  }
}

async function inParts(
  path: string,
  mapping: LogMapping | undefined,
  partRows: number,
  casesAtATime = partRows,
): Promise<Said | string> {
  const folder = await mkdtemp(join(home, 'files-'))
  return await olap.use(async ({ engine, rows }) => {
    const read = await readEventFiles(engine, path, folder, {
      partRows,
      casesAtATime,
      ...(mapping === undefined ? {} : { mapping }),
    })
    if (isRefusal(read)) return read.code
    const { events, cases, eventColumns, caseColumns, notes } = read.ordered
    const present = (row: Record<string, unknown>, keys: readonly string[], letter: string) =>
      Object.fromEntries(keys.map((key, i) => [key, row[`${letter}${i}`]]).filter(([, value]) => value !== null))
    const ofCases = await rows<Record<string, string>>(`select * from ${quoted(cases)}`)
    const found = ofCases.map((row) => ({
      id: row.case_id as string,
      attributes: present(row, caseColumns, 'c') as Record<string, string>,
      events: [] as { row: number; activity: string; time: number | null; attributes: Record<string, string> }[],
    }))
    const ofEvents = await rows<Record<string, number | string | null>>(
      `select *, cast(epoch_us(happened_at) as double) / 1000 as ms from ${quoted(events)}`,
    )
    for (const row of ofEvents) {
      const one = found[row.case_no as number]
      if (one?.id !== row.case_id) throw new Error(`the file of cases calls ${row.case_no} another than that of events`)
      one?.events.push({
        row: row.source_row as number,
        activity: row.activity as string,
        time: row.ms as number | null,
        attributes: present(row, eventColumns, 'e') as Record<string, string>,
      })
    }
    const reported: ReportedRow[] = []
    await read.eachReported(3, async (some) => {
      reported.push(...some)
    })
    expect(await readdir(folder)).toEqual(['cases.parquet', 'events.parquet'])
    const { report } = read
    return { cases: found, rows: report.rows, reasons: report.reasons, reported, notes, time: report.time }
  })
}

async function alike(path: string, mapping?: LogMapping, partRows = 7): Promise<Said | string> {
  const [a, b] = [await whole(path, mapping), await inParts(path, mapping, partRows)]
  expect(b).toEqual(a)
  return a
}

async function file(text: string, name = 'log.csv'): Promise<string> {
  const path = join(await mkdtemp(join(home, 'source-')), name)
  await writeFile(path, text)
  return path
}

const mapping: LogMapping = {
  case: 'case',
  activity: 'step',
  time: 'time',
  officer: 'who',
  end: { column: 'end', level: 'case' },
  start: { column: 'start' },
  attributes: { case: ['channel'] },
  activityNames: { a: '受理', b: '受理' },
}

describe('a log read in parts', () => {
  it('is the log that is read whole: order, missing times, values of cases, reported rows and notes', async () => {
    const text = [
      'case,step,time,who,start,end,channel',
      'B,a,2024-03-02 10:00,w1,2024-03-01,,',
      'A,b,2024-03-01 10:00,w1,,2024-04-01,window',
      'B,c,,w2,nonsense,,web',
      'B,c,2024-03-01 09:00,w2,,soon,window',
      ',c,2024-03-01 09:00,w2,,,',
      'A,b,2024-03-01 10:00,w1,,2024-05-01,web',
      'A,,2024-03-01 10:00,w1,,,web',
      'C,c,never,w1,,,web',
      'A,d,2024-02-01 10:00:00.123456,w1,rubbish,,web',
      'B,d,2024-03-01 09:00,w1,,,web',
      'D,a,2024-03-01,w1,nonsense,,web',
      'D,a,2024-03-01,w1',
      'D,a,2024-03-01,w1,nonsense,,web',
    ].join('\n')
    for (const partRows of [1, 3, 100]) {
      const said = await alike(await file(text), mapping, partRows)
      expect(said).toMatchObject({ rows: { in: 13, used: 9, reported: 4 } })
    }
  })

  it('keeps both orders of day and month open until a value tells them apart, however late', async () => {
    const early = Array.from(
      { length: 30 },
      (_, i) => `C${i % 4},s${i % 3},0${(i % 9) + 1}/04/2024,w,0${(i % 8) + 1}/03/2024,,x`,
    )
    const head = 'case,step,time,who,start,end,channel'
    const monthFirst = await alike(await file([head, ...early, 'C9,a,02/25/2024,w,02/26/2024,,x'].join('\n')), mapping)
    expect(monthFirst).toMatchObject({ time: { format: 'mdy' } })
    const dayFirst = await alike(await file([head, ...early, 'C9,a,25/02/2024,w,26/02/2024,,x'].join('\n')), mapping)
    expect(dayFirst).toMatchObject({ time: { format: 'dmy' } })
    expect(await alike(await file([head, ...early].join('\n')), mapping)).toBe('log.time-ambiguous')
  })

  it('reads a log without times, and one whose first part has none', async () => {
    const untimed = await alike(await file('case,step\nA,x\nB,y\nA,z\n'), {
      case: 'case',
      activity: 'step',
      time: null,
    })
    expect(untimed).toMatchObject({ time: null })
    const late = Array.from({ length: 20 }, (_, i) => `A${i % 3},x,,w,,,c`)
    const text = ['case,step,time,who,start,end,channel', ...late, 'A1,y,1709254800,w,,,c'].join('\n')
    expect(await alike(await file(text), mapping)).toMatchObject({ time: { format: 'epoch-s' } })
  })

  it('takes no part away from the middle of a trace', async () => {
    const event = (name: string, time: string, more = ''): string =>
      `<event><string key="concept:name" value="${name}"/><date key="time:timestamp" value="${time}"/>${more}</event>`
    const traces = Array.from({ length: 40 }, (_, i) => {
      const events = Array.from({ length: (i % 6) + (i % 5 === 0 ? 0 : 1) }, (_, k) =>
        event(`s${k % 3}`, `2024-03-0${9 - k}T10:00:00Z`, k === 4 ? '<string key="late" value="x"/>' : ''),
      )
      const named = `<string key="concept:name" value="${i === 7 ? '' : `T${i % 30}`}"/>`
      const value = `<string key="kind" value="k${i % 4}"/>`
      return `<trace>${i % 2 === 0 ? named + value : ''}${events.join('')}${i % 2 === 1 ? named + value : ''}</trace>`
    })
    const said = await alike(await file(`<log>${traces.join('\n')}</log>`, 'log.xes'))
    expect(said).toMatchObject({ rows: { reported: 0 } })
  })

  it('is refused as the whole is: no rows, no such column', async () => {
    expect(await alike(await file('case,step,time,who,start,end,channel\n'), mapping)).toBe('log.no-rows')
    expect(await alike(await file('a,b\n1,2\n'), mapping)).toMatch(/^log\.column-missing/)
  })

  it('that is cancelled or breaks off in the middle leaves nothing running and no part behind', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `C${i % 900},s${i % 5},2024-03-01 10:00,w${i},,,x`)
    const path = await file(['case,step,time,who,start,end,channel', ...rows].join('\n'))
    const open = await file(['case,step,time,who,start,end,channel', ...rows, '"C,'].join('\n'))
    for (const [source, code] of [
      [path, 'table.cancelled'],
      [open, 'table.quote-open'],
    ] as const) {
      const folder = await mkdtemp(join(home, 'files-'))
      const cancel = new AbortController()
      const read = await olap.use(({ engine }) =>
        readEventFiles(engine, source, folder, {
          mapping,
          partRows: 5000,
          signal: cancel.signal,
          onProgress: ({ rows: seen }) => {
            if (source === path && seen > 20_000) cancel.abort()
          },
        }),
      )
      expect(read).toMatchObject({ code })
      expect(await readdir(folder)).toEqual([])
    }
  })

  it('has all rows reported where none can be used', async () => {
    const said = await alike(await file('case,step,time\n,x,2024-01-01\n,y,2024-01-01\n'), {
      case: 'case',
      activity: 'step',
      time: 'time',
    })
    expect(said).toMatchObject({ rows: { in: 2, used: 0, reported: 2 }, cases: [] })
  })

  it('is the same as the whole for any rows and any size of parts', async () => {
    const cell = (...values: string[]) => fc.constantFrom(...values)
    const row = fc.tuple(
      cell('A', 'B', 'C', 'D', '', '件,号', '"q"'),
      cell('a', 'b', 'c', 'd', ''),
      cell('2024-01-02 03:04', '2024-01-02 03:04', '2024-01-01', '2023-12-31T23:59:59.5Z', '', 'bad'),
      cell('w1', 'w2', ''),
      cell('', '2024-01-05', '2024-01-05 10:00', 'x', 'y'),
      cell('', '2024-02-01', '2024-02-02', 'z'),
      cell('window', 'web', ''),
    )
    const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 20 }),
        async (rows, size) => {
          const lines = rows.map((cells) => cells.map(quote).join(','))
          await alike(await file(['case,step,time,who,start,end,channel', ...lines].join('\n')), mapping, size)
        },
      ),
      { numRuns: 40 },
    )
  })
})

const shared = resolve(import.meta.dirname, '../../../../shared/data/eventlogs')

describe.skipIf(!existsSync(shared))('a real log read in parts (skipped where ../shared is absent)', () => {
  it.each(['receipt.csv', 'RequestForPayment.xes.gz', 'traffic_fines_10k.csv.gz'])(
    '%s is as it is read whole',
    async (name) => {
      const path = join(shared, name)
      const [a, b] = [await whole(path, undefined), await inParts(path, undefined, 5000, 100_000)]
      // as text: comparing a million values one by one would take the runner half a minute
      expect(JSON.stringify(b) === JSON.stringify(a)).toBe(true)
    },
    60_000,
  )
})
