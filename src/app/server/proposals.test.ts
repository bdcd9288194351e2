import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { netHash } from '../../core/procedure/net-hash.ts'
import { readPnml } from '../../core/procedure/pnml.ts'
import { testDatabase } from '../../kernel/db/test-database.ts'
import { startJobs } from '../../kernel/jobs/jobs.ts'
import { csvOf } from '../../modules/supervise/logs/fixtures/csv.ts'
import { buildServer } from './build-server.ts'
import { compose } from './compose.ts'
import { lateJobs } from './late-jobs.ts'
import { cookieOf, testDirectory, testRegions, testServices } from './test-server.ts'

const db = await testDatabase()
await testDirectory(db, ['supervisor', 'list-officer', 'auditor'])
const home = await mkdtemp(join(tmpdir(), 'daylight-proposals-'))
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
const { app, routes } = await buildServer(services, house)
afterAll(async () => {
  await app.close()
  await jobs.stop()
  services.olap.close()
  await rm(home, { recursive: true, force: true })
})

const supervisor = await cookieOf(db, 'supervisor', testRegions.county)
const keeper = await cookieOf(db, 'list-officer', testRegions.county)

type Body = Record<string, unknown> & {
  readonly refusal?: { readonly code: string; readonly says: { readonly en: string } }
}

async function ask(method: 'GET' | 'POST' | 'PUT', url: string, cookie: string, payload?: object): Promise<Body> {
  const headers = { cookie, 'sec-fetch-site': 'same-origin' }
  const reply = await app.inject({ method, url, headers, ...(payload ? { payload } : {}) })
  return reply.json() as Body
}

/** What a job came to, asked for by the person who started it. */
async function resultOf(started: Body, cookie: string): Promise<Body> {
  const ended = await vi.waitFor(
    async () => {
      const body = await ask('GET', `/api/jobs/${started.job}`, cookie)
      if (body.state === 'waiting' || body.state === 'running') throw new Error(String(body.state))
      return body
    },
    { timeout: 15_000, interval: 50 },
  )
  return (ended.state === 'refused' ? ended : ended.result) as Body
}

let log = ''
beforeAll(async () => {
  const parts = `--x\r\ncontent-disposition: form-data; name="name"\r\n\r\n行政许可办件\r\n--x\r\ncontent-disposition: form-data; name="file"; filename="办件.csv"\r\ncontent-type: text/csv\r\n\r\n${csvOf(40)}\r\n--x--\r\n`
  const reply = await app.inject({
    method: 'POST',
    url: '/api/logs',
    headers: { 'content-type': 'multipart/form-data; boundary=x', cookie: supervisor, 'sec-fetch-site': 'same-origin' },
    payload: parts,
  })
  const started = reply.json() as Body
  await resultOf(started, supervisor)
  log = String(started.log)
})

const discovered = async (body: object = {}): Promise<Body> =>
  await resultOf(await ask('POST', `/api/logs/${log}/discovery`, keeper, body), keeper)

/** What a person sends to save what was discovered. */
const draftOf = ({ name, bpmn, sequence, noise, filter, quality }: Body): object => ({
  name,
  bpmn,
  sequence,
  noise,
  filter,
  quality,
})

describe('a procedure proposed from a log', () => {
  it('comes with its drawing, the cases of each part, and how well it tells them', async () => {
    const proposal = await discovered()
    expect(proposal).toMatchObject({ log, name: '行政许可办件', sequence: 1, noise: 0, filter: null })
    expect(proposal.quality).toMatchObject({ cases: 40, open: 0, fitting: 40, fitness: 1, precision: 1 })
    expect(proposal.bpmn).toContain('BPMNShape')
    expect(Object.values(proposal.cases as object)).toEqual(expect.arrayContaining([40, 30, 10]))
    expect(await ask('GET', '/api/proposals', keeper)).toMatchObject({ total: 0 })
  })
  it('is made from the cases that a filter leaves', async () => {
    expect(await discovered({ filter: { contains: ['审查'] } })).toMatchObject({ quality: { cases: 30 } })
    expect(await discovered({ filter: { contains: ['没有的环节'] } })).toMatchObject({
      refusal: { code: 'discovery.no-cases' },
    })
  })
  it('is found by the keeper of the list, who sees which logs there are and nothing else of them', async () => {
    const { rows } = (await ask('GET', '/api/discovery/logs', keeper)) as { rows?: object[] }
    expect(rows).toEqual([
      { id: log, name: '行政许可办件', region: testRegions.county, cases: 40, events: 110, activities: 3 },
    ])
    expect((await ask('GET', `/api/logs/${log}/cases`, keeper)).refusal?.code).toBe('access.not-permitted')
  })
})

describe('a saved proposal', () => {
  it('keeps its author, log, import and noise, is corrected under a revision, and is never overwritten unseen', async () => {
    const saved = await ask('POST', `/api/logs/${log}/proposals`, keeper, draftOf(await discovered({ noise: 0.1 })))
    expect(saved).toMatchObject({
      log,
      logName: '行政许可办件',
      noise: 0.1,
      sequence: 1,
      revision: 1,
      soundness: 'sound',
    })
    expect(saved.savedBy).not.toBeNull()
    const bpmn = String(saved.bpmn).replace('name="审查"', 'name="审核"')
    const change = { name: '改过的提议', bpmn, revision: 1 }
    const changed = await ask('PUT', `/api/proposals/${saved.id}`, supervisor, change)
    expect(changed).toMatchObject({ name: '改过的提议', revision: 2, bpmn })
    const again = await ask('PUT', `/api/proposals/${saved.id}`, keeper, change)
    expect(again.refusal?.code).toBe('proposal.changed-since')
    expect(await ask('GET', `/api/proposals/${saved.id}`, keeper)).toEqual(changed)
    expect(await ask('GET', '/api/proposals', keeper)).toMatchObject({
      total: 1,
      rows: [{ id: saved.id, revision: 2 }],
    })
    const events = await sql<{ payload: object }>`select payload from domain_event
      where aggregate_kind = 'proposal' and aggregate_id = ${String(saved.id)} order by sequence`.execute(db)
    expect(events.rows.map(({ payload }) => payload)).toEqual([{ revision: 1 }, { revision: 2 }])
  })
  it('is told what is wrong with it, a sentence for each problem, and may be saved nevertheless', async () => {
    const found = await discovered()
    const broken = String(found.bpmn).replace(/exclusiveGateway/g, 'parallelGateway')
    const checked = await ask('POST', '/api/proposals/check', keeper, { bpmn: broken })
    expect(checked.soundness).toBe('sound')
    const half = String(found.bpmn)
      .replace('exclusiveGateway', 'parallelGateway')
      .replace('</bpmn:exclusiveGateway>', '</bpmn:parallelGateway>')
    const said = await ask('POST', '/api/proposals/check', keeper, { bpmn: half })
    expect(said.soundness).toBe('unsound')
    expect((said.says as object[]).length).toBeGreaterThan(0)
    const saved = await ask('POST', `/api/logs/${log}/proposals`, keeper, { ...draftOf(found), bpmn: half })
    expect(saved).toMatchObject({ soundness: 'unsound', says: said.says })
    const compared = await resultOf(
      await ask('POST', `/api/proposals/${saved.id}/comparison`, keeper, { procedure: 'ordinary-permit' }),
      keeper,
    )
    expect(compared.refusal?.code).toBe('discovery.not-sound')
    expect((await ask('POST', '/api/proposals/check', keeper, { bpmn: '<a/>' })).refusal?.code).toBe(
      'procedure.not-bpmn',
    )
  })
  it('is compared with a listed procedure, with the cases that follow each', async () => {
    const saved = await ask('POST', `/api/logs/${log}/proposals`, keeper, draftOf(await discovered()))
    const question = { procedure: 'ordinary-permit' }
    const told = await resultOf(
      await ask('POST', `/api/proposals/${saved.id}/comparison`, supervisor, question),
      supervisor,
    )
    expect(told).toMatchObject({
      procedure: 'ordinary-permit',
      practice: { cases: 40, fitting: 40 },
      law: { cases: 40 },
    })
    const { duties, says } = told as unknown as {
      duties: { activity: string; lackedBy: number }[]
      says: { duties: (object | null)[] }
    }
    expect(duties.length).toBeGreaterThan(1)
    expect(says.duties.length).toBe(duties.length)
    expect(duties.every(({ lackedBy }) => lackedBy >= 0 && lackedBy <= 40)).toBe(true)
    const unknown = await ask('POST', `/api/proposals/${saved.id}/comparison`, keeper, { procedure: 'no-such' })
    expect((await resultOf(unknown, keeper)).refusal?.code).toBe('log.procedure-unknown')
  })
  it('is taken along as PNML that reads back as its net', async () => {
    const saved = await ask('POST', `/api/logs/${log}/proposals`, keeper, draftOf(await discovered()))
    const reply = await app.inject({ url: `/api/proposals/${saved.id}/net.pnml`, headers: { cookie: keeper } })
    const net = readPnml(reply.body)
    if ('kind' in net) throw new Error(net.says.en)
    expect(net.transitions.flatMap(({ label }) => label ?? []).sort()).toEqual(['准予许可', '受理', '审查'].sort())
  })
})

describe('a listed procedure', () => {
  it('is taken along as PNML, by anyone, as the very net that judges', async () => {
    const listed = await app.inject({ url: '/api/procedures/ordinary-permit' })
    const reply = await app.inject({ url: '/api/procedures/ordinary-permit/net.pnml' })
    expect(reply.headers['content-disposition']).toContain('ordinary-permit.pnml')
    const net = readPnml(reply.body)
    if ('kind' in net) throw new Error(net.says.en)
    const hash = netHash(net, (text) => createHash('sha256').update(text).digest('hex'))
    expect(hash).toBe((listed.json() as Body).netHash)
    expect((await app.inject({ url: '/api/procedures/nothing/net.pnml' })).statusCode).toBe(409)
  })
})

describe('no route', () => {
  it('makes a proposal a procedure: none that changes proposals names one, and the packs stay as they are', async () => {
    const before = await readdir(join(services.packs, 'procedures'))
    const changing = routes.filter(
      ({ method, url }) => method !== 'GET' && method !== 'HEAD' && /proposal|discovery/.test(url),
    )
    expect(changing.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([
      'POST /api/logs/:id/discovery',
      'POST /api/logs/:id/proposals',
      'POST /api/proposals/:proposal/comparison',
      'POST /api/proposals/check',
      'PUT /api/proposals/:proposal',
    ])
    const saved = await ask('POST', `/api/logs/${log}/proposals`, keeper, draftOf(await discovered()))
    const listed = (await ask('GET', '/api/procedures', keeper)) as { rows?: { procedure: string }[] }
    expect(listed.rows?.map(({ procedure }) => procedure).sort()).toEqual(
      before.filter((name) => !name.includes('.')).sort(),
    )
    for (const procedure of [String(saved.id), 'proposal', String(saved.name)]) {
      const judged = await ask('POST', `/api/logs/${log}/conformance`, supervisor, { procedure })
      expect((await resultOf(judged, supervisor)).refusal?.code).toBe('log.procedure-unknown')
    }
    expect(await readdir(join(services.packs, 'procedures'))).toEqual(before)
  })
})
