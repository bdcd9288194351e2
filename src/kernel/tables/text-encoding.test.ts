import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gb18030, utf16 } from './fixtures/encode.ts'
import { Stopped } from './stopped.ts'
import { type TextEncoding, utf8Text } from './text-encoding.ts'

async function* cut(bytes: Buffer, size: number): AsyncIterable<Buffer> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}

async function decode(bytes: Buffer, size = 1 << 16, given: TextEncoding | null = null) {
  const text = utf8Text('f.csv', cut(bytes, size), given, 1 << 20)
  const pieces: Buffer[] = []
  for await (const piece of text.pieces()) pieces.push(Buffer.from(piece))
  return { text: Buffer.concat(pieces).toString('utf8'), encoding: text.encoding() }
}

async function refusalOf(bytes: Buffer, given: TextEncoding | null = null) {
  try {
    await decode(bytes, 1 << 16, given)
  } catch (error) {
    if (error instanceof Stopped) return error.refusal
    throw error
  }
  throw new Error('nothing was refused')
}

const sample = '办件编号,环节,时间\n2024-001,受理,2024-01-02 09:30\n2024-002,审查（二）,2024-01-03 10:00\n'
const mark = '\uFEFF'

describe('the encoding of a file', () => {
  it.each<[string, Buffer, TextEncoding]>([
    ['UTF-8', Buffer.from(sample), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(mark + sample), 'utf-8'],
    ['GB18030', gb18030(sample), 'gb18030'],
    ['UTF-16 little endian with a mark', utf16(mark + sample, 'le'), 'utf-16le'],
    ['UTF-16 big endian with a mark', utf16(mark + sample, 'be'), 'utf-16be'],
    ['UTF-16 little endian without a mark', utf16(sample, 'le'), 'utf-16le'],
    ['UTF-16 big endian without a mark', utf16(sample, 'be'), 'utf-16be'],
  ])('%s is told by its bytes, however they arrive', async (_, bytes, encoding) => {
    for (const size of [1, 3, 7, 64, 1 << 16]) expect(await decode(bytes, size)).toEqual({ text: sample, encoding })
  })
  it('is told by the first text beyond ASCII, even when that comes late', async () => {
    const head = 'case,activity,note\n'.repeat(20_000)
    const late = await decode(Buffer.concat([Buffer.from(head), gb18030(sample)]), 4096)
    expect(late).toEqual({ text: head + sample, encoding: 'gb18030' })
  })
  it('is the one that an XML file declares', async () => {
    const xml = '<?xml version="1.0" encoding="ISO-8859-1"?><log><string value="Büro é"/></log>'
    expect(await decode(Buffer.from(xml, 'latin1'))).toEqual({ text: xml, encoding: 'windows-1252' })
  })
  it('is the given one where a mapping names it', async () => {
    expect((await decode(Buffer.from('näme,x\n', 'latin1'), 64, 'windows-1252')).text).toBe('näme,x\n')
  })
  it('is refused where a byte does not fit, with the line and the byte', async () => {
    const bytes = Buffer.concat([
      Buffer.from('受理,一\n审查,二\n决定,'),
      Buffer.from([0xe5, 0x86]),
      Buffer.from('\n送达,四\n'),
    ])
    const at = bytes.indexOf(Buffer.from([0x2c, 0xe5, 0x86, 0x0a]))
    const refusal = await refusalOf(bytes)
    expect(refusal).toMatchObject({ code: 'table.encoding', place: { row: 3 } })
    const offset = Number(/byte (\d+)/.exec(refusal.says.en)?.[1])
    expect(Math.abs(offset - (at + 2))).toBeLessThanOrEqual(2)
  })
  it('refuses half a character at the end of the file', async () => {
    expect(await refusalOf(utf16('a,b\n1,2\n', 'le').subarray(0, 15))).toMatchObject({ code: 'table.encoding' })
    expect(await refusalOf(Buffer.from('环节\n受').subarray(0, 9))).toMatchObject({ code: 'table.encoding' })
  })
  it('never changes a text, wherever the pieces are cut', async () => {
    const text = fc.string({
      unit: fc.constantFrom('办', '理', '“', 'a', '1', ',', '\n', '😀', '0', '~'),
      minLength: 1,
    })
    const run = fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (value, size) => {
      expect((await decode(Buffer.from(value), size, 'utf-8')).text).toBe(value)
      expect((await decode(utf16(value, 'le'), size, 'utf-16le')).text).toBe(value)
      const plain = value.replaceAll('😀', '笑')
      expect((await decode(gb18030(plain), size, 'gb18030')).text).toBe(plain)
    })
    await fc.assert(run, { numRuns: 150 })
  })
})
