import { writeNumeral } from './numeral.ts'

/** Which piece of which law: `law` is a pack's id, a full or a short title. */
export interface LawReference {
  readonly law: string
  /** `32.1.4`; null for the law as a whole. */
  readonly address: string | null
  /** True for `32(4)`: the paragraph is not named, it is whichever of the article holds that item. */
  readonly anyParagraph: boolean
}

const ADDRESS = /^[a-z0-9~-]+(?:\.[a-z0-9~-]+)*$/
const ITEM_OF_ARTICLE = /^(\d+(?:-\d+)?)[（(](\d+)[）)]$/

/** Reads `LAW#article.paragraph.item`, `LAW#32-1`, `LAW#32(4)` or `LAW`; null where the text is no such reference. */
export function readReference(text: string): LawReference | null {
  const [law, address, ...more] = text.trim().split('#')
  if (law === undefined || law.trim() === '' || law.length > 200 || more.length > 0) return null
  if (address === undefined) return { law: law.trim(), address: null, anyParagraph: false }
  const plain = address.trim()
  const item = ITEM_OF_ARTICLE.exec(plain)
  if (item !== null) return { law: law.trim(), address: `${item[1]}.${item[2]}`, anyParagraph: true }
  return plain.length <= 80 && ADDRESS.test(plain) ? { law: law.trim(), address: plain, anyParagraph: false } : null
}

/** Writes a reference as readReference reads it. */
export const writeReference = (law: string, address: string | null): string =>
  address === null ? law : `${law}#${address}`

/** An address as it is cited in Chinese: `32.1.4` → 第三十二条第一款第四项; null for what is not cited by count. */
export function citeAddress(address: string): string | null {
  const match = /^(\d+)(?:-(\d+))?(?:\.(\d+))?(?:\.(\d+))?(?:\.(\d+))?$/.exec(address)
  if (match === null) return null
  const [article, inserted, paragraph, item, point] = match.slice(1)
  const count = (value: string | undefined, unit: string): string =>
    value === undefined ? '' : `第${writeNumeral(Number(value))}${unit}`
  return (
    count(article, '条') +
    (inserted === undefined ? '' : `之${writeNumeral(Number(inserted))}`) +
    count(paragraph, '款') +
    count(item, '项') +
    count(point, '目')
  )
}
