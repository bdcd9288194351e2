import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { refusalCodes } from './codes.ts'
import { isRefusal, refuse } from './refusal.ts'

const source = join(import.meta.dirname, '../..')
const codes = Object.entries(refusalCodes)

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.endsWith(join('refusal', 'codes.ts')))
  .map((path) => ({ path, text: readFileSync(join(source, path), 'utf8') }))
const program = files.map(({ text }) => text).join('\n')

/** Codes as they are written out, and the fixed beginnings of those that are put together: `sign-in.too-many-${kind}`. */
const written = new Set([...program.matchAll(/['`"]([a-z][a-z0-9-]*\.[a-z][a-z0-9.-]*)['`"]/g)].map(([, code]) => code))
const beginnings = [...program.matchAll(/`([a-z][a-z0-9-]*\.[a-z0-9.-]*)\$\{/g)].map(([, beginning]) => beginning ?? '')

describe('every refusal', () => {
  test('stands in a list that this test really reads', () => {
    expect(codes.length).toBeGreaterThan(40)
    expect(files.length).toBeGreaterThan(80)
    expect(files.map(({ path }) => path)).toContain(join('kernel', 'http', 'errors.ts'))
  })

  test.each(codes)('%s says in both languages what happened and what to do', (code, { says, next, status }) => {
    expect(code).toMatch(/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/)
    for (const { zh, en } of [says, next]) {
      expect(zh).toMatch(/\p{Script=Han}/u)
      // A sentence ends as one, or in a place that a sentence fills.
      expect(zh).toMatch(/[。？}]$/)
      expect(en).toMatch(/^[A-Z“{`][\s\S]{9,}[.?}]$/)
      // English may quote Chinese, but is not Chinese.
      expect(en.match(/[a-z]/g)?.length ?? 0).toBeGreaterThan(2 * (en.match(/\p{Script=Han}/gu)?.length ?? 0) + 9)
    }
    expect(status).toBeGreaterThanOrEqual(400)
  })

  test.each(codes)('%s fills the same facts in both languages', (_code, { says, next }) => {
    const facts = (text: string): string[] =>
      [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([place]) => place))].sort()
    expect(facts(says.en)).toEqual(facts(says.zh))
    expect(facts(next.en)).toEqual(facts(next.zh))
  })

  test('says something of its own: no two codes have the same sentences', () => {
    const sentences = codes.map(([, { says, next }]) => `${says.zh}${next.zh}`)
    expect(sentences.filter((sentence, index) => sentences.indexOf(sentence) !== index)).toEqual([])
  })

  test('is given somewhere in the program', () => {
    const unused = codes
      .map(([code]) => code)
      .filter((code) => !written.has(code) && !beginnings.some((start) => code.startsWith(start)))
    expect(unused).toEqual([])
  })

  test('that the program gives is listed', () => {
    const given = [...program.matchAll(/\brefuse\(\s*['`"]([^'`"$]+)['`"]/g)].map(([, code]) => code ?? '')
    expect(given.length).toBeGreaterThan(40)
    expect([...new Set(given)].filter((code) => !(code in refusalCodes))).toEqual([])
  })

  test('fills the places of its sentences, and leaves an unknown place as it is', () => {
    const refusal = refuse('input.unreadable', { file: 'a.csv' }, { place: { file: 'a.csv', row: 2 } })
    expect(refusal.says.zh).toBe('读不了 a.csv：{why}。')
    expect(refusal.place).toEqual({ file: 'a.csv', row: 2 })
    expect(isRefusal(refusal)).toBe(true)
    expect([null, undefined, 'refusal', {}, { kind: 'other' }].some(isRefusal)).toBe(false)
  })
})
