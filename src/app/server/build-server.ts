import type { GuardedRoute } from '../../kernel/access/guard.ts'
import type { AccessTable } from '../../kernel/access/table.ts'
import type { HttpApp } from '../../kernel/http/app.ts'
import { createApp } from '../../kernel/http/create-app.ts'
import { healthRoute } from '../../kernel/http/health.ts'
import { jobRoutes } from '../../kernel/http/job-routes.ts'
import type { Services } from '../../kernel/module.ts'
import { accessTable } from '../access/table.ts'
import { compose, type House } from './compose.ts'

/** The server built but not listening: a test asks it by `app.inject`. */
export interface BuiltServer {
  readonly app: HttpApp
  /** Every route under `/api`. */
  readonly routes: readonly GuardedRoute[]
  readonly house: House
}

/**
 * Builds the server with every module's routes. Throws where a route has no row in the access table: such a program must
 * not start.
 */
export async function buildServer(
  services: Services,
  house: House = compose(services),
  table: AccessTable = accessTable,
): Promise<BuiltServer> {
  const { identify, recordDenial, recordUse } = house.trust
  const { publicUrl, trustProxy } = services.config
  const { app, routes } = await createApp({
    guard: { table, identify, recordDenial, recordUse },
    publicUrl,
    trustProxy,
    log: services.log,
  })
  healthRoute(app, services.db)
  jobRoutes(app, services.jobs)
  for (const module of house.modules) module.routes?.(app)
  return { app, routes, house }
}
