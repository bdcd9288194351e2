import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarDay, readChineseDate, readNumeral, writeNumeral } from './numeral.ts'

test('a number written in Chinese is read back as itself', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 9999 }), (value) => readNumeral(writeNumeral(value)) === value))
})

test.each([
  ['一百二十八', 128],
  ['十', 10],
  ['二十', 20],
  ['一百零八', 108],
  ['二○○四', 2004],
  ['１２', 12],
  ['两千', 2000],
])('%s is %i', (text, value) => {
  expect(readNumeral(text)).toBe(value)
})

test('what is no number is not read as one', () => {
  expect(readNumeral('')).toBeNull()
  expect(readNumeral('条')).toBeNull()
  expect(readNumeral('一a')).toBeNull()
})

test.each([
  ['2004年7月1日', '2004-07-01'],
  ['２０１３年１月１日', '2013-01-01'],
  ['一九八六年七月一日', '1986-07-01'],
  ['二〇〇九年十二月三十一日', '2009-12-31'],
])('%s is %s', (text, day) => {
  expect(readChineseDate(text)).toBe(day)
})

test('a day that the calendar does not have is no date', () => {
  expect(readChineseDate('2023年2月29日')).toBeNull()
  expect(calendarDay('2023-02-29')).toBeNull()
  expect(calendarDay('2024-02-29')).toBe('2024-02-29')
  expect(calendarDay('')).toBeNull()
})
