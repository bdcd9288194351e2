import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const packs = join(import.meta.dirname, '..', 'packs', 'translations')
const app = join(import.meta.dirname, 'app')

type Tree = { readonly [key: string]: string | Tree }

/** Every text of a language as `namespace:path.to.key`. */
function textsOf(language: string): Map<string, string> {
  const texts = new Map<string, string>()
  const walk = (tree: Tree, path: string): void => {
    for (const [key, value] of Object.entries(tree)) {
      const at = path.endsWith(':') ? path + key : `${path}.${key}`
      if (typeof value === 'string') texts.set(at, value)
      else walk(value, at)
    }
  }
  for (const file of readdirSync(join(packs, language))) {
    walk(JSON.parse(readFileSync(join(packs, language, file), 'utf8')), `${file.replace('.json', '')}:`)
  }
  return texts
}

const plain = (key: string): string => key.replace(/_(?:one|other)$/, '')
const zh = textsOf('zh-CN')
const en = textsOf('en')
const zhKeys = new Set([...zh.keys()].map(plain))
const enKeys = new Set([...en.keys()].map(plain))

/** The keys that the source asks for: whole ones, and the beginnings of those that end in a value. */
function asked(): { readonly whole: Set<string>; readonly beginnings: Set<string> } {
  const whole = new Set<string>()
  const beginnings = new Set<string>()
  for (const name of readdirSync(app, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(name) || name.includes('generated')) continue
    const source = readFileSync(join(app, name), 'utf8')
    const own = /useTranslation\('(\w+)'\)/.exec(source)?.[1] ?? 'common'
    const full = (key: string): string => (key.includes(':') ? key : `${own}:${key}`)
    // t('key'), t(condition ? 'key' : 'other'), and keys kept in a list as { key: 'nav.powers' }
    for (const [, call] of source.matchAll(/\bt\(\s*((?:[^()`,]|\([^()]*\))*?)\s*[,)]/g)) {
      for (const [, key] of (call ?? '').matchAll(/(?<!=== )'([a-z][\w.:-]*)'/g)) whole.add(full(key ?? ''))
    }
    for (const [, key] of source.matchAll(/\bkey: '((?:(?:console:)?[a-z][\w-]*\.)+[\w-]+)'/g))
      whole.add(full(key ?? ''))
    for (const [, key] of source.matchAll(/\bt\(\s*`([^`$]*)\$\{/g)) beginnings.add(full(key ?? ''))
  }
  return { whole, beginnings }
}

describe('the texts of the interface', () => {
  it('are there in both languages, key for key', () => {
    expect(zhKeys.size).toBeGreaterThan(150)
    expect([...zhKeys].filter((key) => !enKeys.has(key))).toEqual([])
    expect([...enKeys].filter((key) => !zhKeys.has(key))).toEqual([])
  })
  it('fill the same places in both languages', () => {
    const places = (text: string): string =>
      [...text.matchAll(/\{\{(\w+)\}\}/g)]
        .map(([, name]) => name)
        .sort()
        .join()
    const differing = [...zh].filter(([key, text]) => {
      const other = en.get(key)
      return other !== undefined && places(other) !== places(text)
    })
    expect(differing.map(([key]) => key)).toEqual([])
  })
  it('are Chinese in zh-CN and without Chinese in en', () => {
    const han = /[\u4e00-\u9fff]/
    const exempt = new Set(['common:other-language'])
    expect([...en].filter(([key, text]) => han.test(text) && !exempt.has(key)).map(([key]) => key)).toEqual([])
    const names = new Set(['common:other-language'])
    expect(
      [...zh]
        .filter(
          ([key, text]) => !han.test(text) && /[a-z]{4}/i.test(text.replace(/\{\{\w+\}\}/g, '')) && !names.has(key),
        )
        .map(([key]) => key),
    ).toEqual([])
  })
  it('are none missing that a page asks for, and none kept that no page asks for', () => {
    const { whole, beginnings } = asked()
    expect(whole.size).toBeGreaterThan(100)
    expect([...whole].filter((key) => !zhKeys.has(key))).toEqual([])
    const used = (key: string) => whole.has(key) || [...beginnings].some((start) => key.startsWith(start))
    expect([...zhKeys].filter((key) => !used(key))).toEqual([])
  })
})
