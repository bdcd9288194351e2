import type { Party } from './units.ts'

/** `to` came after `from` in a case: at once, or at some time. */
export interface PathStep {
  readonly from: string
  readonly to: string
  readonly how: 'directly' | 'eventually'
}

/**
 * Which cases of a log are meant. Every part that is named must hold; within a list one value is enough, except in
 * `contains`, `lacks`, `follows`, `repeats`, `attribute` and `handover`, of which each must hold. Days are ISO dates in
 * the zone, both ends included.
 */
export interface LogFilter {
  readonly time?: {
    /**
     * Which instants of a case lie in the days: its first event's, its last event's, some event's (touches: the case was
     * under way on one of the days), or all (within).
     */
    readonly how: 'starts' | 'ends' | 'touches' | 'within'
    readonly from?: string | undefined
    readonly to?: string | undefined
  }
  /** Cases in which one of these acted. */
  readonly organ?: readonly string[]
  readonly officer?: readonly string[]
  readonly post?: readonly string[]
  /** Code paths: a region counts with all below it. */
  readonly region?: readonly string[]
  readonly power?: readonly string[]
  readonly contains?: readonly string[]
  readonly lacks?: readonly string[]
  readonly startsWith?: readonly string[]
  readonly endsWith?: readonly string[]
  readonly follows?: readonly PathStep[]
  /** Activities that happened twice or more. */
  readonly repeats?: readonly string[]
  /** Whole sequences of activities. */
  readonly variant?: readonly (readonly string[])[]
  readonly outcome?: 'ended' | 'open'
  /** Activities that end a case, where the log has no column that says when cases end. */
  readonly endBy?: readonly string[]
  readonly attribute?: readonly { readonly key: string; readonly values: readonly string[] }[]
  /** Seconds from the first event to the last. */
  readonly duration?: { readonly least?: number | undefined; readonly most?: number | undefined }
  /** Begun on or before this day, and not ended before the day's end. */
  readonly openOn?: string
  readonly handover?: readonly { readonly by: Party; readonly from: string; readonly to: string }[]
  /** An event fell into one of these hours of the week; weekday 1 is Monday. */
  readonly hours?: readonly { readonly weekday: number; readonly hour: number }[]
}
