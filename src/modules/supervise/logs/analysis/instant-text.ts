import { isoInstant } from '../../../../kernel/tables/time-role.ts'

/** The ISO text of an instant in ms; null where there is none. */
export const instantText = (ms: number): string | null => (Number.isFinite(ms) ? isoInstant(ms) : null)
