import type { PowerEntry } from './power.ts'

/** What an entry must state before it can be published. */
export const powerLacks = [
  'kind',
  'level',
  'body',
  'basis',
  'statutory-limit',
  'promise',
  'procedure',
  'case-kind',
] as const

/** Something that an entry does not state yet. */
export type PowerLack = (typeof powerLacks)[number]

/**
 * What an entry lacks, in the order of `powerLacks`. A statutory limit is required of a permit only: 行政许可法 42 sets one
 * for every permit, while other kinds may have none in law.
 */
export function lacksOf(entry: PowerEntry): readonly PowerLack[] {
  const missing: Readonly<Record<PowerLack, boolean>> = {
    kind: entry.kind === null,
    level: entry.level === null,
    body: entry.organs.length === 0,
    basis: entry.bases.length === 0,
    'statutory-limit': entry.limit.statutory === null && (entry.kind === 'permit' || entry.kind === null),
    promise: entry.limit.promised === null,
    procedure: entry.procedure === null,
    'case-kind': entry.caseKinds.length === 0,
  }
  return powerLacks.filter((lack) => missing[lack])
}
