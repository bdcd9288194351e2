import type { DaylightModule } from '../../kernel/module.ts'
import { auditRoutes } from './routes/audit-routes.ts'
import { directoryRoutes } from './routes/directory-routes.ts'
import { sessionRoutes } from './routes/session-routes.ts'
import type { Trust } from './trust.ts'

export { importDirectory } from './directory/import-directory.ts'
export type { DirectoryImport, DirectoryRows, OfficerRow, OrganRow, PostRow, RegionRow } from './directory/rows.ts'

/** Trust as a module: sessions, the directory, the audit. */
export function createTrust(trust: Trust): DaylightModule {
  return {
    name: 'trust',
    routes(app) {
      sessionRoutes(app, trust)
      directoryRoutes(app, trust)
      auditRoutes(app, trust)
    },
  }
}
