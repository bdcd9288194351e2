import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { isRefusal } from '../../../core/refusal/refusal.ts'
import { type TestSheet, workbookOf, workbookParts, zipOf } from '../fixtures/workbook.ts'
import { type ReadLogOptions, readLog } from '../read-log.ts'

const folder = await mkdtemp(join(tmpdir(), 'daylight-xlsx-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
let files = 0

/** The code of the refusal, or `read`. */
async function code(content: Buffer, options: ReadLogOptions = {}): Promise<string> {
  const path = join(folder, `${files++}.xlsx`)
  await writeFile(path, content)
  const result = await readLog(path, options)
  return isRefusal(result) ? result.code : 'read'
}

const sheet = (rows: TestSheet['rows']): TestSheet => ({
  name: '办件',
  rows: [['办件编号', '环节', '时间', '经办人'], ...rows],
})
const simple = sheet([['A1', '受理', '2024-01-02 09:00', '张']])

describe('a hostile workbook', () => {
  const parts = (change: (parts: Record<string, string>) => void): Buffer => {
    const made = workbookParts([simple])
    change(made)
    return zipOf(made)
  }
  const sheet1 = 'xl/worksheets/sheet1.xml'
  const row = (cells: string): string => `<worksheet><sheetData><row r="1">${cells}</row></sheetData></worksheet>`
  it.each<[string, Buffer, string]>([
    ['is an ordinary archive', zipOf({ 'a.txt': 'x' }), 'table.archive'],
    [
      'is a document of a sister program',
      parts((p) => {
        p['xl/workbook.xml'] = '<document/>'
      }),
      'table.archive',
    ],
    [
      'is binary',
      parts((p) => {
        p['_rels/.rels'] = p['_rels/.rels']?.replace('workbook.xml', 'workbook.bin') ?? ''
      }),
      'table.workbook',
    ],
    ['is cut off', workbookOf([simple]).subarray(0, 900), 'table.zip-broken'],
    [
      'does not match its sum',
      zipOf(workbookParts([simple]), (name) => (name === sheet1 ? { crc: 1 } : {})),
      'table.zip-broken',
    ],
    [
      'has a packing that is not known',
      zipOf(workbookParts([simple]), (name) => (name === sheet1 ? { method: 9 } : {})),
      'table.zip-broken',
    ],
    [
      'has an encrypted part',
      zipOf(workbookParts([simple]), (name) => (name === sheet1 ? { flags: 1 } : {})),
      'table.workbook-locked',
    ],
    [
      'is locked by a password',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      'table.workbook-locked',
    ],
    [
      'lacks its sheet',
      parts((p) => {
        delete p[sheet1]
      }),
      'table.workbook-part-missing',
    ],
    ['has no value at all', workbookOf([{ name: 'a', rows: [] }]), 'table.empty'],
    [
      'carries entities',
      parts((p) => {
        p[sheet1] = `<!DOCTYPE x [<!ENTITY a "b">]>${row('')}`
      }),
      'log.xml-doctype',
    ],
    [
      'uses an entity that nobody declared',
      parts((p) => {
        p['xl/sharedStrings.xml'] = '<sst><si><t>&a;</t></si></sst>'
      }),
      'log.xml-broken',
    ],
    [
      'nests without end',
      parts((p) => {
        p[sheet1] = '<a>'.repeat(100)
      }),
      'log.xml-deep',
    ],
    [
      'has broken XML',
      parts((p) => {
        p[sheet1] = '<worksheet><sheetData>'
      }),
      'log.xml-broken',
    ],
    [
      'keeps its sheet elsewhere',
      parts((p) => {
        p['xl/_rels/workbook.xml.rels'] =
          p['xl/_rels/workbook.xml.rels']?.replace(
            'Target="worksheets',
            'TargetMode="External" Target="http://example.org',
          ) ?? ''
      }),
      'table.workbook-external',
    ],
    [
      'takes a value from another workbook',
      workbookOf([sheet([['A', { formula: "'[1]Sheet 1'!A1", value: 'a' }, '2024-01-02', 'p']])]),
      'table.workbook-external-value',
    ],
    [
      'names a shared text that is not there',
      parts((p) => {
        p[sheet1] = row('<c r="A1" t="s"><v>99</v></c>')
      }),
      'table.workbook-broken',
    ],
    [
      'has a number that is none',
      parts((p) => {
        p[sheet1] = row('<c r="A1"><v>x</v></c>')
      }),
      'table.workbook-broken',
    ],
    [
      'says a cell twice',
      parts((p) => {
        p[sheet1] = row('<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>')
      }),
      'table.workbook-broken',
    ],
    [
      'puts a cell into another row',
      parts((p) => {
        p[sheet1] = row('<c r="A9"><v>1</v></c>')
      }),
      'table.workbook-broken',
    ],
    [
      'has rows that go back',
      parts((p) => {
        p[sheet1] = '<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>'
      }),
      'table.workbook-broken',
    ],
    [
      'is wider than any table',
      parts((p) => {
        p[sheet1] = row('<c r="ZZZ1"><v>1</v></c>')
      }),
      'table.too-many-columns',
    ],
  ])('that %s ends in a sentence', async (_, content, expected) => {
    expect(await code(content)).toBe(expected)
  })

  it('that grows beyond reason is stopped while it grows', async () => {
    const bomb = parts((p) => {
      p[sheet1] = `<worksheet>${' '.repeat(40_000_000)}</worksheet>`
    })
    expect(await code(bomb, { limits: { ratioFloorBytes: 1_000_000 } })).toBe('table.gzip-bomb')
    expect(await code(bomb, { limits: { unpackedBytes: 1_000_000 } })).toBe('table.too-big')
  })

  it('damaged anywhere is read or refused, never a crash', async () => {
    const sound = workbookOf([simple, { name: 'b', rows: [['x']] }])
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        async (spots) => {
          const bytes = Buffer.from(sound)
          for (const [at, byte] of spots) bytes[at] = byte
          expect(await code(bytes)).toMatch(/^(table|log|input)\.|^read$/)
        },
      ),
      { numRuns: 300 },
    )
  })
})
