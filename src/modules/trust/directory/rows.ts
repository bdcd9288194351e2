import type { Bilingual } from '../../../core/refusal/refusal.ts'
import type { OfficerRole } from '../../../kernel/access/principal.ts'
import type { RegionLevel } from '../tables.ts'

/** A region as it is imported. Dates are 'YYYY-MM-DD'; `validTo` is the last day. */
export interface RegionRow {
  /** Code path from the province down: `99/9901/990121`. */
  readonly code: string
  readonly name: Bilingual
  readonly level: RegionLevel
  readonly validFrom: string
  readonly validTo?: string
  /** The region that answers for this one now. */
  readonly successor?: string
}

/** An organ as it is imported. */
export interface OrganRow {
  readonly code: string
  readonly name: Bilingual
  readonly region: string
  /** `government`, `party`, `self-governing`, `collective`, `mass` … */
  readonly kind: string
  readonly parent?: string
  readonly validFrom: string
  readonly validTo?: string
  /** The organ whose powers this one took over. */
  readonly successorOf?: string
}

/** A post as it is imported. */
export interface PostRow {
  readonly code: string
  readonly organ: string
  readonly title: Bilingual
  readonly roles: readonly OfficerRole[]
}

/** An officer as imported, with every post held: past, present and stood in for. */
export interface OfficerRow {
  readonly code: string
  readonly name: string
  /** Set only when the officer has none yet: an import never changes a password. */
  readonly password?: string
  /** An account of the example. */
  readonly demo?: boolean
  readonly posts: readonly {
    readonly post: string
    readonly from: string
    readonly to?: string
    /** The officer stood in for. */
    readonly standInFor?: string
  }[]
}

/** The directory, or a part of it, as plain rows. */
export interface DirectoryRows {
  readonly regions: readonly RegionRow[]
  readonly organs: readonly OrganRow[]
  readonly posts: readonly PostRow[]
  readonly officers: readonly OfficerRow[]
}

/** How many rows an import found to be new or changed. */
export interface DirectoryImport {
  readonly regions: number
  readonly organs: number
  readonly posts: number
  readonly officers: number
}
