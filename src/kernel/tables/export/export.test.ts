import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { afterAll, describe, expect, it } from 'vitest'
import type { EventLog, StringColumn } from '../../../core/eventlog/event-log.ts'
import { textAt } from '../../../core/eventlog/event-log.ts'
import { isRefusal } from '../../../core/refusal/refusal.ts'
import { readLog } from '../read-log.ts'
import { csvOfLog, csvPlan } from './csv-export.ts'
import { xesOfLog, xesPlan } from './xes-export.ts'

const folder = await mkdtemp(join(tmpdir(), 'daylight-export-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
let files = 0

const formats = {
  csv: (log: EventLog) => ({ text: [...csvOfLog(log, csvPlan(log))].join(''), ...csvPlan(log) }),
  xes: (log: EventLog) => ({ text: [...xesOfLog(log, xesPlan(log))].join(''), ...xesPlan(log) }),
} as const

/** Writes a log and reads it back by the export's own mapping. */
async function again(log: EventLog, format: keyof typeof formats, packed = false): Promise<EventLog> {
  const { text, mapping } = formats[format](log)
  const path = join(folder, `${files++}.${format}`)
  await writeFile(path, packed ? gzipSync(text, { level: 1 }) : text)
  const read = await readLog(path, { mapping, zone: 'Europe/Amsterdam' })
  if (isRefusal(read)) throw new Error(`${read.code}: ${read.says.en}`)
  expect(read.report.rows.reported).toBe(0)
  return read.log
}

const texts = (column: StringColumn, length: number) => Array.from({ length }, (_, i) => textAt(column, i))

/** A log as plain values: all but the rows of the file that it came from. A column in which nothing is left counts as none. */
function plain(log: EventLog) {
  const columns = (attributes: EventLog['eventAttributes'], length: number) =>
    [...attributes]
      .map(([key, column]): [string, (string | null)[]] => [key, texts(column, length)])
      .filter(([, values]) => values.some((value) => value !== null))
      .sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    caseIds: log.caseIds,
    caseStart: [...log.caseStart],
    activity: texts(log.activity, log.time.length),
    time: [...log.time],
    events: columns(log.eventAttributes, log.time.length),
    cases: columns(log.caseAttributes, log.caseIds.length),
  }
}

/** A log in prints of its columns: fourteen million values are compared in a moment. */
function printed(log: EventLog) {
  const print = (values: unknown): string => createHash('sha256').update(JSON.stringify(values)).digest('hex')
  const { caseIds, caseStart, activity, time, events, cases } = plain(log)
  const columns = [...cases, ...events].map(([key, values]): [string, string] => [key, print(values)])
  return { columns, rest: [caseIds, caseStart, activity, time].map(print) }
}

/** A column of texts, as a reader would make it. */
function columnOf(values: readonly (string | null)[]): StringColumn {
  const dictionary = [...new Set(values.filter((value) => value !== null))]
  return { dictionary, codes: Int32Array.from(values, (value) => (value === null ? -1 : dictionary.indexOf(value))) }
}

const word = fc
  .oneof(
    fc.constantFrom(
      '受理',
      'a,b',
      'say "x"',
      'two\nlines',
      'a\r\nb',
      '\ttab',
      '<&>',
      "'quoted'",
      '12',
      '-5',
      '3.50',
      'true',
    ),
    fc.constantFrom(
      '=1+1',
      '+x',
      '-x',
      '@x',
      "'=1",
      "''-1",
      "'-5",
      '\r',
      '2024-01-02T09:00:00.000Z',
      '0012',
      ' blank ',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
  )
  // what no reader lets in, or XML cannot hold
  .filter((text) => /[^\s]/.test(text) && !/(?![\t\n\r])\p{Cc}|\ufffe|\uffff/u.test(text))
const cell = fc.option(word, { nil: null })
const day = fc.constantFrom(null, '2024-01-05', '2024-02-29')
const key = fc.constantFrom(
  '渠道',
  'amount',
  'note, long',
  '=sum',
  'org:role',
  'case',
  'activity',
  'time:timestamp',
  'name',
)

const event = fc.record({
  step: word,
  // a step of milliseconds with fractions, or none: the order of a case is that of its instants
  wait: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }), { nil: null }),
  cells: fc.array(cell, { minLength: 9, maxLength: 9 }),
  officer: cell,
})
const oneCase = fc.record({
  events: fc.array(event, { minLength: 1, maxLength: 4 }),
  cells: fc.array(cell, { minLength: 3, maxLength: 3 }),
  deadline: day,
})

const anyLog = fc
  .record({
    cases: fc.array(oneCase, { minLength: 1, maxLength: 6 }),
    ids: fc.uniqueArray(word, { minLength: 6, maxLength: 6 }),
    keys: fc.uniqueArray(key, { maxLength: 9 }),
    plainCaseKey: fc.boolean(),
  })
  .map(({ cases, ids, keys, plainCaseKey }): EventLog => {
    const events = cases.flatMap((one) => one.events)
    const time: number[] = []
    for (const one of cases) {
      let now = Date.UTC(2024, 0, 1)
      for (const { wait } of one.events) {
        now += wait ?? 0
        time.push(wait === null ? Number.NaN : now)
      }
    }
    const starts = [0]
    for (const one of cases) starts.push((starts.at(-1) as number) + one.events.length)
    const caseKeys = ['case:渠道', '(case)_x', plainCaseKey ? '=事项' : 'case:事项']
    return {
      caseIds: ids.slice(0, cases.length),
      caseStart: Int32Array.from(starts),
      activity: columnOf(events.map(({ step }) => step)),
      time: Float64Array.from(time),
      row: Int32Array.from(events, (_, i) => i + 2),
      eventAttributes: new Map([
        ...keys.map((name, k): [string, StringColumn] => [name, columnOf(events.map(({ cells }) => cells[k] ?? null))]),
        ['officer', columnOf(events.map(({ officer }) => officer))],
      ]),
      caseAttributes: new Map([
        ...caseKeys.map((name, k): [string, StringColumn] => [
          name,
          columnOf(cases.map(({ cells }) => cells[k] ?? null)),
        ]),
        ['deadline', columnOf(cases.map(({ deadline }) => deadline))],
      ]),
    }
  })

/** A key that the reader would take for the case, the step, the time or a formula gets another name in the file. */
const renamed = (log: EventLog, format: keyof typeof formats): EventLog => {
  const { columns } = formats[format](log)
  const names = new Map(columns.map(({ key, name, level }) => [`${level} ${key}`, name]))
  const as = (attributes: EventLog['eventAttributes'], level: string): EventLog['eventAttributes'] =>
    new Map(
      [...attributes].map(([key, values]) => [
        ['officer', 'deadline'].includes(key) ? key : (names.get(`${level} ${key}`) ?? key),
        values,
      ]),
    )
  return { ...log, eventAttributes: as(log.eventAttributes, 'event'), caseAttributes: as(log.caseAttributes, 'case') }
}

describe.each(['csv', 'xes'] as const)('an export as %s', (format) => {
  it('reads back as the same log, whatever its texts are', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, async (log) => {
        expect(plain(await again(log, format))).toEqual(plain(renamed(log, format)))
      }),
      { numRuns: 60 },
    )
  })

  const shared = resolve(import.meta.dirname, '../../../../../shared/data/eventlogs')
  it.skipIf(!existsSync(shared)).each(['receipt.csv', 'PermitLog.xes.gz'])(
    'of %s reads back as the same log',
    async (name) => {
      const read = await readLog(join(shared, name))
      if (isRefusal(read)) throw new Error(read.says.en)
      expect(printed(await again(read.log, format, format === 'xes'))).toEqual(printed(read.log))
    },
    120_000,
  )
})

describe('a CSV export', () => {
  it('leaves no cell that a spreadsheet would run as a formula', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const { text } = formats.csv(log)
        for (const [, raw = ''] of text.slice(1).matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(?:,|\r\n)/g)) {
          const start = raw.replace(/^"/, '').replace(/"$/, '')
          expect(/^[=+\-@\t\r]/.test(start) && !/^[+-]\d+(\.\d+)?$/.test(start), raw).toBe(false)
        }
      }),
    )
  })
})

describe('an XES export', () => {
  it('is a well-formed document of the standard with its extensions and types', () => {
    const log: EventLog = {
      caseIds: ['A'],
      caseStart: Int32Array.of(0, 1),
      activity: columnOf(['受理']),
      time: Float64Array.of(Date.UTC(2024, 0, 2)),
      row: Int32Array.of(2),
      eventAttributes: new Map([
        ['officer', columnOf(['p'])],
        ['lifecycle:transition', columnOf(['complete'])],
        ['amount', columnOf(['12'])],
        ['rate', columnOf(['1.50'])],
        ['urgent', columnOf(['true'])],
      ]),
      caseAttributes: new Map([['deadline', columnOf(['2024-01-05T00:00:00Z'])]]),
    }
    const tags: string[] = []
    const parser = new SaxesParser()
    parser.on('opentag', ({ name, attributes }) => {
      tags.push(
        [name, attributes.prefix ?? attributes.key, attributes.value].filter((part) => part !== undefined).join(' '),
      )
    })
    parser.write(formats.xes(log).text).close()
    expect(tags).toEqual([
      'log',
      'extension concept',
      'extension time',
      'extension org',
      'extension lifecycle',
      'classifier',
      'trace',
      'string concept:name A',
      'date deadline 2024-01-05T00:00:00Z',
      'event',
      'string concept:name 受理',
      'date time:timestamp 2024-01-02T00:00:00.000Z',
      'string org:resource p',
      'string lifecycle:transition complete',
      'int amount 12',
      'float rate 1.50',
      'boolean urgent true',
    ])
  })
})
