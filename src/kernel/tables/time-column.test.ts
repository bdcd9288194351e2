import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Stopped } from './stopped.ts'
import { TimeColumn } from './time-column.ts'
import { type TimeFormat, TimeText } from './time-text.ts'
import { zoneClock } from './zone-offset.ts'

const shanghai = zoneClock('Asia/Shanghai')

function read(format: TimeFormat, text: string, zone = shanghai): number {
  const bytes = Buffer.from(`,${text},`)
  return new TimeText(zone).read(format, bytes, 1, bytes.length - 1)
}
const iso = (ms: number): string | null => (Number.isNaN(ms) ? null : new Date(ms).toISOString())

describe('a time written year first', () => {
  it.each([
    ['2011-10-11 13:45:40.276000+02:00', '2011-10-11T11:45:40.276Z'],
    ['2011-10-11T13:45:40.276+02:00', '2011-10-11T11:45:40.276Z'],
    ['2011-10-11T11:45:40Z', '2011-10-11T11:45:40.000Z'],
    ['2011-10-11 13:45:40 +0200', '2011-10-11T11:45:40.000Z'],
    ['2011-10-11 13:45+02', '2011-10-11T11:45:00.000Z'],
    ['2024-01-02 09:30', '2024-01-02T01:30:00.000Z'],
    ['2024/1/2 9:30', '2024-01-02T01:30:00.000Z'],
    ['2024.01.02 09:30:15', '2024-01-02T01:30:15.000Z'],
    ['2024年1月2日 9:30', '2024-01-02T01:30:00.000Z'],
    ['2024年01月02日09时30分15秒', '2024-01-02T01:30:15.000Z'],
    ['2024年1月2日 下午3:05', '2024-01-02T07:05:00.000Z'],
    ['2024-01-02 03:05:00 PM', '2024-01-02T07:05:00.000Z'],
    ['2024-01-02 24:00', '2024-01-02T16:00:00.000Z'],
    ['20240102', '2024-01-01T16:00:00.000Z'],
    ['202401020930', '2024-01-02T01:30:00.000Z'],
    ['20240102093015', '2024-01-02T01:30:15.000Z'],
    ['2024-02-29', '2024-02-28T16:00:00.000Z'],
    [' 2024-01-02 09:30 ', '2024-01-02T01:30:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(iso(read('ymd', text))).toBe(expected)
  })
  it.each([
    '2023-02-29',
    '2024-13-01',
    '2024-01-32',
    '2024-01-02 25:00',
    '2024-01-02 09:60',
    '2024-01/02',
    '2024-01-02x',
    'soon',
    '2024-01-02 09:30 +99:00',
    '2024-01-02 13:00 PM',
    '2024-01-02 09',
    '24-01-02',
  ])('%s is none', (text) => {
    expect(read('ymd', text)).toBeNaN()
  })
  it('keeps its microseconds', () => {
    expect(read('ymd', '2011-10-11T11:45:40.276125Z')).toBe(Date.UTC(2011, 9, 11, 11, 45, 40, 276) + 0.125)
  })
  it('without a zone follows the zone through its summer times and the hours that they skip', () => {
    const amsterdam = zoneClock('Europe/Amsterdam')
    expect(iso(read('ymd', '2011-07-01 12:00', amsterdam))).toBe('2011-07-01T10:00:00.000Z')
    expect(iso(read('ymd', '2011-12-01 12:00', amsterdam))).toBe('2011-12-01T11:00:00.000Z')
    expect(iso(read('ymd', '2011-03-27 02:30', amsterdam))).toBe('2011-03-27T01:30:00.000Z')
    expect(iso(read('ymd', '1988-07-01 12:00'))).toBe('1988-07-01T03:00:00.000Z')
  })
  it('is read as Temporal reads it, in any zone', () => {
    const zones = ['Asia/Shanghai', 'Europe/Amsterdam', 'America/St_Johns', 'Asia/Kathmandu', '+08:00'] as const
    const wall = fc.integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(2060, 0, 1) })
    fc.assert(
      fc.property(wall, fc.constantFrom(...zones), (ms, zone) => {
        const text = new Date(ms).toISOString().slice(0, -1)
        const expected = Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds
        expect(read('ymd', text.replace('T', ' '), zoneClock(zone))).toBe(expected)
      }),
    )
  })
})

describe('a time as a number', () => {
  it('counts seconds, milliseconds or microseconds since 1970, or Excel’s days', () => {
    expect(read('epoch-s', '1318333540')).toBe(1318333540000)
    expect(read('epoch-ms', '1318333540276')).toBe(1318333540276)
    expect(read('epoch-us', '1318333540276125')).toBe(1318333540276.125)
    expect(iso(read('excel', '45293'))).toBe('2024-01-01T16:00:00.000Z')
    expect(iso(read('excel', '45293.395833333'))).toBe('2024-01-02T01:30:00.000Z')
  })
})

function column(values: readonly string[], format: TimeFormat | null = null) {
  const times = new TimeColumn('f.csv', '时间', format, shanghai)
  for (const value of values) times.push(Buffer.from(value), 0, Buffer.byteLength(value))
  try {
    const { times: found, reading } = times.finish()
    return { at: values.map((_, i) => (Number.isFinite(found.get(i)) ? iso(found.get(i)) : null)), reading }
  } catch (error) {
    if (error instanceof Stopped) return error.refusal
    throw error
  }
}

describe('a column of times', () => {
  it('that puts the day or the month first is refused while nothing tells which', () => {
    expect(column(['03/04/2024 09:00', '05/06/2024 10:00'])).toMatchObject({
      code: 'log.time-ambiguous',
      place: { column: '时间' },
    })
  })
  it('is settled by one value that fits one way only, for every value before and after it', () => {
    const dmy = column(['03/04/2024', '05/06/2024', '25/06/2024', '01/07/2024'])
    expect(dmy).toMatchObject({ reading: { format: 'dmy', from: 'values' } })
    expect(dmy).toMatchObject({
      at: [
        '2024-04-02T16:00:00.000Z',
        '2024-06-04T16:00:00.000Z',
        '2024-06-24T16:00:00.000Z',
        '2024-06-30T16:00:00.000Z',
      ],
    })
    expect(column(['03/04/2024', '06/25/2024'])).toMatchObject({ reading: { format: 'mdy' } })
  })
  it('with days first here and months first there is refused', () => {
    expect(column(['25/06/2024', '06/25/2024'])).toMatchObject({ code: 'log.time-mixed' })
  })
  it('obeys the format that the mapping says', () => {
    expect(column(['03/04/2024', '05/06/2024'], 'mdy')).toMatchObject({
      at: ['2024-03-03T16:00:00.000Z', '2024-05-05T16:00:00.000Z'],
      reading: { from: 'mapping' },
    })
  })
  it('has one interpretation: values of other kinds are unreadable, whichever comes first', () => {
    const read = column(['25/06/2024 10:00', '2024-01-02 09:30', '2024/1/3 9:30', '2024年1月4日 9:30', '1704162600'])
    expect(read).toMatchObject({
      at: [null, '2024-01-02T01:30:00.000Z', '2024-01-03T01:30:00.000Z', '2024-01-04T01:30:00.000Z', null],
      reading: { format: 'ymd', wall: 3, zoned: 0 },
    })
  })
  it('is settled by its first thousand values and reads millions after them alike', () => {
    const values = Array.from({ length: 2500 }, (_, i) => (i === 2400 ? '2024-01-02' : String(1_704_162_600 + i)))
    const read = column(values)
    expect(read).toMatchObject({ reading: { format: 'epoch-s', zoned: 2499 } })
    expect('at' in read && [read.at[0], read.at[2400], read.at[2499]]).toEqual([
      '2024-01-02T02:30:00.000Z',
      null,
      '2024-01-02T03:11:39.000Z',
    ])
  })
})
