import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { refuse } from '../../../core/refusal/refusal.ts'
import { Stopped } from '../stopped.ts'
import type { ZipFile } from './zip-file.ts'

/** What a reader of a part wants to hear; names come without their prefix. */
export interface PartListener {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
  /** Called between two pieces: false ends the reading early. */
  more?(): boolean
}

const local = (name: string): string => {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

const DEPTH = 64

/**
 * Reads one XML part of a workbook in pieces. A DTD, deep nesting, text that is no UTF-8, markup without end and broken
 * XML throw Stopped with the part and its line; `textLimit` bounds a piece of text in characters.
 */
export async function readPart(zip: ZipFile, part: string, textLimit: number, listener: PartListener): Promise<void> {
  const file = `${zip.file} › ${part}`
  const parser = new SaxesParser({ xmlns: false, fragment: false })
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const stop = (code: 'log.xml-broken' | 'log.xml-doctype' | 'log.xml-deep', facts: object): Stopped =>
    new Stopped(refuse(code, { file, row: parser.line, ...facts }, { place: { file: zip.file } }))
  let depth = 0
  let quiet = 0
  parser.on('error', (error) => {
    throw stop('log.xml-broken', { why: error.message.replace(/^(undefined|\d+):\d+: /, '') })
  })
  parser.on('doctype', () => {
    throw stop('log.xml-doctype', {})
  })
  parser.on('opentag', (tag: SaxesTagPlain) => {
    quiet = 0
    if (++depth > DEPTH) throw stop('log.xml-deep', { limit: DEPTH })
    listener.open?.(local(tag.name), tag.attributes)
  })
  parser.on('closetag', (tag: SaxesTagPlain) => {
    quiet = 0
    depth--
    listener.close?.(local(tag.name))
  })
  if (listener.text !== undefined) parser.on('text', (text) => listener.text?.(text))
  if (listener.text !== undefined) parser.on('cdata', (text) => listener.text?.(text))

  const decode = (chunk?: Buffer): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
    } catch {
      throw stop('log.xml-broken', { why: 'not UTF-8' })
    }
  }
  for await (const chunk of zip.chunks(part)) {
    quiet += chunk.length
    if (quiet > textLimit + chunk.length) throw stop('log.xml-broken', { why: 'markup without end' })
    parser.write(decode(chunk))
    if (listener.more?.() === false) return
  }
  parser.write(decode())
  parser.close()
}
