import { isRefusal, type Refusal } from '../../core/refusal/refusal.ts'
import { type Config, readConfig } from '../../kernel/config/config.ts'
import type { Db } from '../../kernel/db/db.ts'
import { openDatabase } from '../../kernel/db/open.ts'

/** Opens the deployment's store for the length of a command, joining the running server's where there is one. */
export async function withStore<Result>(work: (db: Db, config: Config) => Promise<Result>): Promise<Result | Refusal> {
  const config = readConfig()
  if (isRefusal(config)) return config
  const db = await openDatabase(config)
  if (isRefusal(db)) return db
  try {
    return await work(db, config)
  } finally {
    await db.destroy()
  }
}
