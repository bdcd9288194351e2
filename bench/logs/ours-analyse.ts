// Reads one log, then times its analyses from the loaded columns: a process of its own, as the peer's is. Each is timed the
// first time that it runs, as an officer's question is answered: nothing is warm.
import { caseDurations } from '../../src/core/eventlog/case-times.ts'
import { followsGraph } from '../../src/core/eventlog/graph.ts'
import { wholeLog } from '../../src/core/eventlog/log-view.ts'
import { temporalDeviations, temporalProfile } from '../../src/core/eventlog/temporal-profile.ts'
import { variantsOf } from '../../src/core/eventlog/variants.ts'
import { isRefusal } from '../../src/core/refusal/refusal.ts'
import { readLog } from '../../src/kernel/tables/read-log.ts'

interface Timed<Found> {
  readonly found: Found
  readonly wall: number
  readonly cpu: number
}

async function timed<Found>(work: () => Found | Promise<Found>): Promise<Timed<Found>> {
  const before = process.cpuUsage()
  const started = performance.now()
  const found = await work()
  const wall = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(before)
  return { found, wall, cpu: (user + system) / 1e6 }
}

const read = await timed(() => readLog(process.argv[2] ?? ''))
if (isRefusal(read.found)) throw new Error(read.found.says.en)
const { log } = read.found
const view = wholeLog(log)
const analysed = await timed(() => ({
  variants: variantsOf(log).variants,
  graph: followsGraph(view),
  durations: caseDurations(view),
}))
const temporal = await timed(() => {
  const profile = temporalProfile(view)
  return { profile, deviations: temporalDeviations(view, profile) }
})
const { variants, graph, durations } = analysed.found
const { profile, deviations } = temporal.found
console.log(
  JSON.stringify({
    cases: log.caseIds.length,
    events: log.time.length,
    read: { wall: read.wall, cpu: read.cpu },
    analysed: { wall: analysed.wall, cpu: analysed.cpu },
    temporal: { wall: temporal.wall, cpu: temporal.cpu },
    counts: {
      variants: variants.length,
      edges: graph.edges.length,
      follows: graph.edges.reduce((sum, { count }) => sum + count, 0),
      pairs: profile.pairs.length,
      deviations: deviations.length,
    },
    means: {
      edges: graph.edges.reduce((sum, { duration }) => sum + (duration?.mean ?? 0), 0),
      duration: durations?.mean ?? 0,
      sds: profile.pairs.reduce((sum, { sd }) => sum + sd, 0),
    },
  }),
)
