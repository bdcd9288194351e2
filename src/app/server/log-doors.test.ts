import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import { caseView } from '../../core/eventlog/case-view.ts'
import { isRefusal } from '../../core/refusal/refusal.ts'
import { testDatabase } from '../../kernel/db/test-database.ts'
import { startJobs } from '../../kernel/jobs/jobs.ts'
import { workbookOf } from '../../kernel/tables/fixtures/workbook.ts'
import type { LogMapping } from '../../kernel/tables/log-mapping.ts'
import { readLog } from '../../kernel/tables/read-log.ts'
import { csvOf } from '../../modules/supervise/logs/fixtures/csv.ts'
import { buildServer } from './build-server.ts'
import { compose } from './compose.ts'
import { lateJobs } from './late-jobs.ts'
import { cookieOf, testDirectory, testRegions, testServices } from './test-server.ts'

const db = await testDatabase()
await testDirectory(db, ['supervisor', 'auditor', 'unit-head'])
const home = await mkdtemp(join(tmpdir(), 'daylight-doors-'))
const late = lateJobs()
const services = { ...testServices(db, { home }), jobs: late }
const house = compose(services)
const jobs = await startJobs(
  db,
  house.modules.flatMap((module) => [...(module.jobs ?? [])]),
  (error) => {
    throw error
  },
)
late.arrive(jobs)
const { app } = await buildServer(services, house)
afterAll(async () => {
  await app.close()
  await jobs.stop()
  services.olap.close()
  await rm(home, { recursive: true, force: true })
})

const supervisor = await cookieOf(db, 'supervisor', testRegions.county)
const elsewhere = await cookieOf(db, 'supervisor', testRegions.elsewhere)
const auditor = await cookieOf(db, 'auditor', testRegions.county)
const unitHead = await cookieOf(db, 'unit-head', testRegions.county)

async function ask(method: 'GET' | 'POST', url: string, payload?: object, cookie = supervisor) {
  const headers = { cookie, 'sec-fetch-site': 'same-origin' }
  const reply = await app.inject({ method, url, headers, ...(payload ? { payload } : {}) })
  return { status: reply.statusCode, body: reply.json() }
}

async function send(name: string, content: Buffer | string) {
  const head = `--x\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from('\r\n--x--\r\n')])
  const headers = {
    'content-type': 'multipart/form-data; boundary=x',
    cookie: supervisor,
    'sec-fetch-site': 'same-origin',
  }
  const reply = await app.inject({ method: 'POST', url: '/api/log-uploads', headers, payload })
  return { status: reply.statusCode, body: reply.json() }
}

async function imported(upload: string, mapping: LogMapping, name: string): Promise<string> {
  const { status, body } = await ask('POST', `/api/log-uploads/${upload}/import`, { name, mapping })
  expect(status).toBe(202)
  await vi.waitFor(
    async () => {
      const job = (await ask('GET', `/api/jobs/${body.job}`)).body
      expect(job.state).toBe('done')
    },
    { timeout: 15_000, interval: 50 },
  )
  return body.log
}

const sheet = (name: string) => ({
  name,
  rows: [
    ['业务流水号', '办了什么', '何时', '谁办的', '申请人'],
    ...Array.from({ length: 40 }, (_, i) => [
      `L${100 + (i >> 2)}`,
      ['受理', '审查', '决定', '送达'][i % 4] as string,
      { n: 45_300 + i / 24, style: 2 },
      `经手${i % 3}`,
      '赵敏',
    ]),
  ],
})

describe('a file that is sent to be looked at', () => {
  it('is surveyed, previewed by one mapping and another, and imported once', async () => {
    const { status, body } = await send('办件.xlsx', workbookOf([sheet('一'), sheet('二')]))
    expect(status).toBe(200)
    expect(body).toMatchObject({
      file: '办件.xlsx',
      format: 'xlsx',
      rows: 40,
      whole: true,
      choice: { kind: 'sheet', chosen: '一', names: ['一', '二'] },
      missing: [],
      mapping: {
        case: '业务流水号',
        activity: '办了什么',
        time: '何时',
        attributes: { exclude: ['申请人'] },
        sheet: '一',
      },
    })
    expect(JSON.stringify(body)).not.toContain('赵敏')
    const { upload, mapping } = body
    const first = await ask('POST', `/api/log-uploads/${upload}/preview`, { mapping })
    expect(first.body).toMatchObject({ counts: { cases: 10, events: 40, activities: 4 }, problems: [], whole: true })
    expect(first.body.cases.length).toBe(5)
    const other = { ...mapping, officer: '谁办的', activity: '谁办的' }
    const refused = await ask('POST', `/api/log-uploads/${upload}/preview`, { mapping: other })
    expect(refused.body.refusal.code).toBe('log.column-twice')
    const hands = { ...mapping, officer: '谁办的', organ: '谁办的' }
    const twice = await ask('POST', `/api/log-uploads/${upload}/preview`, { mapping: hands })
    expect(twice.body.refusal.code).toBe('log.column-twice')
    const second = await ask('POST', `/api/log-uploads/${upload}/preview`, {
      mapping: { ...mapping, officer: '谁办的' },
    })
    expect(second.body.cases[0].events[0]).toMatchObject({ activity: '受理', officer: '经**' })
    const surveyed = await ask('POST', `/api/log-uploads/${upload}/survey`, { sheet: '二' })
    expect(surveyed.body.choice.chosen).toBe('二')

    const log = await imported(upload, mapping, '窗口办件')
    const detail = await ask('GET', `/api/logs/${log}`)
    expect(detail.body).toMatchObject({
      name: '窗口办件',
      summary: { cases: 10, events: 40 },
      imports: [{ file: '办件.xlsx', format: 'xlsx' }],
    })
    const again = await ask('POST', `/api/log-uploads/${upload}/import`, { name: 'x', mapping })
    expect(again.body.refusal.code).toBe('log.upload-gone')
    expect(await readdir(join(home, 'uploads'))).toEqual([])
  })

  it('of objects and events is stored as it was previewed, with the objects’ values as they stood at the end', async () => {
    const links = (...ids: string[]) => ids.map((objectId) => ({ objectId, qualifier: '' }))
    const value = (time: string, amount: number) => ({ name: '金额', time, value: amount })
    const document = {
      objects: [
        { id: 'O1', type: '订单', attributes: [value('1970-01-01T00:00:00Z', 10), value('2024-01-02T09:30:00Z', 20)] },
        { id: 'O2', type: '订单', attributes: [value('1970-01-01T00:00:00Z', 5)] },
      ],
      events: [
        { id: 'e1', type: '下单', time: '2024-01-02T09:00:00Z', relationships: links('O1') },
        { id: 'e2', type: '合并发货', time: '2024-01-02T10:00:00Z', relationships: links('O2', 'O1') },
        { id: 'e3', type: '盘点', time: '2024-01-02T11:00:00Z', relationships: links() },
      ],
    }
    const { body } = await send('订单.jsonocel', JSON.stringify(document))
    expect(body).toMatchObject({ format: 'ocel', mapping: { objectType: '订单' }, choice: { kind: 'objectType' } })
    const log = await imported(body.upload, body.mapping, '订单')
    const detail = await ask('GET', `/api/logs/${log}`)
    expect(detail.body.imports[0]).toMatchObject({ format: 'ocel', rows: { in: 4, used: 3, reported: 1 } })
    const attributes = async (id: string) => (await ask('GET', `/api/logs/${log}/cases/${id}`)).body.attributes
    expect([await attributes('O1'), await attributes('O2')]).toEqual([{ 'case:金额': '20' }, { 'case:金额': '5' }])
  })

  it('that cannot be a log is refused by its own name, and nothing of it is kept', async () => {
    const { status, body } = await send('说明.pdf', '%PDF-1.7')
    expect(status).toBe(415)
    expect(body.refusal.says.zh).toContain('说明.pdf')
    expect(await readdir(join(home, 'uploads'))).toEqual([])
  })

  it('is nobody’s business in another region', async () => {
    const { body } = await send('a.csv', csvOf(4))
    const { status } = await ask('POST', `/api/log-uploads/${body.upload}/survey`, {}, elsewhere)
    expect(status).toBe(403)
  })
})

describe('a stored log that is taken away', () => {
  it('reads back as it is stored, its officers under their marks, and the audit knows who took it', async () => {
    const { body } = await send('a.csv', csvOf(30))
    const log = await imported(body.upload, body.mapping, '办件')
    const get = (format: string, cookie = auditor) =>
      app.inject({ url: `/api/logs/${log}/export.${format}`, headers: { cookie } })
    const csv = await get('csv')
    expect(csv.statusCode).toBe(200)
    expect(csv.body).not.toContain('窗口1')
    const read = async (name: string, content: string, mapping?: LogMapping) => {
      const path = join(home, name)
      await writeFile(path, content)
      const result = await readLog(path, mapping === undefined ? {} : { mapping })
      if (isRefusal(result)) throw new Error(result.says.en)
      return result.log.caseIds.map((_, c) => {
        const { id, attributes, events } = caseView(result.log, c)
        return { id, attributes, events: events.map(({ row: _row, ...event }) => event) }
      })
    }
    const fromCsv = await read('back.csv', csv.body, parse((await get('map.yml')).body))
    expect(await read('back.xes', (await get('xes')).body)).toEqual(fromCsv)
    const shown = await ask('GET', `/api/logs/${log}/cases/C1`)
    const [one] = fromCsv.filter(({ id }) => id === 'C1')
    expect(one?.events.map(({ attributes }) => attributes.officer)).toEqual(
      shown.body.timeline.map(({ officer }: { officer: string }) => officer),
    )
    const audit = await house.trust.store
      .selectFrom('audit_entry')
      .selectAll()
      .where('reason', '=', 'log-exported')
      .execute()
    expect(audit.map(({ route, decision, region }) => [route, decision, region])).toEqual([
      ['GET /api/logs/:id/export.csv', 'allowed', testRegions.county],
      ['GET /api/logs/:id/export.xes', 'allowed', testRegions.county],
    ])
    const events = await db
      .selectFrom('domain_event')
      .select(['kind', 'payload'])
      .where('aggregate_id', '=', log)
      .execute()
    expect(events.filter(({ kind }) => kind === 'log.exported').map(({ payload }) => payload)).toEqual([
      { format: 'csv', cases: 30, events: 82 },
      { format: 'xes', cases: 30, events: 82 },
    ])
    expect((await get('csv', unitHead)).statusCode).toBe(403)
  })
})
