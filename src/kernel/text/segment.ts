import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'

let loaded: Jieba | null = null

/** The dictionary takes a sixth of a second to load: only a process that cuts text pays for it. */
const jieba = (): Jieba => {
  loaded ??= Jieba.withDict(dict)
  return loaded
}

const WORD = /[\p{L}\p{N}]/u
const clean = (words: readonly string[]): string[] =>
  words.map((word) => word.trim().toLowerCase()).filter((word) => WORD.test(word) && word.length <= 64)

/** The words of a text as an index holds them: long words together with the shorter words inside them. */
export const wordsForIndex = (text: string): string[] => clean(jieba().cutForSearch(text, true))

/** The words of what somebody searches for. */
export const wordsOfQuery = (text: string): string[] => [...new Set(clean(jieba().cutForSearch(text, true)))]

const quoted = (word: string): string => `'${word.replace(/\\/g, '\\\\').replace(/'/g, "''")}'`

/** The words as the text of a PostgreSQL `tsvector`, with their places, so that no parser of PostgreSQL's cuts them anew. */
export function vectorText(words: readonly string[]): string {
  const places = new Map<string, number[]>()
  words.forEach((word, index) => {
    const found = places.get(word)
    if (found === undefined) places.set(word, [index + 1])
    else if (found.length < 255 && index < 16_383) found.push(index + 1)
  })
  return [...places].map(([word, at]) => `${quoted(word)}:${at.map((place) => Math.min(place, 16_383))}`).join(' ')
}

/** The words as the text of a PostgreSQL `tsquery` that asks for all of them; null where there is none. */
export const queryText = (words: readonly string[]): string | null =>
  words.length === 0 ? null : words.map(quoted).join(' & ')
