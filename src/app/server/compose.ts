import type { DaylightModule, Services } from '../../kernel/module.ts'
import { createList } from '../../modules/list/module.ts'
import { createRemedy } from '../../modules/remedy/module.ts'
import { createSupervise } from '../../modules/supervise/module.ts'
import { createTrust } from '../../modules/trust/module.ts'
import { type Trust, trustOf } from '../../modules/trust/trust.ts'
import { menu } from '../access/menu.ts'

/** The house put together: trust, which the guard asks, and every module with its routes, jobs and subscriptions. */
export interface House {
  readonly trust: Trust
  readonly modules: readonly DaylightModule[]
}

/** Puts the modules together. The only place that knows them all. */
export function compose(services: Services): House {
  const { db, clock, config } = services
  const { zone, host, publicUrl, trustProxy } = config
  const trust = trustOf({ db, clock, zone, host, publicUrl, trustsProxy: trustProxy.length > 0, menu })
  return {
    trust,
    modules: [createList(services), createSupervise(services), createRemedy(services), createTrust(trust)],
  }
}
