import type { ColumnType, Generated, Kysely, QueryExecutorProvider } from 'kysely'
import type { Refusal } from '../../core/refusal/refusal.ts'

/** Written by PostgreSQL itself, read as the decided type of value-types.ts. */
type Instant = ColumnType<string, string, string>

/** What the house must tell the world, in the order in which it became true. */
export interface DomainEventTable {
  readonly id: string
  readonly kind: string
  readonly version: number
  readonly aggregate_kind: string
  readonly aggregate_id: string
  readonly sequence: number
  readonly caused_by: string | null
  readonly occurred_at: Instant
  readonly recorded_at: Instant
  readonly officer: string | null
  readonly post: string | null
  readonly organ: string | null
  readonly region: string
  readonly power: string | null
  readonly basis: readonly string[]
  readonly payload: object
  /** The transaction below which nothing can still appear, see outbox/publish.ts. */
  readonly position: string
  readonly ordinal: Generated<number>
}

/** The last event that a subscription has handled, and what it stumbles over. */
export interface SubscriptionCursorTable {
  readonly name: string
  readonly position: string
  readonly ordinal: number
  readonly failures: number
  readonly failing_event: string | null
  readonly failed_at: string | null
}

/** What people see of a long job, see jobs/jobs.ts. */
export interface JobTable {
  readonly id: string
  readonly kind: string
  readonly state: 'waiting' | 'running' | 'done' | 'refused' | 'failed' | 'cancelled' | 'interrupted'
  readonly officer: string | null
  readonly region: string | null
  readonly done: number
  readonly total: number | null
  readonly stage: string | null
  readonly result: object | null
  readonly refusal: Refusal | null
  readonly runner: number | null
  readonly asked_at: Generated<string>
  readonly started_at: string | null
  readonly ended_at: string | null
  readonly cancel_asked_at: string | null
}

/** The kernel's own tables; a module adds its own with `db.$extendTables<ListTables>()`. */
export interface KernelTables {
  readonly domain_event: DomainEventTable
  readonly subscription_cursor: SubscriptionCursorTable
  readonly job: JobTable
}

/** The store of one deployment. `destroy()` closes it, and stops the embedded server if this process started it. */
export type Db = Kysely<KernelTables>

/** Any open transaction, whatever tables it knows. */
export type OpenTransaction = QueryExecutorProvider & { readonly isTransaction: true }
