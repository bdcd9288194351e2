import type { FastifyRequest } from 'fastify'
import type { Denial, RecordedUse } from '../../kernel/access/guard.ts'
import type { OfficerRole, Principal } from '../../kernel/access/principal.ts'
import type { Db } from '../../kernel/db/db.ts'
import { type AuditedAct, recordAct } from './audit/audit.ts'
import { principalOf } from './sessions/session-store.ts'
import { type TrustDb, trustDb } from './tables.ts'

/** The words of the loop that a signed-in person's menu may show. */
export type MenuWord = 'list' | 'supervise' | 'remedy' | 'trust'

/** What trust needs to know of the deployment. */
export interface TrustSettings {
  readonly db: Db
  readonly clock: () => Temporal.Instant
  /** Zone in which an officer's days in a post begin and end. */
  readonly zone: string
  /** The address that the server listens on. */
  readonly host: string
  /** The address that people use; https makes the cookie Secure. */
  readonly publicUrl: URL | null
  /** Whether a proxy's word about the client is believed. */
  readonly trustsProxy: boolean
  /** The menu of each role. */
  readonly menu: Readonly<Record<OfficerRole, readonly MenuWord[]>>
}

/** Trust at work: what its routes, the guard and the server ask it. */
export interface Trust {
  readonly settings: TrustSettings
  readonly store: TrustDb
  readonly cookie: string
  /** Today in the deployment's zone, 'YYYY-MM-DD'. */
  today(): string
  /** Who asks, by the session cookie; null for the public. */
  identify(request: FastifyRequest): Promise<Principal | null>
  recordDenial(denial: Denial): Promise<void>
  recordUse(use: RecordedUse): Promise<void>
  record(act: AuditedAct): Promise<void>
}

/** Puts trust together. */
export function trustOf(settings: TrustSettings): Trust {
  const store = trustDb(settings.db)
  const today = (): string => settings.clock().toZonedDateTimeISO(settings.zone).toPlainDate().toString()
  // The __Host- prefix makes the browser keep the cookie from every other host, and asks for Secure.
  const cookie = settings.publicUrl?.protocol === 'https:' ? '__Host-daylight_session' : 'daylight_session'
  const record = (act: AuditedAct): Promise<void> => recordAct(store, act, settings.clock())
  return {
    settings,
    store,
    cookie,
    today,
    record,
    async identify(request) {
      const token = request.cookies[cookie]
      return token === undefined ? null : principalOf(store, token, settings.clock(), today())
    },
    recordDenial: (denial) => record({ ...denial, decision: 'denied' }),
    recordUse: (use) => record({ ...use, decision: 'allowed' }),
  }
}
