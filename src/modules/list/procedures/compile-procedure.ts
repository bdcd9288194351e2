import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Diagram } from '../../../core/procedure/bpmn/diagram.ts'
import { drawProcedure } from '../../../core/procedure/bpmn/lay-out.ts'
import { readBpmn } from '../../../core/procedure/bpmn/read-bpmn.ts'
import { netHash } from '../../../core/procedure/net-hash.ts'
import type { Procedure } from '../../../core/procedure/procedure.ts'
import { checkSoundness } from '../../../core/procedure/soundness.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'

/** A procedure of the packs, compiled and proven sound. */
export interface SoundProcedure {
  readonly id: string
  readonly procedure: Procedure
  /** The pack's BPMN file, with a diagram laid out where it has none. */
  readonly bpmn: string
  /** The hash of the pack's file. */
  readonly fileHash: string
  readonly diagram: Diagram
  /** The hash of the compiled net; the chart carries it. */
  readonly netHash: string
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/**
 * Compiles `packs/procedures/<id>/procedure.bpmn` and proves it sound: only such a procedure may be published.
 * Refusals: `power.procedure-missing`, `power.procedure-unsound` (also where soundness is undecided), those of
 * readBpmn and drawProcedure.
 */
export async function compileProcedure(packs: string, id: string): Promise<SoundProcedure | Refusal> {
  const file = join(packs, 'procedures', id, 'procedure.bpmn')
  const bpmn = ID.test(id) ? await readFile(file, 'utf8').catch(() => null) : null
  if (bpmn === null) return refuse('power.procedure-missing', { procedure: id })
  const procedure = readBpmn(bpmn, file)
  if (isRefusal(procedure)) return procedure
  const soundness = checkSoundness(procedure.net)
  if (soundness.kind === 'sound') {
    const drawn = await drawProcedure(bpmn, file)
    if (isRefusal(drawn)) return drawn
    const hashes = { fileHash: sha256(bpmn), netHash: netHash(procedure.net, sha256) }
    return { id, procedure, bpmn: drawn.xml, diagram: drawn.diagram, ...hashes }
  }
  const [says] = soundness.kind === 'unsound' ? soundness.says : [soundness.says]
  const why = refuse('power.procedure-unsound', { procedure: id, why: says?.zh ?? '' })
  return {
    ...why,
    says: { ...why.says, en: refuse('power.procedure-unsound', { procedure: id, why: says?.en ?? '' }).says.en },
  }
}

/** Compiles each procedure once, for the length of one piece of work. */
export function procedureCompiler(packs: string): (id: string) => Promise<SoundProcedure | Refusal> {
  const compiled = new Map<string, Promise<SoundProcedure | Refusal>>()
  return (id) => {
    const known = compiled.get(id) ?? compileProcedure(packs, id)
    compiled.set(id, known)
    return known
  }
}
