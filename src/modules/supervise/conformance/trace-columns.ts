import type { Variant } from '../../../core/procedure/variants.ts'

/** Traces in columns that threads share without copying: trace t is the codes from `starts[t]` to `starts[t + 1]`. */
export interface TraceColumns {
  readonly activities: readonly string[]
  readonly codes: Int32Array
  readonly starts: Int32Array
  /** 1 for a trace of cases still under way. */
  readonly unfinished: Uint8Array
}

/** Puts traces into shared columns, in their order. */
export function traceColumns(traces: readonly Pick<Variant, 'trace' | 'unfinished'>[]): TraceColumns {
  const known = new Map<string, number>()
  const starts = new Int32Array(new SharedArrayBuffer(4 * (traces.length + 1)))
  traces.forEach(({ trace }, at) => {
    starts[at + 1] = (starts[at] as number) + trace.length
  })
  const codes = new Int32Array(new SharedArrayBuffer(4 * (starts.at(-1) as number)))
  const unfinished = new Uint8Array(new SharedArrayBuffer(traces.length))
  let next = 0
  traces.forEach((each, at) => {
    unfinished[at] = each.unfinished ? 1 : 0
    for (const activity of each.trace) {
      const code = known.get(activity) ?? known.size
      known.set(activity, code)
      codes[next] = code
      next += 1
    }
  })
  return { activities: [...known.keys()], codes, starts, unfinished }
}

/** One trace of the columns. */
export function traceAt({ activities, codes, starts }: TraceColumns, at: number): string[] {
  return Array.from(codes.subarray(starts[at], starts[at + 1]), (code) => activities[code] as string)
}
