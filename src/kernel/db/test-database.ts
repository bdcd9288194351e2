import { randomBytes } from 'node:crypto'
import { connect as open } from 'node:net'
import { sql } from 'kysely'
import { afterAll, inject } from 'vitest'
import type { Db } from './db.ts'
import { connect } from './pool.ts'
import type { TestCluster } from './test-cluster.ts'

async function ask(): Promise<TestCluster> {
  const socket = open(inject('testClusterSocket'))
  let text = ''
  for await (const chunk of socket) text += String(chunk)
  const answer = JSON.parse(text) as TestCluster | { readonly error: string }
  if ('error' in answer) throw new Error(answer.error)
  return answer
}

/**
 * A fresh database on the real embedded PostgreSQL, with every migration applied, for one test file.
 * It is dropped after the file's tests.
 */
export async function testDatabase(): Promise<Db> {
  const { connection, template } = await ask()
  const name = `t_${randomBytes(8).toString('hex')}`
  const admin = connect(connection, { max: 1 })
  await sql.raw(`create database ${name} template ${template} strategy wal_log`).execute(admin)
  const db = connect({ ...connection, database: name })
  // Kysely opens nothing before its first query, and closes nothing that it has not opened.
  await sql`select 1`.execute(db)
  afterAll(async () => {
    await db.destroy()
    await sql.raw(`drop database ${name} with (force)`).execute(admin)
    await admin.destroy()
  })
  return db
}
