// Checks, their parameters and their examples as packs hold them.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Check, checkFile } from '../../../core/check/check-file.ts'
import { type Example, examplesBeside } from '../../../core/check/example-file.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { readYaml } from '../../../kernel/packs/packs.ts'

const parametersFile = z.strictObject({
  parameters: z.record(
    z.string(),
    z.strictObject({
      title: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
      values: z.array(z.strictObject({ from: z.iso.date(), value: z.number() })).min(1),
    }),
  ),
})

/** A named value of checks, with its history. */
export interface Parameter {
  readonly name: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly values: readonly { readonly from: string; readonly value: number }[]
}

/** An example with the plan that its file lays over the pack's. */
export interface PlacedExample {
  readonly example: Example
  readonly plan: unknown
  readonly file: string
}

/** A check with all of its examples. */
export interface CheckFolder {
  readonly check: Check
  readonly folder: string
  readonly examples: readonly PlacedExample[]
}

/** What a pack of supervision holds. */
export interface SupervisionPack {
  readonly checks: readonly CheckFolder[]
  readonly parameters: readonly Parameter[]
  /** The plan under which examples run. */
  readonly examplePlan: unknown
}

/** The values of parameters on a day: of each the latest that began. */
export function parametersOn(parameters: readonly Parameter[], date: string): ReadonlyMap<string, number> {
  return new Map(
    parameters.flatMap((parameter) => {
      const value = parameter.values.filter((entry) => entry.from <= date).sort((a, b) => (a.from < b.from ? 1 : -1))[0]
      return value === undefined ? [] : [[parameter.name, value.value] as const]
    }),
  )
}

/** Reads a pack of supervision. Refusals: `pack.*`; `plan.unknown-parameter` where a check names a value that is not there. */
export async function loadSupervision(root: string): Promise<SupervisionPack | Refusal> {
  const named = await readYaml(join(root, 'parameters.yml'), parametersFile)
  if (isRefusal(named)) return named
  const examplePlan = await readYaml(join(root, 'example-plan.yml'), z.record(z.string(), z.unknown()))
  if (isRefusal(examplePlan)) return examplePlan
  const checks: CheckFolder[] = []
  const base = join(root, 'checks')
  for (const entry of (await readdir(base, { withFileTypes: true })).filter((one) => one.isDirectory())) {
    const read = await loadCheck(join(base, entry.name))
    if (isRefusal(read)) return read
    const missing = read.check.parameters.find((name) => named.parameters[name] === undefined)
    if (missing !== undefined) return refuse('plan.unknown-parameter', { check: read.check.check, parameter: missing })
    checks.push(read)
  }
  checks.sort((a, b) => (a.check.code < b.check.code ? -1 : 1))
  const parameters = Object.entries(named.parameters).map(([name, entry]) => ({ name, ...entry }))
  return { checks, parameters, examplePlan }
}

async function loadCheck(folder: string): Promise<CheckFolder | Refusal> {
  const path = join(folder, 'check.yml')
  const check = await readYaml(path, checkFile)
  if (isRefusal(check)) return check
  const examples: PlacedExample[] = check.examples.map((example) => ({ example, plan: {}, file: path }))
  const beside = join(folder, 'examples')
  const files = await readdir(beside).catch((): string[] => [])
  for (const name of files.filter((file) => file.endsWith('.yml')).sort()) {
    const read = await readYaml(join(beside, name), examplesBeside)
    if (isRefusal(read)) return read
    for (const example of read.examples) examples.push({ example, plan: read.plan ?? {}, file: join(beside, name) })
  }
  return { check, folder, examples }
}
