import { beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../kernel/db/test-database.ts'
import { cookieIn, password, signInDesk } from './test-sign-in.ts'

const db = await testDatabase()
const desk = await signInDesk(db)
const { store, lines, signIn, server } = desk
beforeEach(() => desk.clear())

describe('what is kept of it all', () => {
  const auditOf = async (cookie: string, query = '') =>
    (await server.app.inject({ url: `/api/audit${query}`, headers: { cookie } })).json() as {
      rows: Record<string, unknown>[]
      total: number
      next: string | null
    }

  test('sign-ins, sign-outs and refusals are in the audit, newest first, page by page', async () => {
    const cookie = cookieIn(await signIn('auditor', password))
    const clerk = cookieIn(await signIn('two', password))
    await server.app.inject({ url: '/api/audit', headers: { cookie: clerk } })
    const { rows, total } = await auditOf(cookie, '?limit=3')
    expect(rows.map(({ officer, route, decision, reason }) => ({ officer, route, decision, reason }))).toEqual([
      { officer: 'two', route: 'GET /api/audit', decision: 'denied', reason: 'access.not-permitted' },
      { officer: 'two', route: 'POST /api/session', decision: 'allowed', reason: 'signed-in' },
      { officer: 'auditor', route: 'POST /api/session', decision: 'allowed', reason: 'signed-in' },
    ])
    const paged: unknown[] = []
    let cursor = ''
    for (;;) {
      const page = await auditOf(cookie, `?limit=7${cursor}`)
      paged.push(...page.rows)
      expect(page.total).toBe(total)
      if (page.next === null) break
      cursor = `&cursor=${page.next}`
    }
    expect(paged).toHaveLength(total)
    const denied = await auditOf(cookie, '?decision=denied&limit=500')
    expect(denied.total).toBe(denied.rows.length)
    expect(denied.total).toBeLessThan(total)
  })

  test('the audit cannot be changed or emptied', async () => {
    await expect(store.updateTable('audit_entry').set({ reason: 'nothing' }).execute()).rejects.toThrow('never changed')
    await expect(store.deleteFrom('audit_entry').execute()).rejects.toThrow('never taken back')
  })

  test('no password, name, address or search is in the log', async () => {
    const cookie = cookieIn(await signIn('one', password, { remoteAddress: '10.9.8.7' }))
    await signIn('one', 'mistyped-secret', { remoteAddress: '10.9.8.7' })
    await server.app.inject({ url: '/api/officers?organ=town&under=99/9901', headers: { cookie } })
    await server.app.inject({ url: '/api/nothing/欧阳小明?q=欧阳', headers: { cookie } })
    const text = lines.join('')
    expect(lines.length).toBeGreaterThanOrEqual(4)
    expect(text).toContain('"officer":"one"')
    expect(text).toContain('"route":"/api/officers"')
    for (const secret of [
      password,
      'mistyped',
      '欧阳',
      encodeURIComponent('欧阳'),
      '10.9.8.7',
      'organ=town',
      cookie.split('=')[1] ?? '?',
    ]) {
      expect(text).not.toContain(secret)
    }
  })
})
