import { describe, expect, it } from 'vitest'
import { storeRefusal } from './store-refusal.ts'

const failing = (facts: object): string | null => storeRefusal(Object.assign(new Error('x'), facts))?.code ?? null

describe('what a failing store means to a person', () => {
  it.each([
    ['PostgreSQL has no room', { code: '53100' }, 'disk.full'],
    ['a file has no room', { code: 'ENOSPC' }, 'disk.full'],
    ['the server is stopping', { code: '57P01' }, 'database.went-away'],
    ['the connection broke', { code: '08006' }, 'database.went-away'],
    ['the socket is gone', { code: 'ENOENT', syscall: 'connect' }, 'database.went-away'],
    ['the server was killed', { message: 'Connection terminated unexpectedly' }, 'database.went-away'],
    ['a file is missing', { code: 'ENOENT', syscall: 'open' }, null],
    ['a row is there already', { code: '23505' }, null],
    ['anything else', {}, null],
  ])('%s', (_what, facts, code) => {
    expect(failing(facts)).toBe(code)
  })
})
