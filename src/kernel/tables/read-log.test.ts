import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { deflateRawSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { caseView } from '../../core/eventlog/case-view.ts'
import { logStats } from '../../core/eventlog/log-stats.ts'
import { variantsOf } from '../../core/eventlog/variants.ts'
import { isRefusal } from '../../core/refusal/refusal.ts'
import { gb18030, utf16 } from './fixtures/encode.ts'
import { zipOf } from './fixtures/workbook.ts'
import { reportedRows } from './import-report.ts'
import { type ReadLog, type ReadLogOptions, readLog } from './read-log.ts'

const folder = await mkdtemp(join(tmpdir(), 'daylight-read-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
let files = 0

async function read(content: string | Buffer, options: ReadLogOptions = {}, name = 'log.csv') {
  const path = join(folder, `${files++}-${name}`)
  await writeFile(path, content)
  return await readLog(path, options)
}

async function good(content: string | Buffer, options: ReadLogOptions = {}): Promise<ReadLog> {
  const result = await read(content, options)
  if (isRefusal(result)) throw new Error(`${result.code}: ${result.says.en}`)
  return result
}

const refusal = async (content: string | Buffer, options: ReadLogOptions = {}) => {
  const result = await read(content, options)
  if (!isRefusal(result)) throw new Error('nothing was refused')
  return result
}

const traces = ({ log }: ReadLog) =>
  Object.fromEntries(log.caseIds.map((id, c) => [id, caseView(log, c).events.map(({ activity }) => activity)]))

const csv =
  '办件编号,环节,时间,经办人\nA,受理,2024-01-02 09:00,张\nB,受理,2024-01-02 09:05,李\nA,决定,2024-01-03 10:00,王\n'
const xes = (events: string): string =>
  `<?xml version="1.0"?><log><trace><string key="concept:name" value="A"/>${events}</trace></log>`
const event = (name: string, time = '2024-01-02T09:00:00+08:00'): string =>
  `<event><string key="concept:name" value="${name}"/><date key="time:timestamp" value="${time}"/></event>`

describe('a log', () => {
  it.each<[string, Buffer]>([
    ['UTF-8', Buffer.from(csv)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${csv}`)],
    ['GB18030', gb18030(csv)],
    ['UTF-16', utf16(`\uFEFF${csv}`, 'le')],
    ['gzip of GB18030', gzipSync(gb18030(csv))],
    ['two gzip members', Buffer.concat([gzipSync(csv.slice(0, 40)), gzipSync(csv.slice(40))])],
  ])('in %s reads the same', async (_, bytes) => {
    const { log, report } = await good(bytes)
    expect(traces({ log, report })).toEqual({ A: ['受理', '决定'], B: ['受理'] })
    expect(report).toMatchObject({ guessed: true, rows: { in: 3, used: 3, reported: 0 } })
    expect(report.mapping).toEqual({ case: '办件编号', activity: '环节', time: '时间', officer: '经办人' })
    expect(report.time).toMatchObject({ zone: 'Asia/Shanghai', wall: 3, zoned: 0 })
    expect(log.time[0]).toBe(Date.UTC(2024, 0, 2, 1))
    expect(caseView(log, 0).events[0]).toMatchObject({ row: 2, attributes: { officer: '张' } })
  })

  it('with unsorted rows and ties is in order of time, ties as in the source, and an event without time stays behind the one before it', async () => {
    const { log } = await good(
      'case,activity,time\nA,c,2024-01-03 10:00\nA,after c,\nA,a,2024-01-01 10:00\nA,a2,2024-01-01 10:00\nB,x,\nA,b,2024-01-02 10:00\nB,y,2024-01-01 10:00\n',
    )
    expect(caseView(log, 0).events.map(({ activity }) => activity)).toEqual(['a', 'a2', 'b', 'c', 'after c'])
    expect(caseView(log, 1).events.map(({ activity, time }) => [activity, time === null])).toEqual([
      ['x', true],
      ['y', false],
    ])
  })

  it('is read by its mapping: roles, renamed activities, joined activities, transitions that count', async () => {
    const content =
      'id;step;state;when;who;due;done;x\n' +
      '1;A;complete;2024-01-02 09:00;p;2024-01-05;2024-01-03 12:00;k\n' +
      '1;B;start;2024-01-02 10:00;q;2024-01-05;;k\n'
    const { log, report } = await good(content, {
      mapping: {
        case: 'id',
        activity: ['step', 'state'],
        time: 'when',
        zone: 'Europe/Amsterdam',
        officer: 'who',
        deadline: { column: 'due' },
        end: { column: 'done', level: 'case' },
        lifecycle: { column: 'state', count: ['complete'] },
        activityNames: { 'A+complete': '受理' },
        attributes: { exclude: ['x'] },
      },
    })
    expect(caseView(log, 0)).toEqual({
      id: '1',
      attributes: { deadline: '2024-01-05', end: '2024-01-03T11:00:00.000Z' },
      events: [{ row: 2, activity: '受理', time: Date.UTC(2024, 0, 2, 8), attributes: { officer: 'p' } }],
    })
    expect(reportedRows(report)).toEqual([{ row: 3, reason: 'not-counted', text: null }])
    expect(report).toMatchObject({ zoneFrom: 'mapping', guessed: false, delimiter: ';' })
  })

  it('says which rows it could not use, each with its number and reason', async () => {
    const { report } = await good(
      'case,activity,time\nA,a,2024-01-02 09:00\n,a,2024-01-02 09:00\nA,,2024-01-02 09:00\nA,a,yesterday\nA,a\n\nA,"a"b,2024-01-02 09:00\nA,b\0,2024-01-02 09:00\n',
    )
    expect(reportedRows(report)).toEqual([
      { row: 3, reason: 'missing-case', text: null },
      { row: 4, reason: 'missing-activity', text: null },
      { row: 5, reason: 'unreadable-time', text: 'yesterday' },
      { row: 6, reason: 'ragged', text: null },
      { row: 8, reason: 'quotes', text: null },
      { row: 9, reason: 'nul', text: null },
    ])
    expect(report.rows).toEqual({ in: 7, used: 1, reported: 6 })
  })

  it('with a case id that no index could hold has those rows reported', async () => {
    const long = 'x'.repeat(1001)
    const { report } = await good(`case,activity,time\n${long},a,2024-01-02\nB,b,2024-01-02\n`)
    expect(reportedRows(report)).toEqual([{ row: 2, reason: 'case-too-long', text: null }])
    const named = await good(
      xes(event('a'))
        .replace('value="A"', `value="${long}"`)
        .replace('</log>', `${xes(event('b')).slice(26)}`),
    )
    expect(reportedRows(named.report)).toEqual([{ row: 1, reason: 'case-too-long', text: null }])
    expect(traces(named)).toEqual({ A: ['b'] })
  })

  it('with dates in four formats reads those that can be meant one way and lists the others', async () => {
    const { log, report } = await good(
      'case,activity,time\nA,a,2024-01-02T09:00:00+08:00\nA,b,2024/1/3 9:00\nA,c,2024年1月4日 09:00\nA,d,05/01/2024 09:00\nA,e,1704500000\n',
    )
    expect(traces({ log, report })).toEqual({ A: ['a', 'b', 'c'] })
    expect(reportedRows(report).map(({ row, reason }) => [row, reason])).toEqual([
      [5, 'unreadable-time'],
      [6, 'unreadable-time'],
    ])
  })

  it('uses or reports each row exactly once, whatever is in it', async () => {
    const cell = fc.oneof(
      fc.constantFrom(
        '',
        ' ',
        'A',
        'B',
        '受理',
        '2024-01-02',
        '2024/1/2 9:00',
        '03/04/2024',
        '1704500000',
        '"',
        'x,y',
        'x\ny',
      ),
      fc.string({ maxLength: 5 }),
    )
    const quoted = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
    const row = fc.array(cell, { minLength: 2, maxLength: 5 }).map((cells) => cells.map(quoted).join(','))
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
        const result = await read(`case,activity,time,x\n${rows.join('\n')}\n`)
        if (isRefusal(result)) {
          expect(['log.time-ambiguous', 'log.time-mixed']).toContain(result.code)
          return
        }
        const { log, report } = result
        const numbers = [...log.row, ...report.reportedRows].sort((a, b) => a - b)
        expect(numbers).toEqual(rows.map((_, i) => i + 2))
        expect(report.rows).toEqual({ in: rows.length, used: log.row.length, reported: report.reportedRows.length })
      }),
      { numRuns: 200 },
    )
  })

  it('is the same log however its rows of different cases are mixed', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => `C${i % 7},step ${i % 5},2024-01-${String((i % 28) + 1).padStart(2, '0')} 10:00`,
    )
    const first = traces(await good(`case,activity,time\n${rows.join('\n')}\n`))
    const byCase = [...rows].sort((a, b) => ((a.split(',')[0] as string) < (b.split(',')[0] as string) ? -1 : 1))
    expect(traces(await good(`case,activity,time\n${byCase.join('\n')}\n`))).toEqual(first)
  })
})

describe('an XES log', () => {
  it('keeps the attributes of traces and events, and passes over what nests in them', async () => {
    const content =
      '<?xml version="1.0"?><log xmlns="http://www.xes-standard.org/"><global scope="event"><string key="concept:name" value="__INVALID__"/></global>' +
      '<trace><event><string key="concept:name" value="受理"><string key="concept:name" value="inner"/></string>' +
      '<string key="org:resource" value="p&amp;q"/><list key="l"><values><string key="org:group" value="no"/></values></list></event>' +
      '<string key="concept:name" value="late name"/><date key="deadline" value="2024-01-05T00:00:00+08:00"/>' +
      '<event><string key="org:resource" value="r"/></event></trace></log>'
    const { log, report } = await good(content)
    expect(caseView(log, 0)).toEqual({
      id: 'late name',
      attributes: { 'case:deadline': '2024-01-05T00:00:00+08:00' },
      events: [{ row: 1, activity: '受理', time: null, attributes: { officer: 'p&q' } }],
    })
    expect(reportedRows(report)).toEqual([{ row: 2, reason: 'missing-activity', text: null }])
  })
  it('has events outside any trace reported, nameless traces numbered and equal names merged', async () => {
    const content = `<log>${event('lost')}<trace>${event('a')}</trace>${xes(event('b')).slice(26, -6)}${xes(event('c', '2024-01-03T00:00:00Z')).slice(26, -6)}</log>`
    const { log, report } = await good(content)
    expect(traces({ log, report })).toEqual({ '#1': ['a'], A: ['b', 'c'] })
    expect(reportedRows(report)).toEqual([{ row: 1, reason: 'missing-case', text: null }])
    expect(report.notes.map(({ code, count }) => [code, count])).toEqual([
      ['case-without-name', 1],
      ['trace-split', 1],
    ])
  })
  it.each<[string, string, string]>([
    ['cut off', xes(event('a')).slice(0, -20), 'log.xml-broken'],
    ['with a DTD', `<!DOCTYPE log [<!ENTITY a "aaaa">]>${xes(event('a')).slice(21)}`, 'log.xml-doctype'],
    ['with an unknown entity', xes('<event><string key="concept:name" value="&boom;"/></event>'), 'log.xml-broken'],
    ['that nests without end', `<log>${'<string key="k" value="v">'.repeat(200)}`, 'log.xml-deep'],
    ['that is a diagram', '<?xml version="1.0"?><definitions/>', 'log.xml-root'],
    ['without events', '<log></log>', 'log.no-rows'],
  ])('%s is refused', async (_, content, code) => {
    expect((await refusal(content)).code).toBe(code)
  })
  it('that is cut off is refused with the line', async () => {
    const lines = xes(Array.from({ length: 50 }, (_, i) => event(`a${i}`)).join('\n')).split('\n')
    expect(await refusal(lines.slice(0, 30).join('\n'))).toMatchObject({ code: 'log.xml-broken', place: { row: 30 } })
  })
})

describe('a file that cannot be a log', () => {
  const dbf = Buffer.alloc(130)
  dbf.set([0x03, 124, 5, 6, 1, 0, 0, 0, 97, 0, 30, 0])
  it.each<[string, string | Buffer, string]>([
    ['empty', '', 'table.empty'],
    ['a header alone', 'case,activity,time\n', 'log.no-rows'],
    ['an old spreadsheet', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'table.old-spreadsheet'],
    ['an archive', zipOf({ 'log.csv': csv }), 'table.archive'],
    ['a packed workbook', gzipSync(zipOf({ 'xl/workbook.xml': '<workbook/>' })), 'table.archive'],
    ['half a ZIP file', zipOf({ 'log.csv': csv }).subarray(0, 60), 'table.zip-broken'],
    ['dBASE', dbf, 'table.dbf'],
    ['a web page', '<html><table><tr><td>办件编号</td></tr></table></html>', 'table.html'],
    ['PDF', '%PDF-1.7', 'table.document'],
    ['a list in JSON', '[{"case": 1}]', 'table.not-text'],
    ['another JSON', '{"case": 1}', 'log.ocel-not'],
    ['columns that mean nothing', 'a,b,c\n1,2,3\n', 'log.cannot-guess'],
    ['an open quote', 'case,activity,time\nA,"a,2024-01-02\nB,b,2024-01-02\n', 'table.quote-open'],
    ['a gzip cut off', gzipSync(csv.repeat(50)).subarray(0, 60), 'table.gzip-cut-off'],
    ['a gzip damaged', Buffer.concat([gzipSync(csv).subarray(0, -8), Buffer.alloc(8, 7)]), 'table.gzip-broken'],
    ['a gzip in a gzip', gzipSync(gzipSync(csv)), 'table.archive'],
  ])('%s is refused with what to do', async (_, content, code) => {
    const answer = await refusal(content)
    expect(answer.code).toBe(code)
    for (const text of [answer.says.zh, answer.says.en, answer.next.zh, answer.next.en])
      expect(text).not.toMatch(/\{\w+\}/)
  })
  it('is refused where there is none', async () => {
    expect(await readLog(join(folder, 'nobody.csv'))).toMatchObject({ code: 'table.no-such-file' })
    expect(await readLog(folder)).toMatchObject({ code: 'table.is-folder' })
  })
})

describe('a mapping', () => {
  const mapping = { case: '办件编号', activity: '环接', time: '时间' }
  it('that names a missing column is refused with the columns that exist and the nearest', async () => {
    const answer = await refusal(csv, { mapping })
    expect(answer).toMatchObject({ code: 'log.column-missing-near', place: { column: '环接' } })
    expect(answer.says.zh).toContain('是不是“环节”')
    expect(answer.says.zh).toContain('办件编号 · 环节 · 时间 · 经办人')
  })
  it('that names a column of an XES log which no event has is refused alike', async () => {
    const answer = await refusal(xes(event('a')), {
      mapping: { case: 'case:concept:name', activity: 'concept:nam', time: 'time:timestamp' },
    })
    expect(answer).toMatchObject({ code: 'log.column-missing-near', place: { column: 'concept:nam' } })
  })
  it('that gives one column two roles, or means one of two equal headers, is refused', async () => {
    expect(await refusal(csv, { mapping: { case: '环节', activity: '环节', time: '时间' } })).toMatchObject({
      code: 'log.column-twice',
    })
    expect(await refusal('case,activity,time,time\nA,a,1,2\n')).toMatchObject({ code: 'table.header-repeated' })
  })
  it('without a time column reads a log in the order of its rows', async () => {
    const { log } = await good('case,activity\nA,b\nA,a\n', {
      mapping: { case: 'case', activity: 'activity', time: null },
    })
    expect(caseView(log, 0).events.map(({ activity, time }) => [activity, time])).toEqual([
      ['b', null],
      ['a', null],
    ])
  })
})

describe('a gzip that expands without end', () => {
  it('is stopped at its ratio, in constant memory', async () => {
    const block = deflateRawSync(Buffer.alloc(8 * 1024 * 1024), { level: 9, finishFlush: 2 })
    const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
    const endless = Buffer.concat([header, ...Array.from({ length: 400 }, () => block)])
    const before = process.memoryUsage.rss()
    const answer = await refusal(endless, { limits: { rowBytes: 2 ** 40 } })
    expect(['table.gzip-bomb', 'table.not-text']).toContain(answer.code)
    expect(process.memoryUsage.rss() - before).toBeLessThan(400 * 1024 * 1024)
  })
  it('is stopped by its ratio even when what it holds are sound rows', async () => {
    const row = 'A,受理,2024-01-02 09:00\n'
    const rows = Buffer.from(`case,activity,time\n${row.repeat(700_000)}`)
    const packed = gzipSync(rows, { level: 9 })
    expect(rows.length / packed.length).toBeGreaterThan(100)
    const answer = await refusal(packed, { limits: { ratio: 100, ratioFloorBytes: 1024 * 1024 } })
    expect(answer.code).toBe('table.gzip-bomb')
  })
  it('is stopped at the absolute limit', async () => {
    const answer = await refusal(gzipSync(csv.repeat(10_000)), { limits: { unpackedBytes: 100_000 } })
    expect(answer.code).toBe('table.too-big')
  })
})

const shared = resolve(import.meta.dirname, '../../../../shared/data')
const missing = !existsSync(shared)

describe.skipIf(missing)('real logs (skipped where ../shared is absent)', () => {
  it.each<[string, object]>([
    ['eventlogs/receipt.csv', { cases: 1434, events: 8577, activities: 27, variants: 116 }],
    ['eventlogs/traffic_fines_10k.csv.gz', { cases: 10_000, events: 34_724, variants: 44 }],
    ['eventlogs/PermitLog.xes.gz', { cases: 6426, events: 81_092 }],
    ['eventlogs/RequestForPayment.xes.gz', { cases: 6760, events: 36_072 }],
  ])('%s has the numbers that were measured independently', async (path, expected) => {
    const result = await readLog(join(shared, path))
    if (isRefusal(result)) throw new Error(result.says.en)
    expect(logStats(result.log)).toMatchObject(expected)
    expect(result.report.rows.reported).toBe(0)
  })

  it.each(['bpic2013_closed', 'repair', 'reviewing', 'roadtraffic100', 'running-example', 'teleclaims'])(
    '%s has in XES and in CSV the variants of the reference, case by case',
    async (name) => {
      const at = join(shared, 'conformance', name)
      const [x, c] = [await readLog(join(at, 'log.xes.gz')), await readLog(join(at, 'events.csv.gz'))]
      if (isRefusal(x) || isRefusal(c)) throw new Error('refused')
      expect(traces(x)).toEqual(traces(c))
      const meta = JSON.parse(readFileSync(join(at, 'meta.json'), 'utf8')) as Record<string, number>
      const { cases, events, activities, variants } = logStats(x.log)
      const { cases: n, events: m, activities: a, variants: v } = meta
      expect({ cases, events, activities, variants }).toEqual({ cases: n, events: m, activities: a, variants: v })
      const truth = JSON.parse(readFileSync(join(at, 'truth/variants.json'), 'utf8')) as {
        acts: string[]
        count: number
      }[]
      const ours = variantsOf(x.log).variants.map(
        (each) =>
          [Array.from(each.activities, (code) => x.log.activity.dictionary[code]).join('|'), each.cases] as const,
      )
      expect(new Map(ours)).toEqual(new Map(truth.map(({ acts, count }) => [acts.join('|'), count])))
    },
  )
})
