import { isRefusal, type Refusal } from '../../core/refusal/refusal.ts'
import type { Db } from '../../kernel/db/db.ts'
import { draftPower, procedureCompiler, publishPower } from '../../modules/list/module.ts'
import { actorOf } from './account-actor.ts'
import type { ExamplePower } from './power-file.ts'
import type { Example } from './read-example.ts'

/** What publication is held against, and when it happens. */
export interface PowerGrounds {
  readonly packs: string
  readonly zone: string
  readonly clock: () => Temporal.Instant
  readonly published?: (done: number, total: number) => void
}

/** The region of the list that a power stands in: the bodies' own, or for several bodies the one above them all. */
function regionOf(power: ExamplePower, example: Example): string {
  const paths = power.organs.map(
    (organ) => example.organs.organs.find((one) => one.code === organ)?.region.split('/') ?? [],
  )
  const [first = []] = paths
  const shared = first.findIndex((code, depth) => paths.some((path) => path[depth] !== code))
  return (shared < 0 ? first : first.slice(0, shared)).join('/')
}

/** Drafts and publishes the county's powers; those that are published already stay as they are. The first refusal ends it. */
export async function loadPowers(db: Db, example: Example, grounds: PowerGrounds): Promise<number | Refusal> {
  const { packs, zone, clock } = grounds
  const acting = { actor: actorOf('list-officer', example), at: clock() }
  const compile = procedureCompiler(packs)
  let done = 0
  for (const power of example.powers) {
    const { code, name, kind, level, organs, procedure, caseKinds, special } = power
    const entry = {
      code,
      name,
      kind,
      level,
      region: regionOf(power, example),
      organs,
      bases: [
        ...power.bases.map((ref) => ({ kind: 'article', ref })),
        ...power.documents.map((document) => ({ kind: 'document', ...document, repealedOn: null })),
      ],
      limit: { statutory: power.statutory ?? null, promised: power.promised },
      procedure,
      caseKinds,
      special,
    }
    const drafted = await draftPower(db, entry, acting, { source: 'pack' })
    if (isRefusal(drafted)) return drafted
    const published = await publishPower(db, code, acting, { packs, zone, compile })
    if (isRefusal(published)) return published
    done++
    grounds.published?.(done, example.powers.length)
  }
  return done
}
