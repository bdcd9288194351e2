import { byCodePoint } from './activities.ts'
import { eventsIn, type LogView } from './log-view.ts'
import { PairIndex } from './pair-index.ts'
import { grouped, type Spread, spreadsOf } from './spread.ts'
import { type Party, unitColumn } from './units.ts'

/** One party handing cases to another: successive events of a case in different hands. */
interface Handover {
  readonly from: string
  readonly to: string
  readonly count: number
  readonly cases: number
  /** Seconds from the one's event to the other's. */
  readonly duration: Spread | null
}

/** How much a party did, gave and took. */
interface HandoverParty {
  readonly key: string
  readonly events: number
  readonly gave: number
  readonly took: number
}

/** Who hands over to whom, the most frequent first, equal ones by name. */
interface Handovers {
  readonly known: boolean
  /** Successive events of which one does not state its party. */
  readonly unstated: number
  /** Successive events in one hand. */
  readonly same: number
  readonly parties: readonly HandoverParty[]
  readonly rows: readonly Handover[]
}

/** The handover-of-work matrix of a view (van der Aalst, Reijers, Song 2005: direct succession), with its times. */
export function handovers(view: LogView, by: Party): Handovers {
  const { log, cases } = view
  const column = unitColumn(log, by)
  if (column === null) return { known: false, unstated: 0, same: 0, parties: [], rows: [] }
  const { names, codes } = column
  const { caseStart, time } = log
  const pairs = new PairIndex(names.length)
  const total = eventsIn(view)
  const groups = new Int32Array(total)
  const seconds = new Float64Array(total)
  const events = new Int32Array(names.length)
  const inCases: number[] = []
  const lastCase: number[] = []
  let used = 0
  let unstated = 0
  let same = 0
  for (const c of cases) {
    const start = caseStart[c] as number
    for (let i = start; i < (caseStart[c + 1] as number); i++) {
      const to = codes[i] as number
      if (to >= 0) events[to] = (events[to] as number) + 1
      if (i === start) continue
      const from = codes[i - 1] as number
      if (from < 0 || to < 0) unstated++
      else if (from === to) same++
      else {
        const pair = pairs.of(from, to)
        if (lastCase[pair] !== c) {
          lastCase[pair] = c
          inCases[pair] = (inCases[pair] ?? 0) + 1
        }
        groups[used] = pair
        seconds[used++] = ((time[i] as number) - (time[i - 1] as number)) / 1000
      }
    }
  }
  const counts = new Int32Array(pairs.size)
  for (let k = 0; k < used; k++) counts[groups[k] as number] = (counts[groups[k] as number] as number) + 1
  const durations = spreadsOf(grouped(groups, seconds, used, pairs.size))
  const gave = new Int32Array(names.length)
  const took = new Int32Array(names.length)
  const rows = Array.from(counts, (count, pair): Handover => {
    const from = pairs.from[pair] as number
    const to = pairs.to[pair] as number
    gave[from] = (gave[from] as number) + count
    took[to] = (took[to] as number) + count
    return {
      from: names[from] as string,
      to: names[to] as string,
      count,
      cases: inCases[pair] as number,
      duration: durations[pair] as Spread | null,
    }
  }).sort((a, b) => b.count - a.count || byCodePoint(a.from, b.from) || byCodePoint(a.to, b.to))
  const parties = names
    .map((key, code) => ({
      key,
      events: events[code] as number,
      gave: gave[code] as number,
      took: took[code] as number,
    }))
    .filter((party) => party.events > 0)
    .sort((a, b) => b.events - a.events || byCodePoint(a.key, b.key))
  return { known: true, unstated, same, parties, rows }
}
