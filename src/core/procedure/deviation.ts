/** One move of an optimal alignment. `event` is the position in the trace, `transition` the index in the net. */
export type Move =
  | { readonly kind: 'synchronous'; readonly event: number; readonly transition: number }
  | { readonly kind: 'log'; readonly event: number }
  | { readonly kind: 'model'; readonly transition: number }
  | { readonly kind: 'silent'; readonly transition: number }

/**
 * Where a trace left its procedure, read from an optimal alignment. A swap is one deviation of order, not a skip and an
 * extra; repeats of one step are one deviation that says how often. `events` are positions in the trace (0-based);
 * `element` is the diagram's node where there is one.
 */
export type Deviation =
  /** A step of the procedure did not happen. `after` is the last step that did, null at the start. */
  | { readonly kind: 'skipped'; readonly step: string; readonly after: string | null; readonly element?: string }
  /** A step of the procedure happened where the procedure does not allow it. */
  | { readonly kind: 'extra'; readonly step: string; readonly events: readonly number[]; readonly element?: string }
  /** An activity that the procedure does not know at all. */
  | { readonly kind: 'unknown'; readonly step: string; readonly events: readonly number[] }
  /** `step` happened before `expectedAfter`, though the procedure has it after. */
  | {
      readonly kind: 'order'
      readonly step: string
      readonly expectedAfter: string
      readonly events: readonly number[]
      readonly element?: string
    }
  /** A step happened `times` times more than the procedure allows. */
  | {
      readonly kind: 'repeated'
      readonly step: string
      readonly times: number
      readonly events: readonly number[]
      readonly element?: string
    }

/** What conformance says of one case; null fields are not solved within the budget, or cannot be (no reachable end). */
export interface CaseConformance {
  readonly fits: boolean | null
  /** 10000 per visible deviation, 1 per silent step, 0 per synchronous move. */
  readonly cost: number | null
  readonly moves: readonly Move[] | null
  readonly deviations: readonly Deviation[]
}
