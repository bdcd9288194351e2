import type { FastifyRequest } from 'fastify'
import { type Refusal, refuse } from '../../core/refusal/refusal.ts'
import type { HttpApp } from '../http/app.ts'
import { type Ability, abilityOf } from './ability.ts'
import { actorOf, type Principal } from './principal.ts'
import type { RequestAccess } from './request-access.ts'
import { type AccessTable, routeKey } from './table.ts'

/** A request that was denied: codes only, for the audit. */
export interface Denial {
  readonly requestId: string
  readonly principal: Principal | null
  /** `METHOD pattern` of the route, never the address that was asked. */
  readonly route: string
  readonly reason: Refusal['code']
}

/** A use of a route that the table has recorded: codes only, for the audit. */
export interface RecordedUse extends Omit<Denial, 'reason'> {
  /** What was done, as the table calls it. */
  readonly reason: string
}

/** What the guard needs from outside: the table, who asks, and where denials are written. */
export interface Guard {
  readonly table: AccessTable
  /** Who asks, by the request's session; null for the public, and for a session that has ended. */
  readonly identify: (request: FastifyRequest) => Promise<Principal | null>
  /** Writes the audit row of a denial, before the answer leaves. */
  readonly recordDenial: (denial: Denial) => Promise<void>
  /** Writes the audit row of a use that the table has recorded, before the answer leaves. */
  readonly recordUse: (use: RecordedUse) => Promise<void>
}

/** A route that the guard saw being registered. */
export interface GuardedRoute {
  readonly method: string
  readonly url: string
}

interface Asked {
  regions: boolean
}

const asked = new WeakMap<FastifyRequest, Asked>()
const isGuarded = (url: string): boolean => url === '/api' || url.startsWith('/api/')
const keyOf = (request: FastifyRequest): string => routeKey(request.method, request.routeOptions.url ?? '(no route)')

function requestAccess(ability: Ability, route: string, principal: Principal | null, ask: Asked): RequestAccess {
  const permits: RequestAccess['permits'] = (row) => {
    ask.regions = true
    return ability.permits(route, row)
  }
  return {
    principal,
    actor: actorOf(principal),
    permits,
    where: (column = 'region') => {
      ask.regions = true
      return ability.where(route, column)
    },
    denies: (row) => (permits(row) ? null : refuse('access.other-region')),
  }
}

/**
 * Guards every route under `/api`: one that has no row in the table cannot be registered (throws, so the server is not
 * built), one that the asker's roles do not reach is refused, and each denial is recorded. Returns the routes as they
 * are registered. Must be called before any route.
 */
export function guardRoutes(app: HttpApp, guard: Guard): readonly GuardedRoute[] {
  const routes: GuardedRoute[] = []
  const abilities = new Map<string, Ability>()

  const abilityFor = (principal: Principal | null): Ability => {
    const key = principal === null ? '' : `${principal.region} ${[...principal.roles].sort().join(' ')}`
    const known = abilities.get(key) ?? abilityOf(guard.table, principal)
    abilities.set(key, known)
    return known
  }

  app.addHook('onRoute', (route) => {
    if (!isGuarded(route.url)) return
    for (const method of [route.method].flat()) {
      if (!guard.table.has(routeKey(method, route.url))) {
        throw new Error(`${method} ${route.url} has no row in the access table`)
      }
      routes.push({ method, url: route.url })
    }
  })

  app.addHook('onRequest', async (request, reply) => {
    const url = request.routeOptions.url
    if (url === undefined) return
    // The pages' catch-all never answers for the API.
    if (!isGuarded(url)) return isGuarded(request.url) ? reply.refuse(refuse('http.not-found')) : undefined
    const principal = await guard.identify(request)
    const ability = abilityFor(principal)
    const ask = { regions: false }
    asked.set(request, ask)
    request.access = requestAccess(ability, keyOf(request), principal, ask)
    if (ability.scope(keyOf(request)) !== 'none') return
    return reply.refuse(refuse(principal === null ? 'access.not-signed-in' : 'access.not-permitted'))
  })

  app.addHook('onSend', async (request, reply, body) => {
    const reason = reply.refusedWith
    if (reason !== undefined && [401, 403, 429].includes(reply.statusCode)) {
      const principal = request.access?.principal ?? null
      await guard.recordDenial({ requestId: request.id, principal, route: keyOf(request), reason: reason.code })
    }
    const use = guard.table.get(keyOf(request))?.records
    if (use !== undefined && request.method !== 'HEAD' && reply.statusCode < 400) {
      const { principal } = request.access
      await guard.recordUse({ requestId: request.id, principal, route: keyOf(request), reason: use })
    }
    // Fails closed: an answer from rows of regions by a handler that never asked which regions could hold any row at all.
    const ask = asked.get(request)
    if (ask === undefined || ask.regions || reply.statusCode >= 400) return body
    if (abilityFor(request.access.principal).scope(keyOf(request)) !== 'own') return body
    throw new Error(`${keyOf(request)} answered without asking request.access for its region`)
  })

  return routes
}
