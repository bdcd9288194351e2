import highsModule from 'highs'
import type { LinearSolver } from '../../core/procedure/linear-program.ts'

/** Seconds for one program; what takes longer is not worth waiting for: a search goes on with the bounds that it has. */
const mostSeconds = 20

/** The package's types describe its CommonJS form; what is imported is the loader itself. */
const loadHighs = highsModule as unknown as typeof highsModule.default

/** HiGHS's code for a program that was solved. */
const optimal = 7

/**
 * The HiGHS solver (Huangfu & Hall, 2018), compiled to WebAssembly: the dual simplex method. Loading takes some tens of
 * milliseconds, so that only nets with many markings ask for it.
 */
export async function loadLinearSolver(): Promise<LinearSolver> {
  const highs = await loadHighs()
  return ({ rows, columns, costs, starts, rowOf, entries, right }) => {
    const model = highs.createModel({
      numCols: columns,
      numRows: rows,
      colCost: costs,
      colLower: new Float64Array(columns),
      colUpper: new Float64Array(columns).fill(highs.infinity),
      rowLower: right,
      rowUpper: right,
      matrix: { format: 'csc', numRows: rows, numCols: columns, starts, indices: rowOf, values: entries },
    })
    try {
      model.options.set({ output_flag: false, solver: 'simplex', presolve: 'off', time_limit: mostSeconds })
      model.run()
      return model.getModelStatus() === optimal ? model.getSolution().rowDual : null
    } finally {
      model.dispose()
    }
  }
}
