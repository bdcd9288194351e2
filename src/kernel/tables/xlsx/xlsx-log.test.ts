import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { caseView } from '../../../core/eventlog/case-view.ts'
import { isRefusal } from '../../../core/refusal/refusal.ts'
import { type TestCell, type TestSheet, workbookOf } from '../fixtures/workbook.ts'
import { reportedRows } from '../import-report.ts'
import { type ReadLog, type ReadLogOptions, readLog } from '../read-log.ts'

const folder = await mkdtemp(join(tmpdir(), 'daylight-xlsx-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
let files = 0

async function read(content: Buffer, options: ReadLogOptions = {}) {
  const path = join(folder, `${files++}.xlsx`)
  await writeFile(path, content)
  return await readLog(path, options)
}

async function good(content: Buffer, options: ReadLogOptions = {}): Promise<ReadLog> {
  const result = await read(content, options)
  if (isRefusal(result)) throw new Error(`${result.code}: ${result.says.en}`)
  return result
}

const code = async (content: Buffer, options: ReadLogOptions = {}): Promise<string> => {
  const result = await read(content, options)
  return isRefusal(result) ? result.code : 'read'
}

const header = ['办件编号', '环节', '时间', '经办人']
const sheet = (rows: readonly (readonly TestCell[])[], more: Partial<TestSheet> = {}): TestSheet => ({
  name: '办件',
  rows: [header, ...rows],
  ...more,
})
const simple = sheet([
  ['A1', '受理', '2024-01-02 09:00', '张'],
  ['A1', '决定', '2024-01-03 09:00', '王'],
])
const cases = ({ log }: ReadLog) => log.caseIds.map((_, c) => caseView(log, c))
const times = ({ log }: ReadLog) => [...log.time].map((ms) => (Number.isNaN(ms) ? null : new Date(ms).toISOString()))
const notes = ({ report }: ReadLog) => Object.fromEntries(report.notes.map(({ code, count }) => [code, count]))

describe('a workbook', () => {
  it('is read as the same rows of a CSV are, each with the number that the spreadsheet shows', async () => {
    const { log, report } = await good(workbookOf([simple]))
    expect(caseView(log, 0)).toEqual({
      id: 'A1',
      attributes: {},
      events: [
        { row: 2, activity: '受理', time: Date.UTC(2024, 0, 2, 1), attributes: { officer: '张' } },
        { row: 3, activity: '决定', time: Date.UTC(2024, 0, 3, 1), attributes: { officer: '王' } },
      ],
    })
    expect(report).toMatchObject({ format: 'xlsx', rows: { in: 2, used: 2, reported: 0 }, notes: [] })
  })

  it.each([
    ['1900', false, 45_293.375, 'excel'],
    ['1904', true, 45_293.375 - 1462, undefined],
  ] as const)(
    'whose dates count from %s tells the same instants: in date formats, bare, as text, as ISO',
    async (_, mac, serial, timeFormat) => {
      const rows: TestCell[][] = [
        ['A', 'styled', { n: serial, style: 2 }],
        ['A', 'styled as a day', { n: serial, style: 1 }],
        ['A', 'Chinese', { n: Math.floor(serial), style: 4 }],
        ['A', 'bare', serial],
        ['A', 'text', '2024-01-02 09:00'],
      ]
      const mapping = { case: '办件编号', activity: '环节', time: '时间', ...(timeFormat ? { timeFormat } : {}) }
      const read = await good(workbookOf([sheet(rows.map((cells) => [...cells, 'x']))], mac), { mapping })
      const steps = cases(read)[0]?.events.map(({ activity, time }) => [activity, new Date(time ?? 0).toISOString()])
      expect(Object.fromEntries(steps ?? [])).toEqual({
        styled: '2024-01-02T01:00:00.000Z',
        'styled as a day': '2024-01-02T01:00:00.000Z',
        Chinese: '2024-01-01T16:00:00.000Z',
        bare: '2024-01-02T01:00:00.000Z',
        text: '2024-01-02T01:00:00.000Z',
      })
      expect(read.report.mapping).toEqual(mapping)
    },
  )

  it('with day-first texts between real dates reads both once the mapping says which is first', async () => {
    const rows: TestCell[][] = [
      ['A', 'a', { n: 45_293, style: 1 }, ''],
      ['A', 'b', '03/01/2024 10:00', ''],
    ]
    const mapping = { case: '办件编号', activity: '环节', time: '时间', timeFormat: 'dmy' as const }
    expect(times(await good(workbookOf([sheet(rows)]), { mapping }))).toEqual([
      '2024-01-01T16:00:00.000Z',
      '2024-01-03T02:00:00.000Z',
    ])
  })

  it('with a title, notes and an empty row around its table finds the header by itself or by the mapping’s names', async () => {
    const rows: TestCell[][] = [
      ['某县办件明细'],
      ['导出时间', { n: 45_293, style: 1 }],
      [],
      ['单号', '做了什么', '何时', '谁'],
      ['A', 'a', '2024-01-02 09:00', 'p'],
      ['合计'],
    ]
    const book = workbookOf([{ name: 's', rows, merged: ['A1:D1'] }])
    const mapping = { case: '单号', activity: '做了什么', time: '何时', officer: '谁' }
    const read = await good(book, { mapping })
    expect(reportedRows(read.report)).toEqual([{ row: 6, reason: 'missing-activity', text: null }])
    expect(notes(read)).toEqual({ 'rows-above-header': 2 })
    expect(await code(book)).toBe('log.cannot-guess')
  })

  it('lends the value of a merged cell to the rows that it covers, keeps hidden rows and columns, and says so', async () => {
    const rows: TestCell[][] = [
      ['A', 'a', '2024-01-02 09:00', 'p'],
      [null, 'b', '2024-01-02 10:00', 'p'],
      [],
      [null, 'c', '2024-01-02 11:00', null],
      [null, 'd', '2024-01-02 12:00', null],
    ]
    const read = await good(
      workbookOf([
        sheet(rows, {
          merged: ['A2:A5', 'D2:D3'],
          hiddenRows: [3, 5],
          columns: '<cols><col min="3" max="4" hidden="1"/></cols>',
        }),
      ]),
    )
    expect(cases(read)[0]?.events.map(({ activity, row }) => [activity, row])).toEqual([
      ['a', 2],
      ['b', 3],
      ['c', 5],
    ])
    expect(reportedRows(read.report)).toEqual([{ row: 6, reason: 'missing-case', text: null }])
    expect(notes(read)).toEqual({ 'hidden-rows': 2, 'hidden-columns': 2, 'merged-filled': 2 })
  })

  it('takes computed values and never a failed or uncomputed formula', async () => {
    const rows: TestCell[][] = [
      [{ formula: 'A9', value: 'A' }, 'a', '2024-01-02 09:00', { error: '#N/A' }],
      [{ error: '#REF!' }, 'a', '2024-01-02 09:00', 'p'],
      ['A', { formula: 'X1' }, '2024-01-02 09:00', 'p'],
      ['A', 'b', { error: '#VALUE!' }, 'p'],
    ]
    const read = await good(workbookOf([sheet(rows)]))
    expect(reportedRows(read.report).map(({ row, reason }) => [row, reason])).toEqual([
      [3, 'formula-error'],
      [4, 'formula-error'],
      [5, 'formula-error'],
    ])
    expect(cases(read)).toMatchObject([{ id: 'A', events: [{ attributes: {} }] }])
    expect(notes(read)).toEqual({ 'formula-errors': 3, 'formulas-uncomputed': 1 })
  })

  it('keeps leading zeros that its format shows, and reports case ids whose last digits it has lost', async () => {
    const rows: TestCell[][] = [
      [{ n: 123, style: 3 }, 'a', '2024-01-02 09:00', 7],
      [{ n: '4.4010119900101E+17', style: 0 }, 'a', '2024-01-02 09:00', 'p'],
      ['A', 'a', '2024-01-02 09:00', { n: '4.4010119900101E+17', style: 0 }],
    ]
    const read = await good(workbookOf([sheet(rows)]))
    expect(cases(read).map(({ id, events }) => [id, events[0]?.attributes.officer])).toEqual([
      ['000123', '7'],
      ['A', '440101199001010000'],
    ])
    expect(reportedRows(read.report)).toEqual([{ row: 3, reason: 'rounded-number', text: null }])
    expect(read.report.notes.map(({ code, column, count }) => [code, column, count])).toEqual([
      ['numbers-rounded', '办件编号', 1],
      ['numbers-rounded', '经办人', 1],
    ])
  })

  it('with several sheets is read from the first visible one that has values, or from the one named', async () => {
    const other = (name: string, id: string, state = 'visible'): TestSheet => ({
      name,
      state,
      rows: [header, [id, 'a', '2024-01-02 09:00', 'p']],
    })
    const book = workbookOf([{ name: '空', rows: [[], [null]] }, other('藏', 'H', 'hidden'), other('明', 'V')])
    const read = await good(book)
    expect(read.log.caseIds).toEqual(['V'])
    expect(read.report.notes).toEqual([{ code: 'sheet-chosen', count: 2, column: '明' }])
    const mapping = { ...read.report.mapping, sheet: '藏' }
    const named = await good(book, { mapping })
    expect(named.log.caseIds).toEqual(['H'])
    expect(named.report.notes).toEqual([])
    expect(await code(book, { mapping: { ...mapping, sheet: '无' } })).toBe('table.sheet-unknown')
  })

  it('whose rows are wider than its header keeps columns that have values, and reports rows that are wider still', async () => {
    const narrow = Array.from({ length: 120 }, (): TestCell[] => ['A', 'a', '2024-01-02 09:00', 'p', 'more'])
    const read = await good(workbookOf([sheet([...narrow, ['A', 'a', '2024-01-02 09:00', 'p', 'more', 'too much']])]))
    expect(read.report.columns).toEqual([...header, '#5'])
    expect(reportedRows(read.report)).toEqual([{ row: 122, reason: 'ragged', text: null }])
  })

  it('stops after the rows that were asked for, and says so', async () => {
    const rows = Array.from({ length: 300 }, (_, i): TestCell[] => [`A${i}`, 'a', '2024-01-02 09:00', 'p'])
    const read = await good(workbookOf([sheet(rows)]), { head: 150 })
    expect(read.report.rows.in).toBe(150)
    expect(read.report.notes).toEqual([{ code: 'head-only', count: 150 }])
  })

  it('has every row with a value used or reported, whatever stands in it', async () => {
    const cell = fc.oneof(
      fc.constant(null),
      fc.constantFrom('A', 'B', '受理', '2024-01-02 09:00', '2024-13-01', 'x y'),
      fc.integer({ min: 0, max: 60_000 }),
      fc.record({ n: fc.double({ min: 0, max: 60_000, noNaN: true }), style: fc.nat(6) }),
      fc.constant({ error: '#N/A' }),
      fc.constant({ formula: 'A1' }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { maxLength: 6 }), { minLength: 1, maxLength: 30 }), async (rows) => {
        const read = await good(workbookOf([sheet([['A', 'a', '2024-01-02 09:00', 'p'], ...rows])]))
        const withValue = rows.flatMap((cells, i) => (cells.some((value) => value !== null) ? [i + 3] : []))
        const { report, log } = read
        const told = [...log.row, ...report.reportedRows].sort((a, b) => a - b)
        expect(told).toEqual([2, ...withValue])
        expect(report.rows).toEqual({ in: told.length, used: log.row.length, reported: report.reportedRows.length })
      }),
      { numRuns: 200 },
    )
  })
})

const hotline = resolve(import.meta.dirname, '../../../../../shared/data/hotline/附件4.xlsx')

describe('a real workbook of messages and replies (beside the checkout)', () => {
  it.skipIf(!existsSync(hotline))('gives every message as a case, none lost', async () => {
    const result = await readLog(hotline, {
      mapping: {
        case: '留言编号',
        activity: '留言主题',
        time: '留言时间',
        end: { column: '答复时间', level: 'case' },
        attributes: { exclude: ['留言用户', '留言详情', '答复意见'] },
      },
    })
    if (isRefusal(result)) throw new Error(result.says.en)
    const { log, report } = result
    expect(report.rows).toEqual({ in: 2816, used: 2816, reported: 0 })
    expect(log.caseIds.length).toBe(2816)
    expect([...(log.caseAttributes.get('end')?.codes ?? [])].filter((value) => value >= 0).length).toBe(2816)
  })
})
