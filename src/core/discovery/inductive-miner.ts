import type { EventLog } from '../eventlog/event-log.ts'
import { variantsOf } from '../eventlog/variants.ts'
import { type Cut, findCut } from './cuts.ts'
import { besideTheRest, oncePerTrace, rounds, strictRounds } from './fall-throughs.ts'
import { Follows } from './follows.ts'
import { folded, type ProcessTree } from './process-tree.ts'
import { splitLog } from './split.ts'
import { countOf, projected, type SubLog } from './sub-log.ts'

const silent: ProcessTree = { kind: 'silent' }

class InductiveMiner {
  readonly #noise: number
  readonly #names: readonly string[]

  constructor(names: readonly string[], noise: number) {
    this.#names = names
    this.#noise = noise
  }

  #activity(code: number): ProcessTree {
    return { kind: 'activity', activity: this.#names[code] as string }
  }

  tree(log: SubLog): ProcessTree {
    const all = countOf(log)
    const told = log.filter(({ codes }) => codes.length > 0)
    const empty = all - countOf(told)
    if (told.length === 0) return silent
    if (empty > 0) {
      const rest = this.tree(told)
      // So few pieces leave this part out that leaving it out counts as rare.
      return empty < this.#noise * all ? rest : { kind: 'exclusive', children: [silent, rest] }
    }
    const follows = Follows.of(told)
    if (follows.size === 1) {
      // So few pieces repeat this one activity that repeating it counts as rare.
      const repeated = countOf(told.filter(({ codes }) => codes.length > 1))
      if (repeated === 0 || repeated < this.#noise * all) return this.#activity(follows.codes[0] as number)
    }
    const own = this.#cut(told, follows, findCut(follows))
    if (own) return own
    if (this.#noise > 0) {
      const common = follows.withoutRare(this.#noise)
      const cut = this.#cut(told, common, findCut(common))
      if (cut) return cut
    }
    return this.#fallThrough(told, follows)
  }

  #cut(log: SubLog, follows: Follows, cut: Cut | null): ProcessTree | null {
    if (cut === null) return null
    const children = splitLog(log, cut, follows).map((part) => this.tree(part))
    if (cut.kind !== 'loop') return { kind: cut.kind, children }
    const [body, ...redos] = children as [ProcessTree, ...ProcessTree[]]
    return {
      kind: 'loop',
      body,
      redo: redos.length === 1 ? (redos[0] as ProcessTree) : { kind: 'exclusive', children: redos },
    }
  }

  #fallThrough(log: SubLog, follows: Follows): ProcessTree {
    const beside = oncePerTrace(log, follows) ?? besideTheRest(log, follows)
    if (beside !== null && follows.size > 1) {
      const alone = this.tree(projected(log, (code) => code === beside))
      return { kind: 'parallel', children: [alone, this.tree(projected(log, (code) => code !== beside))] }
    }
    const round = strictRounds(log, follows) ?? rounds(log, follows)
    if (round !== null) return { kind: 'loop', body: this.tree(round), redo: silent }
    const activities = follows.codes.map((code) => this.#activity(code))
    return { kind: 'loop', body: { kind: 'exclusive', children: activities }, redo: silent }
  }
}

/**
 * Proposes a process tree from a log by the inductive miner: the traces are taken apart by exclusive, sequence, parallel
 * and loop cuts of what directly follows what, and where none fits by the fall-throughs (an activity that can be skipped,
 * that comes once in every trace or beside all else, repeated rounds, and at last any order). Without noise every trace of
 * the log is a run of the tree; `noise` (0 … 1) leaves out what is rarer than that share of its commonest alternative.
 * The same log gives the same tree. Sources: Leemans, Fahland & van der Aalst, Petri Nets 2013 and BPM Workshops 2014.
 */
export function discoverTree(log: EventLog, noise = 0): ProcessTree {
  const { variants } = variantsOf(log)
  const named = variants.map(({ activities, cases }) => ({
    codes: Array.from(activities).filter((code) => code >= 0),
    count: cases,
  }))
  return folded(new InductiveMiner(log.activity.dictionary, noise).tree(named))
}
