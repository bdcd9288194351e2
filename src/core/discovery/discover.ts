import type { EventLog } from '../eventlog/event-log.ts'
import type { LogView } from '../eventlog/log-view.ts'
import { analyse } from '../procedure/analyse.ts'
import type { Diagram } from '../procedure/bpmn/diagram.ts'
import { writeBpmn } from '../procedure/bpmn/write-bpmn.ts'
import { isRefusal, type Refusal, refuse } from '../refusal/refusal.ts'
import { casesOfNodes } from './case-counts.ts'
import { drawTree } from './draw-tree.ts'
import { discoverTree } from './inductive-miner.ts'
import { precisionOf } from './precision.ts'
import type { ProcessTree } from './process-tree.ts'
import { treeNet } from './tree-net.ts'

/** How well a proposal tells the cases that it was made from. */
export interface ProposalQuality {
  /** Cases that it was made from: those that have ended. */
  readonly cases: number
  /** Cases still under way, left out: their end is not known. */
  readonly open: number
  readonly fitting: number
  readonly deviating: number
  readonly unsolved: number
  /** 1 when every case fits; null where none could be judged. */
  readonly fitness: number | null
  /** 1 when it allows nothing that no case does; null where it could not be told within the limits. */
  readonly precision: number | null
}

/** A procedure proposed from a log, for a person to correct: never a procedure by itself. */
export interface Proposal {
  readonly tree: ProcessTree
  /** BPMN 2.0 with its drawing. */
  readonly bpmn: string
  readonly diagram: Diagram
  /** Element or flow of the drawing → how many cases pass it. */
  readonly cases: Readonly<Record<string, number>>
  readonly quality: ProposalQuality
}

export interface DiscoverOptions {
  /** 0 keeps every case; what is rarer than this share of its commonest alternative is left out. */
  readonly noise?: number
  /** Names the proposal. */
  readonly name: string
  /** Cases that are still under way. */
  readonly unfinished?: (caseIndex: number) => boolean
  /** Asked now and then: true ends the judging of the proposal, never its making. */
  readonly expired?: () => boolean
  readonly onProgress?: (judged: number, cases: number) => void
}

/** The log of some of a log's cases, without attributes: all that a path needs. */
function logOf(log: EventLog, kept: readonly number[]): EventLog {
  const caseStart = new Int32Array(kept.length + 1)
  kept.forEach((c, index) => {
    caseStart[index + 1] =
      (caseStart[index] as number) + (log.caseStart[c + 1] as number) - (log.caseStart[c] as number)
  })
  const events = new Int32Array(caseStart[kept.length] as number)
  kept.forEach((c, index) => {
    for (let at = 0; at < (caseStart[index + 1] as number) - (caseStart[index] as number); at += 1)
      events[(caseStart[index] as number) + at] = (log.caseStart[c] as number) + at
  })
  return {
    caseIds: kept.map((c) => log.caseIds[c] as string),
    caseStart,
    activity: {
      dictionary: log.activity.dictionary,
      codes: events.map((event) => log.activity.codes[event] as number),
    },
    time: Float64Array.from(events, (event) => log.time[event] as number),
    row: events.map((event) => log.row[event] as number),
    eventAttributes: new Map(),
    caseAttributes: new Map(),
  }
}

/**
 * Proposes a procedure from the ended ones of some cases of a log: an inductive miner's process tree, drawn as BPMN, with how many
 * cases pass each step and each way, and how well it tells them. Refusals: `discovery.no-cases`, `discovery.noise`,
 * `procedure.unwritable` (an activity whose name BPMN would not give back).
 */
export function discover({ log, cases: chosen }: LogView, options: DiscoverOptions): Proposal | Refusal {
  const { name, noise = 0, unfinished = () => false, expired = () => false } = options
  if (!(noise >= 0 && noise <= 1)) return refuse('discovery.noise', { noise })
  const ended = logOf(
    log,
    [...chosen].filter((index) => !unfinished(index)),
  )
  if (ended.caseIds.length === 0) return refuse('discovery.no-cases', { open: chosen.length })
  const tree = discoverTree(ended, noise)
  const { diagram, ofElement, ofFlow } = drawTree(tree)
  const bpmn = writeBpmn({ id: 'proposal', name, nodes: diagram.nodes, flows: diagram.edges, diagram })
  if (isRefusal(bpmn)) return bpmn
  const built = treeNet(tree)
  const { onProgress } = options
  const conformance = analyse(ended, built.net, { expired, ...(onProgress ? { onProgress } : {}) })
  const passing = casesOfNodes(built, conformance)
  const { cases, fitting, deviating, unsolved, fitness } = conformance
  const counts = [...ofElement, ...ofFlow].map(([id, node]): [string, number] => [id, passing[node] as number])
  return {
    tree,
    bpmn,
    diagram,
    cases: Object.fromEntries(counts),
    quality: {
      cases,
      open: chosen.length - cases,
      fitting,
      deviating,
      unsolved,
      fitness,
      precision: precisionOf(built.net, conformance, expired),
    },
  }
}
