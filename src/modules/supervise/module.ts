import type { DaylightModule, Services } from '../../kernel/module.ts'
import { createLogs } from './logs/logs.ts'

export { openStoredLog } from './logs/stored-log.ts'

/** Supervise as a module: the logs of other systems, and what is judged of them. */
export function createSupervise(services: Services): DaylightModule {
  const logs = createLogs(services)
  return {
    name: 'supervise',
    routes(app) {
      logs.routes(app)
    },
    jobs: [...logs.jobs],
  }
}
