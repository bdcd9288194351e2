import { expect, test } from 'vitest'
import { maskName } from './mask-name.ts'

test.each([
  ['甲乙', '甲*'],
  ['甲乙丙', '甲*丙'],
  ['甲乙丙丁', '甲**丁'],
  ['甲', '甲*'],
  ['Ab Cde', 'A* ***'],
  ['', ''],
])('a name shows its first sign, a long one its last too (%#)', (name, masked) => {
  expect(maskName(name)).toBe(masked)
})
