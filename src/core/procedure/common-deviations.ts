import type { Bilingual } from '../refusal/refusal.ts'
import type { Deviation } from './deviation.ts'
import { saysDeviation } from './deviations.ts'
import type { LogConformance } from './log-conformance.ts'

/** One deviation and in how many cases it was found. */
export interface DeviationCount {
  readonly kind: Deviation['kind']
  readonly step: string
  readonly says: Bilingual
  readonly cases: number
}

/** The deviations of a log, the most common first; equal ones in the order in which they were found. */
export function commonDeviations(result: LogConformance): DeviationCount[] {
  const found = new Map<string, DeviationCount>()
  for (const { variant, deviations } of result.variants) {
    const own = new Map(deviations.map((deviation) => [saysDeviation(deviation).zh, deviation]))
    for (const [sentence, deviation] of own) {
      const before = found.get(sentence)?.cases ?? 0
      const { kind, step } = deviation
      found.set(sentence, { kind, step, says: saysDeviation(deviation), cases: before + variant.cases.length })
    }
  }
  return [...found.values()].sort((a, b) => b.cases - a.cases)
}
