import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { discover } from '../../core/discovery/discover.ts'
import { discoverTree } from '../../core/discovery/inductive-miner.ts'
import { treeNet } from '../../core/discovery/tree-net.ts'
import type { EventLog } from '../../core/eventlog/event-log.ts'
import { wholeLog } from '../../core/eventlog/log-view.ts'
import { Aligner } from '../../core/procedure/alignment.ts'
import { netToBpmn } from '../../core/procedure/bpmn/net-to-bpmn.ts'
import { readBpmn } from '../../core/procedure/bpmn/read-bpmn.ts'
import { differingRun } from '../../core/procedure/fixtures/same-runs.ts'
import { netHash } from '../../core/procedure/net-hash.ts'
import { readPnml } from '../../core/procedure/pnml.ts'
import { checkSoundness } from '../../core/procedure/soundness.ts'
import { variantsOf } from '../../core/procedure/variants.ts'
import { writePnml } from '../../core/procedure/write-pnml.ts'
import { readLog } from '../../kernel/tables/read-log.ts'

const reference = resolve(import.meta.dirname, '../../../../shared/data')
const logs = [
  'eventlogs/running-example.xes',
  'eventlogs/receipt.csv',
  'eventlogs/RequestForPayment.xes.gz',
  'eventlogs/traffic_fines_10k.csv.gz',
  ...['bpic2013_closed', 'repair', 'reviewing', 'roadtraffic100', 'running-example', 'teleclaims'].map(
    (name) => `conformance/${name}/log.xes.gz`,
  ),
]

async function logAt(path: string): Promise<EventLog> {
  const read = await readLog(join(reference, path))
  if ('kind' in read) throw new Error(read.says.en)
  return read.log
}

if (!existsSync(reference))
  console.log('The reference logs are not beside this checkout: discovery from them is skipped.')

describe.skipIf(!existsSync(reference))('a procedure proposed from a real log', () => {
  it.each(logs)('of %s has every case among its runs, and is sound', async (path) => {
    const proposal = discover(wholeLog(await logAt(path)), { name: '提议' })
    if ('code' in proposal) throw new Error(proposal.says.en)
    const { cases, fitting, fitness, precision } = proposal.quality
    expect([fitting, fitness]).toEqual([cases, 1])
    expect(precision).toBeGreaterThan(0.1)
    const read = readBpmn(proposal.bpmn)
    if ('code' in read) throw new Error(read.says.en)
    expect(checkSoundness(read.net).kind).toBe('sound')
  })
  it('of PermitLog, too wide to list its states, is sound and has the cases of its first variants among its runs', async () => {
    const log = await logAt('eventlogs/PermitLog.xes.gz')
    const { net } = treeNet(discoverTree(log))
    expect(checkSoundness(net, { maxMarkings: 2000 }).kind).toBe('sound')
    const aligner = new Aligner(net)
    for (const { trace } of variantsOf(log).slice(0, 60)) {
      const alignment = aligner.align(trace)
      expect(alignment.kind === 'aligned' && alignment.cost < 10_000).toBe(true)
    }
  })
})

describe.skipIf(!existsSync(reference))('a net of the reference', () => {
  const home = join(reference, 'conformance')
  const nets = existsSync(home)
    ? readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.pnml'))
    : []
  it.each(nets)(
    '%s reads back from PNML the same, and from BPMN with the same runs or is refused with the reason',
    (file) => {
      const net = readPnml(readFileSync(join(home, file), 'utf8'))
      if ('kind' in net) throw new Error(net.says.en)
      const pnml = writePnml(net, file)
      if (typeof pnml !== 'string') throw new Error(pnml.says.en)
      const again = readPnml(pnml)
      if ('kind' in again) throw new Error(again.says.en)
      expect(netHash(again, (text) => text)).toBe(netHash(net, (text) => text))
      const bpmn = netToBpmn({ id: 'net', name: '网', net, steps: [], caseActs: [] })
      if (typeof bpmn !== 'string') {
        expect(bpmn.code).toBe('procedure.no-bpmn-form')
        // Nets mined by blocks always have one; those of other miners need not.
        expect(file).toMatch(/alpha|heu/)
        return
      }
      const read = readBpmn(bpmn)
      if ('kind' in read) throw new Error(read.says.en)
      if (checkSoundness(net, { maxMarkings: 2000 }).kind === 'sound') expect(differingRun(net, read.net)).toBeNull()
    },
  )
})
