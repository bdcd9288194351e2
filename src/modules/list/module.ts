import type { DaylightModule, Services } from '../../kernel/module.ts'
import { lawRoutes } from './routes/law-routes.ts'
import { powerRoutes, publicPowerRoutes } from './routes/power-routes.ts'
import { procedureRoutes } from './routes/procedure-routes.ts'
import type { ListServices } from './services.ts'

export { importLaws, type LawImportReport } from './laws/import-laws.ts'
export { loadLawPacks } from './laws/load-law-packs.ts'
export type { SetNote } from './laws/read-set.ts'
export { type ResolvedNode, resolveBasis } from './laws/resolve.ts'
export { draftPower, nobody } from './powers/draft-power.ts'
export { importCatalogue } from './powers/import-catalogue.ts'
export { publishPower } from './powers/publish-power.ts'
export { procedureCompiler } from './procedures/compile-procedure.ts'

/** The list as a module: the library of laws and the register of powers. */
export function createList(services: Services): DaylightModule {
  const list: ListServices = {
    db: services.db,
    clock: services.clock,
    zone: services.config.zone,
    packs: services.packs,
  }
  return {
    name: 'list',
    routes(app) {
      lawRoutes(app, list)
      publicPowerRoutes(app, list)
      powerRoutes(app, list)
      procedureRoutes(app, list)
    },
  }
}
