import type { JobKind } from '../../../kernel/jobs/job-kind.ts'
import type { DaylightModule, Services } from '../../../kernel/module.ts'
import { logJobs } from './jobs.ts'
import { analysisRoutes } from './routes/analysis-routes.ts'
import { caseRoutes } from './routes/case-routes.ts'
import { exportRoutes } from './routes/export-routes.ts'
import { logRoutes } from './routes/log-routes.ts'
import { mappingRoutes } from './routes/mapping-routes.ts'
import { uploadRoutes } from './routes/upload-routes.ts'
import { variantRoutes } from './routes/variant-routes.ts'

/** Stored logs as a part of `supervise`: their routes and their jobs. */
export function createLogs(services: Services): Required<Pick<DaylightModule, 'routes' | 'jobs'>> {
  const jobs = logJobs(services)
  return {
    routes(app) {
      logRoutes(app, services, jobs)
      caseRoutes(app, services, jobs)
      analysisRoutes(app, services)
      mappingRoutes(app, services)
      variantRoutes(app, services)
      uploadRoutes(app, services, jobs)
      exportRoutes(app, services)
    },
    jobs: [jobs.import as unknown as JobKind, jobs.conformance as unknown as JobKind],
  }
}
