import { randomUUIDv7 } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import type { LogDb } from './tables.ts'
import type { Upload } from './upload.ts'

/** A file that waits to be imported. */
export interface WaitingUpload {
  readonly id: string
  readonly region: string
  readonly file: string
  readonly path: string
}

const pathOf = (home: string, id: string): string => join(home, 'uploads', id)

/** Keeps an uploaded file until it is imported; what waited for more than a day is forgotten, as its file is. */
export async function keepUpload(
  db: LogDb,
  { path, file, size }: Upload & { readonly size: number },
  region: string,
  officer: string | null,
  now: Temporal.Instant,
): Promise<string> {
  const id = basename(path)
  await db
    .deleteFrom('log_upload')
    .where('uploaded_at', '<', now.subtract({ hours: 24 }).toString())
    .execute()
  await db
    .insertInto('log_upload')
    .values({ id, region, file, size, uploaded_at: now.toString(), uploaded_by: officer })
    .execute()
  return id
}

/** A file that waits, with the region that it belongs to. Refuses `log.upload-gone`: imported already, or a day old. */
export async function waitingUpload(db: LogDb, home: string, id: string): Promise<WaitingUpload | Refusal> {
  const row = await db.selectFrom('log_upload').select(['region', 'file']).where('id', '=', id).executeTakeFirst()
  const path = pathOf(home, id)
  return row === undefined ? refuse('log.upload-gone') : { id, path, ...row }
}

/** Whether the file itself is still there. */
export const isThere = ({ path }: WaitingUpload): boolean => existsSync(path)

/** Takes a waiting file away for its import, under a name of its own: a second import finds nothing. */
export async function takeWaiting(db: LogDb, { id, path }: WaitingUpload): Promise<string | Refusal> {
  const taken = join(dirname(path), randomUUIDv7())
  try {
    await rename(path, taken)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return refuse('log.upload-gone')
    throw error
  }
  await db.deleteFrom('log_upload').where('id', '=', id).execute()
  return taken
}
