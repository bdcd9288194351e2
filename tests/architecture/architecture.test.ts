import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { dependencyBreaches } from './dependency-rule.ts'
import { impurities } from './purity.ts'
import { importsOf, readSources, type Source } from './sources.ts'

const root = join(import.meta.dirname, '../..')
const sources = readSources(root, ['src', 'web', 'verify', 'bin', 'tests', 'bench'])
const planted = readSources(join(import.meta.dirname, 'fixtures/house'), ['src', 'web', 'verify'])
const inFolder = (folder: string): readonly Source[] => sources.filter(({ path }) => path.startsWith(`${folder}/`))

/** Longest file in lines, and what is longer for a reason. */
const mostLines = 400
const longer = new Set([
  // All refusals in one list: a code can be found, and never given twice.
  'src/core/refusal/codes.ts',
])
const tooLong = (files: readonly Source[]): string[] =>
  files.filter(({ path, text }) => text.split('\n').length > mostLines && !longer.has(path)).map(({ path }) => path)

describe('the dependency rule core ← kernel ← modules ← app', () => {
  it('was held against all files of the house', () => {
    for (const [folder, least] of [
      ['src/core', 40],
      ['src/kernel', 60],
      ['src/modules', 30],
      ['src/app', 15],
      ['web', 40],
    ] as const) {
      expect([folder, inFolder(folder).length >= least]).toEqual([folder, true])
    }
    expect(sources.flatMap(importsOf).length).toBeGreaterThan(500)
  })

  it('holds', () => {
    expect(dependencyBreaches(sources)).toEqual([])
  })

  it('is seen to be broken where a breach is planted, and only there', () => {
    expect(dependencyBreaches(planted)).toEqual([
      'src/core/law/reads-file.ts → node:fs: the core only computes',
      'src/core/law/reads-store.ts → ../../kernel/db/store.ts: it looks up',
      'src/kernel/db/asks-module.ts → ../../modules/list/laws.ts: it looks up',
      'src/modules/remedy/asks-app.ts → ../../app/compose.ts: it looks up',
      'src/modules/remedy/asks-list.ts → ../list/laws.ts: a module never imports a module',
      'verify/reads-source.ts → ../src/core/law/article.ts: it stands apart from src',
      'web/app/reads-source.ts → ../../src/core/law/article.ts: it stands apart from src',
    ])
  })
})

describe('the core', () => {
  it('is a function of its input: no clock, no dice, nothing outside', () => {
    expect(impurities(sources)).toEqual([])
  })

  it('is seen to read the clock and throw dice where that is planted', () => {
    expect(impurities(planted)).toEqual([
      'src/core/law/reads-clock.ts: Date.now',
      'src/core/law/reads-clock.ts: new Date()',
      'src/core/law/reads-clock.ts: Math.random',
    ])
  })
})

describe('a file', () => {
  it(`has at most ${mostLines} lines`, () => {
    expect(tooLong(sources)).toEqual([])
  })

  it('of more lines is noticed', () => {
    expect(tooLong([{ path: 'src/core/long.ts', text: 'x\n'.repeat(mostLines) }])).toEqual(['src/core/long.ts'])
  })
})

describe('places and organs', () => {
  interface Named {
    readonly name: { readonly zh: string; readonly en: string }
  }
  const pack = (file: string): unknown => parse(readFileSync(join(root, 'packs/example', file), 'utf8'))
  const regions = (pack('regions.yml') as { regions: readonly Named[] }).regions
  const organs = (pack('organs.yml') as { organs: readonly Named[] }).organs
  const names = [...regions, ...organs].flatMap(({ name }) => [name.zh, name.en])
  const code = sources.filter(({ path }) => /^(?:src|web|verify)\//.test(path) && !/\.test\.tsx?$/.test(path))
  const naming = (files: readonly Source[]): string[] =>
    files.flatMap(({ path, text }) => names.filter((name) => text.includes(name)).map((name) => `${path}: ${name}`))

  it('are content: no code names one', () => {
    expect(names.length).toBeGreaterThan(100)
    expect(naming(code)).toEqual([])
  })

  it('in code are noticed', () => {
    expect(naming([{ path: 'src/x.ts', text: `const home = '${names[0]}'` }])).toEqual([`src/x.ts: ${names[0]}`])
  })
})
