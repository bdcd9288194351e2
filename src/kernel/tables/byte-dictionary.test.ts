import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ByteDictionary } from './byte-dictionary.ts'

it('gives equal texts one code, in order of first appearance, and every text back', () => {
  const text = fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom('受理', '', 'a', 'aa', '😀'))
  fc.assert(
    fc.property(fc.array(text, { maxLength: 600 }), fc.boolean(), (given, asBytes) => {
      const texts = given.map((value) => Buffer.from(value).toString())
      const dictionary = new ByteDictionary()
      const codes = texts.map((value) =>
        asBytes ? dictionary.code(Buffer.from(value), 0, Buffer.byteLength(value)) : dictionary.codeOfText(value),
      )
      const distinct = [...new Set(texts)]
      expect(dictionary.texts()).toEqual(distinct)
      expect(codes).toEqual(texts.map((value) => distinct.indexOf(value)))
    }),
  )
})

it('keeps a hundred thousand values apart', () => {
  const dictionary = new ByteDictionary()
  for (let i = 0; i < 100_000; i++) expect(dictionary.codeOfText(`case-${i}`)).toBe(i)
  expect(dictionary.text(77_777)).toBe('case-77777')
  expect(dictionary.codeOfText('case-500')).toBe(500)
})
