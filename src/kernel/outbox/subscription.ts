import type { Transaction } from 'kysely'
import type { DomainEvent } from '../../core/event/domain-event.ts'
import type { KernelTables } from '../db/db.ts'

/**
 * Something that happens because an event did. `handle` writes in the transaction that also moves the subscription's
 * cursor: its effects in the store happen exactly once. It must do nothing outside the store.
 */
export interface Subscription {
  /** Permanent: a new name begins again at the first event. */
  readonly name: string
  /** The kinds of event to handle. */
  readonly kinds: readonly string[]
  handle(transaction: Transaction<KernelTables>, event: DomainEvent): Promise<void>
}
