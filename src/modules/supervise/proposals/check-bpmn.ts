import { createHash } from 'node:crypto'
import { readBpmn } from '../../../core/procedure/bpmn/read-bpmn.ts'
import { netHash } from '../../../core/procedure/net-hash.ts'
import type { Procedure } from '../../../core/procedure/procedure.ts'
import { checkSoundness, type Soundness } from '../../../core/procedure/soundness.ts'
import { type Bilingual, isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'

/** A proposal's file as the engine reads it. */
export interface CheckedBpmn {
  readonly procedure: Procedure
  readonly hash: string
  readonly soundness: Soundness['kind']
  /** One sentence for each problem; empty where it is sound. */
  readonly says: readonly Bilingual[]
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Reads a corrected proposal and proves it sound, or says why not. Refusals: those of readBpmn. */
export function checkBpmn(bpmn: string): CheckedBpmn | Refusal {
  const procedure = readBpmn(bpmn, 'proposal.bpmn')
  if (isRefusal(procedure)) return procedure
  const judged = checkSoundness(procedure.net)
  const says = judged.kind === 'sound' ? [] : judged.kind === 'unsound' ? judged.says : [judged.says]
  return { procedure, hash: netHash(procedure.net, sha256), soundness: judged.kind, says }
}
