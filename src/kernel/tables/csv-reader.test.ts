import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sniffDialect } from './csv-dialect.ts'
import { cellText } from './csv-header.ts'
import { CsvReader } from './csv-reader.ts'
import { defaultLimits, type ReadLimits } from './limits.ts'
import { Stopped } from './stopped.ts'

interface Seen {
  readonly number: number
  readonly fault: string | null
  readonly cells: readonly string[]
}

function parse(pieces: readonly (string | Buffer)[], delimiter = ',', limits: Partial<ReadLimits> = {}): Seen[] {
  const seen: Seen[] = []
  const dialect = { delimiter: delimiter.charCodeAt(0), newline: 0x0a as const, skipRows: 0 }
  const reader = new CsvReader('t.csv', dialect, { ...defaultLimits, ...limits }, (row) => {
    const cells = Array.from({ length: row.cells }, (_, i) => cellText(row, i))
    seen.push({ number: row.number, fault: row.fault, cells })
  })
  for (const piece of pieces) reader.write(Buffer.from(piece))
  reader.end()
  return seen
}

const cells = (text: string): (readonly string[])[] => parse([text]).map((row) => row.cells)

function refusalOf(run: () => unknown) {
  try {
    run()
  } catch (error) {
    if (error instanceof Stopped) return error.refusal
    throw error
  }
  throw new Error('nothing was refused')
}

describe('rows of a CSV file', () => {
  it('end with LF, CR LF or the file, and keep empty cells', () => {
    expect(cells('a,b\r\n1,\n,2')).toEqual([
      ['a', 'b'],
      ['1', ''],
      ['', '2'],
    ])
  })
  it('hold separators, quotes and line breaks inside quotes, and a quoted break does not start a row', () => {
    const rows = parse(['x,"a,""b""\r\nc",y\r\nnext,1,2\r\n'])
    expect(rows.map((row) => row.cells)).toEqual([
      ['x', 'a,"b"\r\nc', 'y'],
      ['next', '1', '2'],
    ])
    expect(rows.map((row) => row.number)).toEqual([1, 2])
  })
  it('keep their numbers when blank lines stand between them', () => {
    expect(parse(['a\n\n\nb\n\n']).map((row) => [row.number, row.cells[0]])).toEqual([
      [1, 'a'],
      [4, 'b'],
    ])
  })
  it('take a quote inside an unquoted cell as text', () => {
    expect(cells('5" pipe,x\n')).toEqual([['5" pipe', 'x']])
  })
  it('are at fault when text follows a closing quote or a NUL is inside, and the next row is read again', () => {
    expect(parse(['"a"b,c\nx\0y,z\n1,2\n']).map((row) => row.fault)).toEqual(['quotes', 'nul', null])
  })
  it('are at fault when a cell is larger than the limit', () => {
    const rows = parse([`${'x'.repeat(50)},1\nok,2\n`], ',', { cellBytes: 40 })
    expect(rows.map((row) => row.fault)).toEqual(['cell-too-large', null])
  })
  it('stop the reading when a quote is open at the end, naming the row where it was opened', () => {
    const refusal = refusalOf(() => parse(['a,b\n1,2\n3,"4\n5,6\n']))
    expect(refusal).toMatchObject({ code: 'table.quote-open', place: { row: 3 } })
  })
  it('stop the reading when one row swallows the file', () => {
    const endless = Array.from({ length: 40 }, () => 'x'.repeat(1000))
    const refusal = refusalOf(() => parse(['a\n"', ...endless], ',', { rowBytes: 10_000 }))
    expect(refusal).toMatchObject({ code: 'table.row-too-long', place: { row: 2 } })
  })
  it('stop the reading when they have more columns than can be meant', () => {
    expect(refusalOf(() => parse([',,,,,,\n'], ',', { columns: 5 }))).toMatchObject({ code: 'table.too-many-columns' })
  })
  it('are read the same however the file is cut into pieces', () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom('', '"', '""', ',', 'a"b', '\n', '\r\n', '办件 “受理”', ' x '),
    )
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(table, fc.array(fc.nat(40), { maxLength: 12 }), fc.boolean(), (rows, cuts, crlf) => {
        const text = rows
          .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','))
          .join(crlf ? '\r\n' : '\n')
        const bytes = Buffer.from(text)
        const pieces: Buffer[] = []
        let from = 0
        for (const cut of cuts) {
          pieces.push(bytes.subarray(from, from + cut))
          from += cut
        }
        pieces.push(bytes.subarray(from))
        const whole = rows.map((row) => row.map((value) => value.replaceAll('\0', '')))
        fc.pre(whole.every((row, i) => row.every((value, j) => value === rows[i]?.[j])))
        expect(parse(pieces).map((row) => row.cells)).toEqual(
          rows.map((row) => row.map((v) => Buffer.from(v).toString())),
        )
      }),
      { numRuns: 400 },
    )
  })
})

describe('a dialect', () => {
  const sniff = (text: string) => sniffDialect(Buffer.from(text), true)
  it.each([
    [',', 'a,b,c\n1,2,3\n'],
    [';', 'a;b\n"1,5";2\n"2,5";3\n'],
    ['\t', 'a\tb\tc\n1,1\t2\t3\n'],
    ['|', 'a|b\n1|2\n'],
    [',', 'only\n1\n'],
    [',', '"a;b;c;d",b\n"x;y;z;w",2\n'],
  ])('is told by its rows: %j', (delimiter, text) => {
    expect(String.fromCharCode(sniff(text).delimiter)).toBe(delimiter)
  })
  it('is believed when Excel wrote it into the first line', () => {
    expect(sniff('sep=;\na;b\n1;2\n')).toMatchObject({ delimiter: 0x3b, skipRows: 1 })
  })
  it('of an old Macintosh ends rows with CR alone', () => {
    expect(sniff('a,b\r1,2\r').newline).toBe(0x0d)
  })
})
