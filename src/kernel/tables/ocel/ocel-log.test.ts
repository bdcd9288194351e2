import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { caseView } from '../../../core/eventlog/case-view.ts'
import { isRefusal } from '../../../core/refusal/refusal.ts'
import { reportedRows } from '../import-report.ts'
import { type ReadLog, type ReadLogOptions, readLog } from '../read-log.ts'

const folder = await mkdtemp(join(tmpdir(), 'daylight-ocel-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
let files = 0

async function read(content: string | Buffer | object, options: ReadLogOptions = {}) {
  const path = join(folder, `${files++}.jsonocel`)
  await writeFile(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content))
  return await readLog(path, options)
}

async function good(content: string | Buffer | object, options: ReadLogOptions = {}): Promise<ReadLog> {
  const result = await read(content, options)
  if (isRefusal(result)) throw new Error(`${result.code}: ${result.says.en}`)
  return result
}

const standard = { case: 'ocel:oid', activity: 'ocel:activity', time: 'ocel:timestamp' }
const byType = (objectType: string): ReadLogOptions => ({ mapping: { ...standard, objectType } })
const cases = ({ log }: ReadLog) => log.caseIds.map((_, c) => caseView(log, c))
const notes = ({ report }: ReadLog) => Object.fromEntries(report.notes.map(({ code, count }) => [code, count]))

const link = (objectId: string, qualifier = '') => ({ objectId, qualifier })
const event = (id: string, type: string, hour: number, links: object[], attributes: object[] = []) => ({
  id,
  type,
  time: `2024-01-02T${String(hour).padStart(2, '0')}:00:00Z`,
  attributes,
  relationships: links,
})
const order = {
  eventTypes: [],
  objectTypes: [],
  objects: [
    {
      id: 'O1',
      type: '订单',
      attributes: [
        { name: '金额', time: '1970-01-01T00:00:00Z', value: 10 },
        { name: '金额', time: '2024-01-02T10:30:00Z', value: 20 },
        { name: '金额', time: '2024-01-03T00:00:00Z', value: 30 },
      ],
      relationships: [link('I1', 'has')],
    },
    { id: 'O2', type: '订单', attributes: [] },
    { id: 'O3', type: '订单' },
    { id: 'I1', type: '货品' },
    { id: 'I2', type: '货品' },
  ],
  events: [
    event('e1', '下单', 8, [link('O1', '新'), link('I1'), link('I2')], [{ name: '柜员', value: '甲' }]),
    event('e2', '备货', 9, [link('O1'), link('I1')]),
    event('e3', '备货', 10, [link('O1'), link('I2'), link('X9')]),
    event('e4', '合并发货', 12, [link('O1'), link('O2')]),
    event('e5', '盘点', 13, [link('I1')]),
    event('e6', '盘点', 14, [link('I2')]),
  ],
}

describe('an object-centric log', () => {
  it('has a case for each object of the chosen type, and says what flattening did', async () => {
    const read = await good(order, byType('订单'))
    expect(cases(read)).toEqual([
      {
        id: 'O1',
        attributes: { 'case:金额': '20' },
        events: [
          {
            row: 1,
            activity: '下单',
            time: Date.UTC(2024, 0, 2, 8),
            attributes: { 'ocel:eid': 'e1', 'ocel:qualifier': '新', 'object:货品': 'I1, I2', 柜员: '甲' },
          },
          {
            row: 2,
            activity: '备货',
            time: Date.UTC(2024, 0, 2, 9),
            attributes: { 'ocel:eid': 'e2', 'object:货品': 'I1' },
          },
          {
            row: 3,
            activity: '备货',
            time: Date.UTC(2024, 0, 2, 10),
            attributes: { 'ocel:eid': 'e3', 'object:货品': 'I2' },
          },
          { row: 4, activity: '合并发货', time: Date.UTC(2024, 0, 2, 12), attributes: { 'ocel:eid': 'e4' } },
        ],
      },
      {
        id: 'O2',
        attributes: {},
        events: [{ row: 5, activity: '合并发货', time: Date.UTC(2024, 0, 2, 12), attributes: { 'ocel:eid': 'e4' } }],
      },
    ])
    expect(reportedRows(read.report).map(({ row, reason }) => [row, reason])).toEqual([
      [6, 'no-object'],
      [7, 'no-object'],
    ])
    expect(read.report.rows).toEqual({ in: 7, used: 5, reported: 2 })
    expect(notes(read)).toEqual({
      'object-value-later': 1,
      'events-converge': 1,
      'events-diverge': 1,
      'objects-without-events': 1,
      'object-unknown': 1,
      'object-links-left': 1,
    })
  })

  it('is read by the type that events touch most where none is named, and names the others', async () => {
    const { report } = await good(order)
    expect(report.mapping).toEqual({ ...standard, objectType: '货品' })
    expect(report).toMatchObject({ format: 'ocel', guessed: true })
    expect(report.choice).toEqual({ kind: 'objectType', chosen: '货品', names: ['货品', '订单'] })
    expect(report.notes[0]).toEqual({ code: 'object-type-chosen', count: 1, column: '货品' })
  })

  it('reads the same with its events before its objects, packed, or laid out by hand', async () => {
    const { objects, events } = order
    const one = await good(order, byType('订单'))
    for (const other of [{ events, objects }, gzipSync(JSON.stringify(order)), JSON.stringify(order, null, 2)]) {
      const read = await good(other, byType('订单'))
      expect(cases(read)).toEqual(cases(one))
      expect(read.report.notes).toEqual(one.report.notes)
    }
  })

  it('takes roles from the attributes of its events', async () => {
    const mapping = { ...standard, objectType: '订单', officer: '柜员', attributes: { exclude: ['object:货品'] } }
    const read = await good(order, { mapping })
    expect(cases(read)[0]?.events[0]?.attributes).toEqual({ 'ocel:eid': 'e1', 'ocel:qualifier': '新', officer: '甲' })
  })

  it('reports an event whose time nobody can read once for each of its cases, under rows of their own', async () => {
    const events = [{ ...event('e', 'a', 1, [link('O1'), link('O2')]), time: 'soon' }, ...order.events]
    const { report } = await good({ ...order, events }, byType('订单'))
    expect(reportedRows(report).slice(0, 2)).toEqual([
      { row: 1, reason: 'unreadable-time', text: 'soon' },
      { row: 2, reason: 'unreadable-time', text: 'soon' },
    ])
  })

  it.each<[string, string | Buffer | object, string]>([
    ['of the first version', { 'ocel:global-log': {}, 'ocel:events': {} }, 'log.ocel-version'],
    ['that is some other JSON', { a: 1 }, 'log.ocel-not'],
    ['that is cut off', JSON.stringify(order).slice(0, 400), 'log.json-broken'],
    ['with text behind its end', `${JSON.stringify(order)} x`, 'log.json-broken'],
    ['with a broken event', '{"objects":[],"events":[{"id":}]}', 'log.json-broken'],
    ['whose lists come twice', '{"events":[],"events":[],"objects":[]}', 'log.json-broken'],
    ['that nests without end', `{"events":[${'['.repeat(100)}`, 'log.json-deep'],
    ['with a column as its case', order, 'log.ocel-case'],
    ['without objects at all', { objects: [], events: order.events }, 'log.object-type-unknown'],
    ['that is not UTF-8', Buffer.from('{"events":["\xff\xfe"]}', 'latin1'), 'table.encoding'],
    ['that grows beyond reason', gzipSync(`{"objects":[],"events":[${' '.repeat(20_000_000)}]}`), 'table.gzip-bomb'],
    ['that unfolds into too many events', order, 'log.ocel-too-large'],
    ['with an event without end', `{"objects":[],"events":["${'x '.repeat(150_000)}"]}`, 'log.json-too-long'],
  ])('%s ends in a sentence', async (_, content, code) => {
    const mapping = code === 'log.ocel-case' ? { ...standard, case: '柜员' } : undefined
    const objectEvents = code === 'log.ocel-too-large' ? 3 : 100
    const limits = { ratioFloorBytes: 1_000_000, rowBytes: 200_000, objectEvents }
    const result = await read(content, { limits, ...(mapping ? { mapping } : {}) })
    expect(isRefusal(result) ? result.code : 'read').toBe(code)
  })

  it('refuses a type that it does not have, naming those that it has', async () => {
    const result = await read(order, byType('发票'))
    expect(isRefusal(result) && result.says.zh).toContain('货品 · 订单')
  })

  it('has an event in as many cases as it touches objects of the type, whatever they are, and no row is lost', async () => {
    const ids = ['O1', 'O2', 'O3', 'I1', 'X']
    const links = fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(fc.array(links, { minLength: 1, maxLength: 20 }), async (touched) => {
        const events = touched.map((of, i) =>
          event(
            `e${i}`,
            `a${i % 3}`,
            i % 24,
            of.map((id) => link(id)),
          ),
        )
        const { log, report } = await good({ ...order, events }, byType('订单'))
        const flat = touched.map((of) => of.filter((id) => id.startsWith('O')).length)
        expect(report.rows.used).toBe(flat.reduce((sum, n) => sum + n, 0))
        expect(report.rows.reported).toBe(flat.filter((n) => n === 0).length)
        expect([...log.row, ...report.reportedRows].sort((a, b) => a - b)).toEqual(
          Array.from({ length: report.rows.in }, (_, i) => i + 1),
        )
      }),
      { numRuns: 100 },
    )
  })
})

const example = resolve(import.meta.dirname, '../../../../../shared/data/eventlogs/ocel20_example.jsonocel')

describe('the example of the standard (beside the checkout)', () => {
  it.skipIf(!existsSync(example))(
    'gives orders and invoices their events, and their values as they stood at the end',
    async () => {
      const of = async (type: string) => {
        const result = await readLog(example, byType(type))
        if (isRefusal(result)) throw new Error(result.says.en)
        return cases(result).map(({ id, attributes, events }) => [
          id,
          attributes['case:po_quantity'] ?? attributes['case:is_blocked'],
          events.map((one) => one.attributes['ocel:eid']).join(' '),
        ])
      }
      expect(await of('Purchase Order')).toEqual([
        ['PO1', '600', 'e3 e4 e5 e6'],
        ['PO2', '1', 'e10'],
      ])
      expect(await of('Invoice')).toEqual([
        ['R1', 'No', 'e5 e7'],
        ['R2', 'No', 'e6 e8'],
        ['R3', 'No', 'e9 e10 e11 e12 e13'],
      ])
    },
  )
})
