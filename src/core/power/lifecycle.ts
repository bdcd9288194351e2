import { type Refusal, refuse } from '../refusal/refusal.ts'
import type { PowerState } from './power.ts'

/** What can be done with a power. */
export type PowerAct = 'publish' | 'suspend' | 'repeal'

const allowed: Readonly<Record<PowerAct, readonly PowerState[]>> = {
  publish: ['draft', 'published', 'suspended'],
  suspend: ['published'],
  repeal: ['published', 'suspended'],
}

const becomes: Readonly<Record<PowerAct, PowerState>> = {
  publish: 'published',
  suspend: 'suspended',
  repeal: 'repealed',
}

/** The state that an act leads to. A published power may be published again, with a newer version. Refuses `power.wrong-state`. */
export function afterAct(code: string, state: PowerState, act: PowerAct): PowerState | Refusal {
  return allowed[act].includes(state) ? becomes[act] : refuse('power.wrong-state', { code, state, act })
}
