import type { TFunction } from 'i18next'

/** A reference to a node of a law, `LAW#article.paragraph.item`, in its parts; `32-1` is an article inserted after 32. */
export interface Reference {
  readonly law: string
  readonly article: string | null
  readonly paragraph: string | null
  readonly item: string | null
}

/** Reads a reference; anything after the law may be missing. */
export function readReference(reference: string): Reference {
  const [law = '', node = ''] = reference.split('#')
  const [article, paragraph, item] = node.split('.')
  return { law, article: article || null, paragraph: paragraph || null, item: item || null }
}

/** The path of a node's article, after the portal's or the console's own beginning. */
export function articlePath(reference: string): string {
  const { law, article } = readReference(reference)
  const base = `/laws/${encodeURIComponent(law)}`
  return article === null ? base : `${base}/articles/${encodeURIComponent(article)}`
}

const digits = '零一二三四五六七八九'

/** A whole number below 10,000 as a statute writes it: 第四十二条, 第一百零六条. */
export function chineseNumber(value: number): string {
  if (value < 10) return digits[value] ?? String(value)
  if (value < 20) return `十${value % 10 === 0 ? '' : digits[value % 10]}`
  const units = ['', '十', '百', '千']
  const text = String(value)
  let out = ''
  let gap = false
  for (let place = 0; place < text.length; place++) {
    const digit = Number(text[place])
    if (digit === 0) {
      gap = true
      continue
    }
    if (gap) out += '零'
    gap = false
    out += digits[digit] + (units[text.length - 1 - place] ?? '')
  }
  return out
}

/** An article's name as its law writes it: 第三十二条之一, or Article 32-1. */
export function articleName(article: string, t: TFunction, language: string): string {
  if (language === 'en') return t('common:law.article', { article })
  const [main, ...inserted] = article.split('-').map(Number)
  return `第${chineseNumber(main ?? 0)}条${inserted.map((number) => `之${chineseNumber(number)}`).join('')}`
}

/** A node's full name within its law: 第三十二条第一款第四项, or Article 32, paragraph 1, item 4. */
export function nodeName(reference: string, t: TFunction, language: string): string {
  const { article, paragraph, item } = readReference(reference)
  if (article === null) return ''
  const name = articleName(article, t, language)
  if (language === 'en') {
    return [name, paragraph && t('common:law.paragraph', { paragraph }), item && t('common:law.item', { item })]
      .filter(Boolean)
      .join(', ')
  }
  const part = (number: string | null, word: string) =>
    number === null ? '' : `第${chineseNumber(Number(number))}${word}`
  return name + part(paragraph, '款') + part(item, '项')
}
