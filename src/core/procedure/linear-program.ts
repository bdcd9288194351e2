/** A linear program in columns: the least `costs · x` with `A · x = right` and no variable below nought. */
export interface LinearProgram {
  readonly rows: number
  readonly columns: number
  readonly costs: Float64Array
  /** The entries of column c are starts[c] … starts[c + 1]. */
  readonly starts: Int32Array
  readonly rowOf: Int32Array
  readonly entries: Float64Array
  readonly right: Float64Array
}

/**
 * Solves a linear program; gives the price of each row in an optimal dual solution, or null when it was not solved in
 * time. What it gives need not be exact: whoever uses it checks it.
 */
export type LinearSolver = (program: LinearProgram) => Float64Array | null
