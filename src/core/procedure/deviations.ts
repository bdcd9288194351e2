import type { Bilingual } from '../refusal/refusal.ts'
import type { Deviation, Move } from './deviation.ts'
import type { Net, Transition } from './net.ts'

interface LogMove {
  readonly at: number
  readonly event: number
  readonly step: string
}

interface ModelMove {
  readonly at: number
  readonly transition: Transition
  readonly step: string
}

/**
 * Reads an optimal alignment as deviations that a person can act on, in the order of the alignment. A step that was logged
 * in one place and demanded in another is one deviation of order, and so are two steps done the wrong way round, each half
 * of a way that the procedure has twice; a step that happened and happened again is a repeat with its count; what is left is extra, skipped, or unknown to the procedure. `trace` is what the moves' events point into.
 */
export function readDeviations(moves: readonly Move[], trace: readonly string[], net: Net): Deviation[] {
  const labels = new Map<string, Transition>()
  for (const transition of net.transitions) {
    if (transition.label !== null && !labels.has(transition.label)) labels.set(transition.label, transition)
  }
  const logs: LogMove[] = []
  const models: ModelMove[] = []
  const done: LogMove[] = []
  moves.forEach((move, at) => {
    if (move.kind === 'log') logs.push({ at, event: move.event, step: trace[move.event] as string })
    else if (move.kind === 'synchronous') done.push({ at, event: move.event, step: trace[move.event] as string })
    else if (move.kind === 'model') {
      const transition = net.transitions[move.transition] as Transition
      models.push({ at, transition, step: transition.label as string })
    }
  })

  const found: { readonly at: number; readonly deviation: Deviation }[] = []
  const swapped = new Set<LogMove | ModelMove>()
  const free = freeByStep(logs)
  for (const model of models) {
    const log = free.get(model.step)?.nearest(model.at)
    const between = log && stepBetween(done, log.at, model.at)
    if (!log || !between) continue
    free.get(model.step)?.take(log)
    swapped.add(log).add(model)
    const early = log.at < model.at
    const [first, second] = early ? [log, between] : [between, log]
    found.push({
      at: first.at,
      deviation: {
        kind: 'order',
        step: first.step,
        expectedAfter: second.step,
        events: [first.event, second.event],
        ...elementOf(labels.get(first.step)),
      },
    })
  }

  // A part of the procedure that may be skipped or repeated fits both steps when gone through twice, each time half.
  models.forEach((first, index) => {
    const second = models[index + 1]
    if (!second || first.step === second.step || swapped.has(first) || swapped.has(second)) return
    const from = countBefore(done, first.at)
    const [early, late] = [done[from], done[from + 1]]
    if (countBefore(done, second.at) !== from + 2 || early?.step !== second.step || late?.step !== first.step) return
    swapped.add(first).add(second)
    found.push({
      at: early.at,
      deviation: {
        kind: 'order',
        step: early.step,
        expectedAfter: late.step,
        events: [early.event, late.event],
        ...elementOf(labels.get(early.step)),
      },
    })
  })

  const again = new Map<string, LogMove[]>()
  for (const log of logs) {
    if (swapped.has(log)) continue
    const known = again.get(log.step)
    if (known) known.push(log)
    else again.set(log.step, [log])
  }
  const happened = new Set([...done, ...logs.filter((log) => swapped.has(log))].map(({ step }) => step))
  for (const [step, own] of again) {
    const events = own.map(({ event }) => event)
    const transition = labels.get(step)
    const deviation: Deviation =
      transition === undefined
        ? { kind: 'unknown', step, events }
        : happened.has(step)
          ? { kind: 'repeated', step, times: events.length, events, ...elementOf(transition) }
          : { kind: 'extra', step, events, ...elementOf(transition) }
    found.push({ at: (own[0] as LogMove).at, deviation })
  }

  for (const model of models) {
    if (swapped.has(model)) continue
    const after = done[countBefore(done, model.at) - 1]?.step ?? null
    found.push({
      at: model.at,
      deviation: { kind: 'skipped', step: model.step, after, ...elementOf(model.transition) },
    })
  }
  return found.sort((a, b) => a.at - b.at).map(({ deviation }) => deviation)
}

const elementOf = (transition: Transition | undefined): { element?: string } =>
  transition?.element === undefined ? {} : { element: transition.element }

/** How many of moves in order stand before a place in the alignment. */
function countBefore(moves: readonly { readonly at: number }[], place: number): number {
  let [low, high] = [0, moves.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((moves[middle] as { readonly at: number }).at < place) low = middle + 1
    else high = middle
  }
  return low
}

/** The logged occurrences of one step that no deviation of order has taken yet. */
class FreeLogs {
  readonly #logs: LogMove[] = []
  /** Per place the next free one at or before it, and at or after it, shortened as they are followed; 0 and n + 1 are the ends. */
  readonly #before: number[] = [0]
  readonly #after: number[] = [0, 1]

  add(log: LogMove): void {
    const place = this.#logs.push(log)
    this.#before.push(place)
    this.#after.push(place + 1)
  }

  take(log: LogMove): void {
    const place = countBefore(this.#logs, log.at) + 1
    this.#before[place] = place - 1
    this.#after[place] = place + 1
  }

  /** The one that lies nearest to a place in the alignment, the earlier of equals. */
  nearest(at: number): LogMove | undefined {
    const place = countBefore(this.#logs, at)
    const early = this.#logs[follow(this.#before, place) - 1]
    const late = this.#logs[follow(this.#after, place + 1) - 1]
    if (!early || !late) return early ?? late
    return at - early.at <= late.at - at ? early : late
  }
}

/** Where a chain of places ends, each place on the way then pointing nearer to it. */
function follow(next: number[], place: number): number {
  let end = place
  while (next[end] !== end) {
    next[end] = next[next[end] as number] as number
    end = next[end] as number
  }
  return end
}

function freeByStep(logs: readonly LogMove[]): ReadonlyMap<string, FreeLogs> {
  const free = new Map<string, FreeLogs>()
  for (const log of logs) {
    const known = free.get(log.step) ?? new FreeLogs()
    known.add(log)
    free.set(log.step, known)
  }
  return free
}

/**
 * The step done between a logged and a demanded place that the two should have changed places with: the one next to
 * where the procedure demands it.
 */
function stepBetween(done: readonly LogMove[], log: number, model: number): LogMove | undefined {
  const place = countBefore(done, model)
  const next = log < model ? done[place - 1] : done[place]
  return next && next.at > Math.min(log, model) && next.at < Math.max(log, model) ? next : undefined
}

/** A deviation as a sentence. */
export function saysDeviation(deviation: Deviation): Bilingual {
  switch (deviation.kind) {
    case 'skipped':
      return deviation.after === null
        ? { zh: `一开始就缺少“${deviation.step}”。`, en: `“${deviation.step}” is missing at the start.` }
        : {
            zh: `“${deviation.after}”之后缺少“${deviation.step}”。`,
            en: `“${deviation.step}” is missing after “${deviation.after}”.`,
          }
    case 'extra': {
      const times = deviation.events.length
      return times === 1
        ? {
            zh: `做了“${deviation.step}”，而程序在此不允许。`,
            en: `“${deviation.step}” was done where the procedure does not allow it.`,
          }
        : {
            zh: `“${deviation.step}”做了 ${times} 次，而程序不允许。`,
            en: `“${deviation.step}” was done ${times} times where the procedure does not allow it.`,
          }
    }
    case 'unknown': {
      const times = deviation.events.length
      const [zh, en] = times === 1 ? ['', ''] : [`，出现 ${times} 次`, `; it happened ${times} times`]
      return {
        zh: `“${deviation.step}”不是程序中的步骤${zh}。`,
        en: `“${deviation.step}” is not a step of the procedure${en}.`,
      }
    }
    case 'order':
      return {
        zh: `“${deviation.step}”先于“${deviation.expectedAfter}”，程序要求在其之后。`,
        en: `“${deviation.step}” came before “${deviation.expectedAfter}”; the procedure has it after.`,
      }
    case 'repeated':
      return deviation.times === 1
        ? { zh: `“${deviation.step}”多做了 1 次。`, en: `“${deviation.step}” was repeated once.` }
        : {
            zh: `“${deviation.step}”多做了 ${deviation.times} 次。`,
            en: `“${deviation.step}” was repeated ${deviation.times} times.`,
          }
  }
}
