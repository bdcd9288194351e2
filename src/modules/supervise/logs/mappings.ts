import { type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { jsonb } from '../../../kernel/db/jsonb.ts'
import type { LogMapping } from '../../../kernel/tables/log-mapping.ts'
import type { LogDb } from './tables.ts'

/** A mapping to be saved. `revision` is the one that the change began from; 0 for a new mapping. */
export interface MappingToSave {
  readonly id: string
  readonly region: string
  readonly name: string
  readonly mapping: LogMapping
  readonly revision: number
}

/**
 * Saves a mapping and gives its new revision. A change that began from an older revision is refused with
 * `log.mapping-changed`, so that nobody's work is overwritten unseen; a second one of the same name with `log.mapping-named`.
 */
export async function saveMapping(
  db: LogDb,
  { id, region, name, mapping, revision }: MappingToSave,
  at: Temporal.Instant,
  officer: string | null,
): Promise<number | Refusal> {
  const present = await db.selectFrom('log_mapping').select('revision').where('id', '=', id).executeTakeFirst()
  if ((present?.revision ?? 0) !== revision) return refuse('log.mapping-changed', { revision: present?.revision ?? 0 })
  const named = await db
    .selectFrom('log_mapping')
    .select('id')
    .where('region', '=', region)
    .where('name', '=', name)
    .where('id', '!=', id)
    .executeTakeFirst()
  if (named !== undefined) return refuse('log.mapping-named', { name })
  const values = {
    id,
    region,
    name,
    mapping: jsonb(mapping),
    revision: revision + 1,
    saved_at: at.toString(),
    saved_by: officer,
  }
  const { id: _id, region: _region, ...changes } = values
  const saved = await db
    .insertInto('log_mapping')
    .values(values)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changes).where('log_mapping.revision', '=', revision))
    .returning('revision')
    .executeTakeFirst()
  return saved?.revision ?? refuse('log.mapping-changed', { revision: revision + 1 })
}
