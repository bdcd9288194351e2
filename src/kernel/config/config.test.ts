import { totalmem } from 'node:os'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '../../core/refusal/refusal.ts'
import { type Config, programFolder, readConfig } from './config.ts'

const read = (env: Record<string, string>): Config => {
  const config = readConfig(env)
  if (isRefusal(config)) throw new Error(config.says.en)
  return config
}

describe('the settings of a deployment', () => {
  it('have defaults that serve a newcomer on this machine only', () => {
    expect(read({})).toMatchObject({
      home: `${programFolder}/.daylight`,
      host: '127.0.0.1',
      port: 8080,
      zone: 'Asia/Shanghai',
      databaseUrl: null,
      packs: `${programFolder}/packs`,
      example: true,
    })
  })

  it('come from the environment', () => {
    const env = { DAYLIGHT_HOME: '/srv/d', PORT: '0', DAYLIGHT_ZONE: 'Asia/Urumqi', DATABASE_URL: 'postgres://u:p@h/d' }
    expect(read(env)).toMatchObject({ home: '/srv/d', port: 0, zone: 'Asia/Urumqi', databaseUrl: 'postgres://u:p@h/d' })
  })

  it('give the judging of a log a share of the machine, and a time', () => {
    const { threads, memory, budget } = read({})
    expect(threads).toBeGreaterThan(0)
    expect(memory).toBeGreaterThan(0)
    expect(memory * 2 ** 20).toBeLessThanOrEqual(totalmem() / 4)
    expect(budget).toBe(600)
    expect(read({ DAYLIGHT_THREADS: '3', DAYLIGHT_MEMORY: '512', DAYLIGHT_BUDGET: '60' })).toMatchObject({
      threads: 3,
      memory: 512,
      budget: 60,
    })
  })

  it('say how large a log may be that is held in memory', () => {
    expect(read({}).inMemoryEvents).toBe(3_000_000)
    expect(read({ DAYLIGHT_IN_MEMORY_EVENTS: '1000' }).inMemoryEvents).toBe(1000)
    expect(readConfig({ DAYLIGHT_IN_MEMORY_EVENTS: '-1' })).toMatchObject({ code: 'config.bad-value' })
  })

  it('treat an empty value as none', () => {
    expect(read({ PORT: ' ', DATABASE_URL: '' })).toMatchObject({ port: 8080, databaseUrl: null })
  })

  it.each([
    ['PORT', '65536'],
    ['PORT', '80a'],
    ['DAYLIGHT_ZONE', 'Mars/Olympus'],
    ['DATABASE_URL', 'mysql://u:secret@h/d'],
    ['DAYLIGHT_EXAMPLE', 'maybe'],
    ['DAYLIGHT_THREADS', '0'],
    ['DAYLIGHT_MEMORY', '2 GB'],
    ['DAYLIGHT_BUDGET', '-1'],
  ])('refuse %s=%s, and name the variable', (name, value) => {
    const answer = readConfig({ [name]: value })
    expect(isRefusal(answer) && answer.code).toBe('config.bad-value')
    expect(isRefusal(answer) && answer.says.en).toContain(name)
  })

  it('never show the password of a database', () => {
    expect(JSON.stringify(readConfig({ DATABASE_URL: 'mysql://u:secret@h/d' }))).not.toContain('secret')
  })
})
