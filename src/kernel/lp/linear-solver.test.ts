import { expect, test } from 'vitest'
import { loadLinearSolver } from './linear-solver.ts'

// Two sources bring 3 units at 1 or at 4 each; the cheap one can bring 2: x + s = 2, x + y = 3.
const program = (most: number) => ({
  rows: 2,
  columns: 3,
  costs: Float64Array.of(1, 4, 0),
  starts: Int32Array.of(0, 2, 3, 4),
  rowOf: Int32Array.of(0, 1, 1, 0),
  entries: Float64Array.of(1, 1, 1, 1),
  right: Float64Array.of(most, 3),
})

test('the price of a row is what one unit more of it would cost', async () => {
  const solve = await loadLinearSolver()
  const prices = solve(program(2))
  expect(Array.from(prices ?? []).map((price) => Math.round(price))).toEqual([-3, 4])
})

test('a program without a solution has no prices', async () => {
  const solve = await loadLinearSolver()
  expect(solve(program(-1))).toBeNull()
})
