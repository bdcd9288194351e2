import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { isRefusal } from '../../../core/refusal/refusal.ts'
import { holderOf, lockHome } from './home-lock.ts'
import { longestSocketPath, socketFolderFor } from './socket-folder.ts'

const base = mkdtempSync(join(tmpdir(), 'daylight-lock-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))
const newHome = (): string => mkdtempSync(join(base, 'home-'))

describe('the lock of a home folder', () => {
  it('is held by one, and free again after', async () => {
    const home = newHome()
    const lock = await lockHome(home, 'serve')
    if (isRefusal(lock)) throw new Error(lock.says.en)
    expect((await holderOf(home))?.pid).toBe(process.pid)
    const second = await lockHome(home, 'serve')
    expect(isRefusal(second) && second.code).toBe('home.in-use')
    await lock.release()
    expect(await holderOf(home)).toBeNull()
    expect(isRefusal(await lockHome(home, 'visit'))).toBe(false)
  })

  it.each([
    ['of a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1, start: '1', role: 'serve' })],
    ['whose number another process has now', JSON.stringify({ pid: process.pid, start: '1', role: 'serve' })],
    ['that was cut off while it was written', '{"pid":'],
    ['that is empty', ''],
  ])('%s is taken over', async (_what, text) => {
    const home = newHome()
    writeFileSync(join(home, 'lock.json'), text)
    expect(isRefusal(await lockHome(home, 'serve'))).toBe(false)
    expect(readdirSync(home)).toEqual(['lock.json'])
  })

  it('goes to exactly one of many that ask at once over a dead holder', async () => {
    for (let round = 0; round < 20; round += 1) {
      const home = newHome()
      writeFileSync(join(home, 'lock.json'), JSON.stringify({ pid: 2 ** 22 + 1, start: '1', role: 'serve' }))
      const answers = await Promise.all(Array.from({ length: 8 }, () => lockHome(home, 'serve')))
      expect(answers.filter((answer) => !isRefusal(answer))).toHaveLength(1)
      expect(existsSync(join(home, 'lock.json'))).toBe(true)
    }
  })
})

describe('the folder of the socket', () => {
  it('is in the home where the path is short enough, else in a short place of this user and this home', () => {
    expect(socketFolderFor('/srv/daylight', 1000)).toBe('/srv/daylight/run')
    const deep = `/srv/${'x'.repeat(120)}`
    const elsewhere = socketFolderFor(deep, 1000, '/tmp')
    expect(elsewhere).toMatch(/^\/tmp\/daylight-1000-[0-9a-f]{12}$/)
    expect(socketFolderFor(`${deep}y`, 1000, '/tmp')).not.toBe(elsewhere)
    expect(socketFolderFor(deep, 1001, '/tmp')).not.toBe(elsewhere)
  })

  it('counts bytes, not characters', () => {
    const chinese = `/srv/${'阳光用权'.repeat(8)}`
    expect(chinese.length).toBeLessThan(longestSocketPath - 20)
    expect(socketFolderFor(chinese, 1000, '/tmp')).toMatch(/^\/tmp\//)
  })
})
