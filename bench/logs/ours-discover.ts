// Proposes a procedure from one log and says what it cost and how well it tells the cases; with a PNML file, how well that
// net tells them: `ours-discover.ts LOG NOISE [NET.pnml]`. A process of its own, as the peer's is.
import { discoverTree } from '../../src/core/discovery/inductive-miner.ts'
import { precisionOf } from '../../src/core/discovery/precision.ts'
import { nodesOf } from '../../src/core/discovery/process-tree.ts'
import { treeNet } from '../../src/core/discovery/tree-net.ts'
import { analyse } from '../../src/core/procedure/analyse.ts'
import type { Net } from '../../src/core/procedure/net.ts'
import { isRefusal } from '../../src/core/refusal/refusal.ts'
import { readModelFile } from '../../src/kernel/packs/procedures.ts'
import { readLog } from '../../src/kernel/tables/read-log.ts'

const [path = '', noise = '0', other] = process.argv.slice(2)
const read = await readLog(path)
if (isRefusal(read)) throw new Error(read.says.en)
const { log } = read

const before = process.cpuUsage()
const started = performance.now()
const tree = discoverTree(log, Number(noise))
const wall = (performance.now() - started) / 1000
const { user, system } = process.cpuUsage(before)

/** How well a net tells the cases of the log; judged for at most a minute. */
function quality(net: Net): object {
  const since = performance.now()
  const expired = (): boolean => performance.now() - since > 60_000
  const result = analyse(log, net, { expired })
  const { fitting, deviating, unsolved, fitness } = result
  return {
    transitions: net.transitions.length,
    fitting,
    deviating,
    unsolved,
    fitness,
    precision: precisionOf(net, result, expired),
  }
}

const model = other === undefined ? null : await readModelFile(other)
if (isRefusal(model)) throw new Error(model.says.en)
console.log(
  JSON.stringify({
    cases: log.caseIds.length,
    events: log.time.length,
    activities: log.activity.dictionary.length,
    nodes: nodesOf(tree).length,
    wall,
    cpu: (user + system) / 1e6,
    quality: quality(treeNet(tree).net),
    peerQuality: model === null ? null : quality(model.procedure.net),
  }),
)
