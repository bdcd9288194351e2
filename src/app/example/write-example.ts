import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { stringify } from 'yaml'
import { type Refusal, refuse } from '../../core/refusal/refusal.ts'
import type { GeneratedCases } from './generate/generate.ts'
import { csvOf, mappingOf, planOf, plantedCsv, planYaml } from './generate/output.ts'
import type { Example } from './read-example.ts'

/** The files of a generated log. */
export interface WrittenLog {
  readonly log: string
  readonly map: string
  readonly plan: string
  /** Null unless the list of planted cases was asked for. */
  readonly truth: string | null
}

/**
 * Writes a generated log, how to read it and its plan into a folder, and the list of planted cases to a file that the caller names; a log
 * for judging is written without one. Refusal: `example.cannot-write`.
 */
export async function writeLog(
  example: Example,
  generated: GeneratedCases,
  folder: string,
  truth: string | null,
): Promise<WrittenLog | Refusal> {
  const files = {
    log: join(folder, 'permits.csv'),
    map: join(folder, 'permits-map.yml'),
    plan: join(folder, 'permits-plan.yml'),
    truth,
  }
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(files.log, csvOf(generated, example.cases))
    await writeFile(files.map, stringify(mappingOf(example.cases)))
    await writeFile(files.plan, planYaml(planOf(example)))
    if (truth !== null) {
      await mkdir(dirname(truth), { recursive: true })
      await writeFile(truth, plantedCsv(generated.planted))
    }
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code
    if (why === undefined) throw error
    return refuse('example.cannot-write', { folder, why })
  }
  return files
}
