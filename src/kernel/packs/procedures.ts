// Procedures on disk: a model in BPMN or PNML, and the procedures that packs hold, one folder each.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { readModel } from '../../core/procedure/model.ts'
import { netHash } from '../../core/procedure/net-hash.ts'
import type { Procedure } from '../../core/procedure/procedure.ts'
import { decodeXml } from '../../core/procedure/xml.ts'
import { isRefusal, type Refusal, refuse } from '../../core/refusal/refusal.ts'
import { contentId, packsRoot } from './pack.ts'
import { readYaml } from './read-yaml.ts'

/** A model as read from its file: the compiled procedure, its net's hash, and the file's text for drawing it. */
export interface ModelFile {
  readonly procedure: Procedure
  /** SHA-256 of the net's canonical form, in hex. */
  readonly hash: string
  readonly xml: string
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Reads a procedure in BPMN 2.0 or a net in PNML. Refusals: `input.unreadable`, `xml.*`, `net.*`, `procedure.*`. */
export async function readModelFile(path: string): Promise<ModelFile | Refusal> {
  const file = basename(path)
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code
    if (why === undefined) throw error
    return refuse('input.unreadable', { file, why }, { place: { file: path } })
  }
  const xml = decodeXml(bytes, file)
  if (isRefusal(xml)) return xml
  const procedure = readModel(xml, file)
  return isRefusal(procedure) ? procedure : { procedure, hash: netHash(procedure.net, sha256), xml }
}

const both = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })

/** `procedure.yml`: what a pack says of a procedure beside its net. */
export const procedureFile = z
  .strictObject({
    procedure: contentId,
    version: z.int().positive(),
    title: both,
    summary: both,
    basis: z.array(z.string().min(1)),
    steps: z.record(z.string(), z.string().min(1)).describe('Activity → its name in English; every step and case act'),
    separated: z
      .array(z.strictObject({ activities: z.tuple([z.string(), z.string()]), why: both }))
      .describe('Pairs of steps that two different officers must do'),
    officers: z
      .array(z.strictObject({ activity: z.string(), least: z.int().min(2), basis: z.array(z.string().min(1)).min(1) }))
      .optional()
      .describe('Steps that the law wants several officers for'),
    pauses: z
      .array(z.strictObject({ kind: contentId, title: both, basis: z.array(z.string().min(1)).min(1) }))
      .describe('For what the clock may be paused, and nothing else'),
  })
  .meta({ id: 'ProcedureFile' })

/** A procedure of a pack. */
export interface PackProcedure extends ModelFile {
  readonly about: z.output<typeof procedureFile>
}

/** Reads one procedure's folder and holds its two files to each other. Refusals: `pack.*`, `procedure.*`, `xml.*`. */
export async function readProcedureFolder(folder: string): Promise<PackProcedure | Refusal> {
  const file = join(folder, 'procedure.yml')
  const about = await readYaml(file, procedureFile)
  if (isRefusal(about)) return about
  const model = await readModelFile(join(folder, 'procedure.bpmn'))
  if (isRefusal(model)) return model
  const { id, steps, caseActs } = model.procedure
  const here = { place: { file } }
  if (about.procedure !== id || basename(folder) !== id) {
    return refuse('procedure.other-id', { file, said: about.procedure, id }, here)
  }
  const activities = new Set([...steps, ...caseActs].map(({ activity }) => activity))
  const named = [
    ...Object.keys(about.steps),
    ...about.separated.flatMap((pair) => pair.activities),
    ...(about.officers ?? []).map(({ activity }) => activity),
  ]
  const unknown = named.find((activity) => !activities.has(activity))
  if (unknown !== undefined) return refuse('procedure.unknown-step', { file, name: unknown }, here)
  const missing = [...activities].find((activity) => about.steps[activity] === undefined)
  if (missing !== undefined) return refuse('procedure.step-without-english', { file, name: missing }, here)
  return { ...model, about }
}

/** Every procedure of the packs' folder `procedures`, by id. */
export async function readProcedures(root = packsRoot()): Promise<ReadonlyMap<string, PackProcedure> | Refusal> {
  const home = join(root, 'procedures')
  const entries = await readdir(home, { withFileTypes: true })
  const procedures = new Map<string, PackProcedure>()
  for (const { name } of entries.filter((entry) => entry.isDirectory()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const read = await readProcedureFolder(join(home, name))
    if (isRefusal(read)) return read
    procedures.set(name, read)
  }
  return procedures
}
