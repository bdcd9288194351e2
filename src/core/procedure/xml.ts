import { SaxesParser } from 'saxes'
import { type Refusal, refuse } from '../refusal/refusal.ts'

/** One element of an XML document: local name and namespace, its unprefixed attributes, children in order, its own text. */
export interface XmlElement {
  readonly name: string
  /** Empty where the document declares none. */
  readonly namespace: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  readonly text: string
  /** 1-based line where the element opens. */
  readonly row: number
}

const maxCharacters = 16_000_000
const maxDepth = 200
const maxElements = 500_000

interface Open {
  name: string
  namespace: string
  attributes: Map<string, string>
  children: Open[]
  text: string
  row: number
}

/** Stops the parser at the first reason to refuse. */
class Stop extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/**
 * Parses an XML document into a tree. A document type or entity declaration is refused (it could reach outside or grow
 * without end), and so are documents that are broken, cut short, too large or too deep.
 */
export function parseXml(text: string, file = 'XML'): XmlElement | Refusal {
  if (text.length > maxCharacters) return refuse('xml.too-large', { file, limit: maxCharacters }, { place: { file } })
  const parser = new SaxesParser({ xmlns: true })
  const stack: Open[] = []
  let root: Open | undefined
  let elements = 0
  const at = (): { place: { file: string; row: number } } => ({ place: { file, row: parser.line } })
  parser.on('doctype', () => {
    throw new Stop(refuse('xml.doctype', { file }, at()))
  })
  parser.on('error', (error) => {
    throw new Stop(
      refuse('xml.broken', { file, row: parser.line, why: error.message.replace(/^\S*\d+:\d+:\s*/, '') }, at()),
    )
  })
  parser.on('opentag', (tag) => {
    elements += 1
    if (elements > maxElements) throw new Stop(refuse('xml.too-large', { file, limit: maxElements }, at()))
    if (stack.length >= maxDepth) throw new Stop(refuse('xml.too-deep', { file, limit: maxDepth }, at()))
    const attributes = new Map<string, string>()
    for (const { local, prefix, value } of Object.values(tag.attributes))
      if (prefix === '') attributes.set(local, value)
    const open: Open = { name: tag.local, namespace: tag.uri, attributes, children: [], text: '', row: parser.line }
    stack.at(-1)?.children.push(open)
    root ??= open
    stack.push(open)
  })
  parser.on('closetag', () => {
    stack.pop()
  })
  const addText = (piece: string): void => {
    const open = stack.at(-1)
    if (open) open.text += piece
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  try {
    parser.write(text).close()
  } catch (error) {
    if (error instanceof Stop) return error.refusal
    throw error
  }
  return root ?? refuse('xml.broken', { file, row: 1, why: 'no element' }, { place: { file, row: 1 } })
}

/** The first child of a name. */
export const childOf = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((child) => child.name === name)

/**
 * Decodes the bytes of an XML document by its byte order mark, else by the encoding that its declaration names, else as
 * UTF-8. A byte that the encoding does not know is refused.
 */
export function decodeXml(bytes: Uint8Array, file = 'XML'): string | Refusal {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const declared = /^<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']/.exec(head)?.[1]
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined
  const label = mark ?? declared ?? 'utf-8'
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return refuse('xml.encoding', { file, encoding: label }, { place: { file } })
  }
}
