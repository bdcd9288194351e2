import { describe, expect, it } from 'vitest'
import { logTo } from './log.ts'

const lines = (write: (log: ReturnType<typeof logTo>) => void): Record<string, unknown>[] => {
  const written: string[] = []
  write(logTo({ write: (line) => void written.push(line) }))
  return written.map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('the log', () => {
  it('is one JSON object a line, with level, time and facts', () => {
    const [line] = lines((log) => log.info({ cases: 7 }, 'log imported'))
    expect(line).toMatchObject({ level: 'info', cases: 7, msg: 'log imported' })
    expect(line?.time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
  })

  it('keeps of an error where it arose, and none of the values in its message', () => {
    const cause = Object.assign(new Error('Key (name)=(王小明) exists'), { code: '23505', detail: '王小明' })
    const error = new Error('cannot store "wang@example.org" of 王小明, 110101199003074514', { cause })
    const text = JSON.stringify(lines((log) => log.error({ error }, 'bug')))
    expect(text).toContain('log.test.ts')
    expect(text).toContain('23505')
    for (const value of ['王小明', 'wang@', '110101199003074514']) expect(text).not.toContain(value)
  })
})
