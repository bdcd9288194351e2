// Replays a log by a net and says what it cost: `ours-replay.ts LOG NET.pnml EVENTS`. The log is repeated under new case ids
// until it has so many events. A process of its own, as the peer's is.
import type { EventLog } from '../../src/core/eventlog/event-log.ts'
import { analyse } from '../../src/core/procedure/analyse.ts'
import type { Net } from '../../src/core/procedure/net.ts'
import { type Replay, Replayer } from '../../src/core/procedure/replay.ts'
import { variantsOf } from '../../src/core/procedure/variants.ts'
import { isRefusal } from '../../src/core/refusal/refusal.ts'
import { readModelFile } from '../../src/kernel/packs/procedures.ts'
import { readLog } from '../../src/kernel/tables/read-log.ts'

function repeated(log: EventLog, events: number): EventLog {
  const size = log.activity.codes.length
  const times = Math.max(1, Math.ceil(events / size))
  const codes = new Int32Array(times * size)
  const caseStart = new Int32Array(times * log.caseIds.length + 1)
  const caseIds: string[] = []
  for (let copy = 0; copy < times; copy += 1) {
    codes.set(log.activity.codes, copy * size)
    log.caseIds.forEach((id, index) => {
      caseIds.push(`${id}#${copy}`)
      caseStart[caseIds.length] = copy * size + (log.caseStart[index + 1] as number)
    })
  }
  const nothing = { time: new Float64Array(times * size), row: new Int32Array(times * size) }
  const attributes = { eventAttributes: new Map(), caseAttributes: new Map() }
  return { caseIds, caseStart, activity: { ...log.activity, codes }, ...nothing, ...attributes }
}

/** The counts of every case, added up; along optimal alignments where the net has silent steps. */
function replayed(log: EventLog, net: Net): Replay & { readonly fitting: number } {
  const replayer = new Replayer(net)
  const counted: readonly (readonly [Replay, number])[] = replayer.silent
    ? analyse(log, net).variants.map(({ replay, variant }) => {
        if (replay === null) throw new Error('a variant was not solved')
        return [replay, variant.cases.length]
      })
    : variantsOf(log).map(({ trace, cases }) => [replayer.replay(trace), cases.length])
  const sum = (of: (replay: Replay) => number): number =>
    counted.reduce((total, [replay, cases]) => total + of(replay) * cases, 0)
  return {
    missing: sum(({ missing }) => missing),
    remaining: sum(({ remaining }) => remaining),
    consumed: sum(({ consumed }) => consumed),
    produced: sum(({ produced }) => produced),
    fitting: sum(({ missing, remaining }) => (missing + remaining === 0 ? 1 : 0)),
  }
}

const [path = '', model = '', events = '0'] = process.argv.slice(2)
const read = await readLog(path)
if (isRefusal(read)) throw new Error(read.says.en)
const found = await readModelFile(model)
if (isRefusal(found)) throw new Error(found.says.en)
const { net } = found.procedure
const log = repeated(read.log, Number(events))

const before = process.cpuUsage()
const started = performance.now()
const counts = replayed(log, net)
const wall = (performance.now() - started) / 1000
const { user, system } = process.cpuUsage(before)
console.log(
  JSON.stringify({
    cases: log.caseIds.length,
    events: log.activity.codes.length,
    silent: new Replayer(net).silent,
    ...counts,
    wall,
    cpu: (user + system) / 1e6,
  }),
)
