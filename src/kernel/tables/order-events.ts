import type { GrowingFloat64, GrowingInt32 } from './growing.ts'
import { NO_TIME } from './time-column.ts'

/** Cases in the order in which their first used event appears, and each case code's place in it (−1: no used event). */
export function caseOrder(
  caseCodes: GrowingInt32,
  used: Uint8Array,
  codes: number,
): { readonly order: Int32Array; readonly ordinal: Int32Array } {
  const ordinal = new Int32Array(codes).fill(-1)
  const order = new Int32Array(codes)
  let count = 0
  for (let i = 0; i < used.length; i++) {
    if (used[i] === 0) continue
    const code = caseCodes.get(i)
    if ((ordinal[code] as number) >= 0) continue
    ordinal[code] = count
    order[count++] = code
  }
  return { order: order.subarray(0, count), ordinal }
}

/**
 * The order of a log's events: by case, then by instant, equal instants by source row. An event without a time stays
 * where its source has it: right behind the events that come before it in its case. The order is total and stable, so
 * the same file always gives the same log.
 */
export function eventOrder(
  caseCodes: GrowingInt32,
  times: GrowingFloat64,
  used: Uint8Array,
  ordinal: Int32Array,
  cases: number,
): { readonly order: Int32Array; readonly caseStart: Int32Array } {
  const caseStart = new Int32Array(cases + 1)
  for (let i = 0; i < used.length; i++) {
    if (used[i] === 1) {
      const next = (ordinal[caseCodes.get(i)] as number) + 1
      caseStart[next] = (caseStart[next] as number) + 1
    }
  }
  for (let c = 0; c < cases; c++) caseStart[c + 1] = (caseStart[c + 1] as number) + (caseStart[c] as number)
  const order = new Int32Array(caseStart[cases] as number)
  const fill = caseStart.slice(0, cases)
  for (let i = 0; i < used.length; i++) {
    if (used[i] === 0) continue
    const c = ordinal[caseCodes.get(i)] as number
    const place = fill[c] as number
    order[place] = i
    fill[c] = place + 1
  }
  let effective: Float64Array | null = null
  for (let c = 0; c < cases; c++) {
    const from = caseStart[c] as number
    const to = caseStart[c + 1] as number
    let last = NO_TIME
    let sorted = true
    for (let k = from; k < to; k++) {
      const time = times.get(order[k] as number)
      if (time === NO_TIME) continue
      if (time < last) sorted = false
      last = time
    }
    if (sorted) continue
    effective ??= new Float64Array(used.length)
    last = NO_TIME
    for (let k = from; k < to; k++) {
      const i = order[k] as number
      const time = times.get(i)
      if (time !== NO_TIME) last = time
      effective[i] = last
    }
    const moment = effective
    // no time at all yet is −∞, and −∞ − −∞ is no number: compare, never subtract
    order.subarray(from, to).sort((a, b) => {
      const x = moment[a] as number
      const y = moment[b] as number
      return x < y ? -1 : x > y ? 1 : a - b
    })
  }
  return { order, caseStart }
}
