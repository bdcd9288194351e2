import { expect, test } from 'vitest'
import { citeAddress, readReference, writeReference } from './reference.ts'
import { shortTitle } from './title.ts'

test('a reference names a law and a piece of it', () => {
  expect(readReference('行政许可法#32.1.4')).toEqual({ law: '行政许可法', address: '32.1.4', anyParagraph: false })
  expect(readReference('行政许可法#32(4)')).toEqual({ law: '行政许可法', address: '32.4', anyParagraph: true })
  expect(readReference('CN-LAW-2003-administrative-license#32-1')).toMatchObject({ address: '32-1' })
  expect(readReference('行政许可法')).toMatchObject({ address: null })
})

test('what is no reference is not read as one', () => {
  for (const text of ['', '#32', '行政许可法#', '行政许可法#32..1', '行政许可法#1#2', "行政许可法#1' or 1=1"])
    expect(readReference(text)).toBeNull()
})

test('an address is cited in Chinese as a lawyer would', () => {
  expect(citeAddress('32.1.4')).toBe('第三十二条第一款第四项')
  expect(citeAddress('128')).toBe('第一百二十八条')
  expect(citeAddress('32-1.2')).toBe('第三十二条之一第二款')
  expect(citeAddress('annex-1')).toBeNull()
  expect(writeReference('行政许可法', '32.1.4')).toBe('行政许可法#32.1.4')
})

test('one law has one short title, whatever its brackets and blanks', () => {
  expect(shortTitle('中华人民共和国行政许可法')).toBe('行政许可法')
  expect(shortTitle('实施〈药品管理法〉 办法(试行)')).toBe('实施《药品管理法》办法（试行）')
})
