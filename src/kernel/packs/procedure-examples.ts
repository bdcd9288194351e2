// A procedure's own examples: cases, and the sentences that conformance says of them.
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { EventLog } from '../../core/eventlog/event-log.ts'
import { analyse } from '../../core/procedure/analyse.ts'
import { saysDeviation } from '../../core/procedure/deviations.ts'
import { checkSoundness } from '../../core/procedure/soundness.ts'
import { isRefusal, type Refusal } from '../../core/refusal/refusal.ts'
import { type PackProcedure, readProcedureFolder } from './procedures.ts'
import { readYaml } from './read-yaml.ts'

const examplesFile = z
  .strictObject({
    examples: z
      .array(
        z.strictObject({
          name: z.string().min(1),
          trace: z.array(z.string().min(1)),
          expect: z.array(z.string().min(1)).describe('The deviations in Chinese; none where the case fits'),
        }),
      )
      .min(2),
  })
  .refine(({ examples }) => examples.some(({ expect }) => expect.length === 0), 'no example fits')
  .refine(({ examples }) => examples.some(({ expect }) => expect.length > 0), 'no example deviates')

/** What running a procedure's examples gave. */
export interface ProcedureReport {
  readonly procedure: string
  readonly sound: boolean
  readonly examples: number
  readonly failures: readonly {
    readonly example: string
    readonly expected: readonly string[]
    readonly found: readonly string[]
  }[]
}

/** A log of one case each from lists of activities. */
function logOf(traces: readonly (readonly string[])[]): EventLog {
  const dictionary = [...new Set(traces.flat())]
  const code = new Map(dictionary.map((activity, index) => [activity, index]))
  const events = traces.flat()
  const caseStart = new Int32Array(traces.length + 1)
  traces.forEach((trace, index) => {
    caseStart[index + 1] = (caseStart[index] as number) + trace.length
  })
  return {
    caseIds: traces.map((_, index) => String(index + 1)),
    caseStart,
    activity: { dictionary, codes: Int32Array.from(events, (activity) => code.get(activity) as number) },
    time: new Float64Array(events.length).fill(Number.NaN),
    row: Int32Array.from(events, (_, index) => index + 1),
    eventAttributes: new Map(),
    caseAttributes: new Map(),
  }
}

/** Runs the examples of one procedure. Refusals: `pack.*`. */
async function testProcedure(folder: string, { about, procedure }: PackProcedure): Promise<ProcedureReport | Refusal> {
  const file = await readYaml(join(folder, 'examples.yml'), examplesFile)
  if (isRefusal(file)) return file
  const result = analyse(logOf(file.examples.map(({ trace }) => trace)), procedure.net, {
    caseActs: procedure.caseActs,
  })
  const failures = file.examples.flatMap(({ name, expect }, index) => {
    const found = result.ofCase(index).deviations.map((deviation) => saysDeviation(deviation).zh)
    return found.join('\n') === expect.join('\n') ? [] : [{ example: name, expected: expect, found }]
  })
  const sound = checkSoundness(procedure.net).kind === 'sound'
  return { procedure: about.procedure, sound, examples: file.examples.length, failures }
}

/**
 * Runs the examples of every procedure that a pack holds, a folder each; none where it holds no procedures. Refusals:
 * `pack.*`, `procedure.*`, `xml.*`.
 */
export async function testProcedures(pack: string): Promise<readonly ProcedureReport[] | Refusal> {
  const reports: ProcedureReport[] = []
  for (const name of (await readdir(pack)).sort()) {
    const folder = join(pack, name)
    if (!existsSync(join(folder, 'procedure.yml'))) continue
    const procedure = await readProcedureFolder(folder)
    if (isRefusal(procedure)) return procedure
    const report = await testProcedure(folder, procedure)
    if (isRefusal(report)) return report
    reports.push(report)
  }
  return reports
}
