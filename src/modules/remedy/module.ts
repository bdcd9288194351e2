import type { DaylightModule, Services } from '../../kernel/module.ts'
import { findingsFollowResults } from './findings/sync-findings.ts'
import { findingRoutes } from './routes/finding-routes.ts'
import { homeRoutes } from './routes/home-routes.ts'

/** Remedy as a module: findings, from doubt to a person's decision. */
export function createRemedy(services: Services): DaylightModule {
  return {
    name: 'remedy',
    routes(app) {
      findingRoutes(app, services)
      homeRoutes(app, services)
    },
    subscriptions: [findingsFollowResults(services.config.zone)],
  }
}
