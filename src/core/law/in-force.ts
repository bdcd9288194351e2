import type { Effective } from './effective.ts'

/** What decides when a version of a law was in force. */
export interface VersionDates {
  /** The day of this version's text, `YYYY-MM-DD`. */
  readonly version: string
  readonly publishedOn: string | null
  readonly effective: Effective
  /** True where the law, or this version of it, is known to have lapsed. */
  readonly expired: boolean
  /** The first day on which it no longer holds, where that is known. */
  readonly expiredOn: string | null
}

/** The version of a law that was in force on a day, or why none can be named. */
export type InForce<Version extends VersionDates> =
  | {
      readonly kind: 'in-force'
      readonly version: Version
      /** The first day on which it no longer holds; null while no held version follows it. */
      readonly until: string | null
      /** Later versions, published by that day, whose effective date nobody states: one of them may have replaced it. */
      readonly laterUnknown: readonly Version[]
    }
  /** Held versions begin only later, or none is held. */
  | { readonly kind: 'not-held'; readonly earliest: string | null }
  /** Every version that could hold then has an unknown effective date. */
  | { readonly kind: 'unknown'; readonly versions: readonly Version[] }
  /** The law had lapsed by then, or is known to have lapsed on a day that nobody states. */
  | { readonly kind: 'lapsed'; readonly version: Version; readonly on: string | null }

/**
 * Which version was in force on the day `on`: the one with the latest effective date that is not later than `on`. A
 * version holds until the next one takes effect or it lapses; a date that no held version covers is never answered with
 * the nearest. Of two versions effective on one day the later text holds.
 */
export function versionInForce<Version extends VersionDates>(
  versions: readonly Version[],
  on: string,
): InForce<Version> {
  const known = versions
    .filter((version) => version.effective.on !== null)
    .sort((a, b) => compare(a.effective.on ?? '', b.effective.on ?? '') || compare(a.version, b.version))
  const begun = known.filter((version) => (version.effective.on ?? '') <= on)
  const current = begun.at(-1)
  const unknown = versions.filter(
    (version) => version.effective.on === null && (version.publishedOn ?? version.version) <= on,
  )
  if (current === undefined) {
    if (unknown.length > 0) return { kind: 'unknown', versions: unknown }
    return { kind: 'not-held', earliest: known[0]?.effective.on ?? null }
  }
  const next = known.find((version) => (version.effective.on ?? '') > on)
  if (current.expiredOn !== null && current.expiredOn <= on) {
    return { kind: 'lapsed', version: current, on: current.expiredOn }
  }
  const replaced = versions.some((version) => version.version > current.version)
  if (current.expired && current.expiredOn === null && !replaced) return { kind: 'lapsed', version: current, on: null }
  const ends = [current.expiredOn, next?.effective.on ?? null].filter((day) => day !== null).sort()
  return {
    kind: 'in-force',
    version: current,
    until: ends[0] ?? null,
    laterUnknown: unknown.filter((version) => version.version > current.version),
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
