// Aligns one log with one net and says what it cost: a process of its own, as the peer's is. `ours.ts LOG NET [VARIANTS]`.
import { Aligner } from '../../src/core/procedure/alignment.ts'
import { type Variant, variantsOf } from '../../src/core/procedure/variants.ts'
import { workOrder } from '../../src/core/procedure/work-order.ts'
import { isRefusal } from '../../src/core/refusal/refusal.ts'
import { loadLinearSolver } from '../../src/kernel/lp/linear-solver.ts'
import { readModelFile } from '../../src/kernel/packs/procedures.ts'
import { readLog } from '../../src/kernel/tables/read-log.ts'

/** What is not solved by then is left out. */
const SECONDS = 150

const [path = '', model = '', count] = process.argv.slice(2)
const read = await readLog(path)
if (isRefusal(read)) throw new Error(read.says.en)
const procedure = await readModelFile(model)
if (isRefusal(procedure)) throw new Error(procedure.says.en)
/** In order of first appearance, as the peer takes them; the first so many where a number is given. */
const variants = variantsOf(read.log).slice(0, count === undefined ? undefined : Number(count))
// The peer's solver is loaded with its modules, too.
const solver = await loadLinearSolver()

const before = process.cpuUsage()
const started = performance.now()
const expired = (): boolean => performance.now() - started > 1000 * SECONDS
const aligner = new Aligner(procedure.procedure.net, { solver, expired })
let [solved, cost] = [0, 0]
for (const place of workOrder(variants)) {
  const { trace, cases } = variants[place] as Variant
  const alignment = aligner.align(trace)
  if (alignment.kind !== 'aligned') continue
  solved += cases.length
  cost += alignment.cost * cases.length
}
const wall = (performance.now() - started) / 1000
const { user, system } = process.cpuUsage(before)
const cases = variants.reduce((sum, variant) => sum + variant.cases.length, 0)
const cpu = (user + system) / 1e6
const noEnd = aligner.endReachable === false
console.log(JSON.stringify({ cases, variants: variants.length, solved, cost, wall, cpu, noEnd }))
