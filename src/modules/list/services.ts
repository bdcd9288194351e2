import type { Db } from '../../kernel/db/db.ts'

/** What the list module works with. */
export interface ListServices {
  readonly db: Db
  readonly clock: () => Temporal.Instant
  /** The zone whose calendar day is today. */
  readonly zone: string
  /** The folder of packs. */
  readonly packs: string
}
