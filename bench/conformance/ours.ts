// Aligns one log with one net and says what it cost: a process of its own, as the peer's is.
import { analyse } from '../../src/core/procedure/analyse.ts'
import { isRefusal } from '../../src/core/refusal/refusal.ts'
import { loadLinearSolver } from '../../src/kernel/lp/linear-solver.ts'
import { readModelFile } from '../../src/kernel/packs/procedures.ts'
import { readLog } from '../../src/kernel/tables/read-log.ts'

/** What is not solved by then is left out. */
const SECONDS = 150

const [path = '', model = ''] = process.argv.slice(2)
const read = await readLog(path)
if (isRefusal(read)) throw new Error(read.says.en)
const net = await readModelFile(model)
if (isRefusal(net)) throw new Error(net.says.en)

// The peer's solver is loaded with its modules, too.
const solver = await loadLinearSolver()
const before = process.cpuUsage()
const started = performance.now()
const expired = (): boolean => performance.now() - started > 1000 * SECONDS
const result = analyse(read.log, net.procedure.net, { solver, expired })
const wall = (performance.now() - started) / 1000
const { user, system } = process.cpuUsage(before)
const cost = result.variants.reduce((sum, { cost: own, variant }) => sum + (own ?? 0) * variant.cases.length, 0)
const solved = result.fitting + result.deviating
const cpu = (user + system) / 1e6
console.log(
  JSON.stringify({
    cases: result.cases,
    variants: result.variants.length,
    solved,
    cost,
    wall,
    cpu,
    noEnd: result.noEnd,
  }),
)
