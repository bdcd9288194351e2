import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { programFolder } from '../../kernel/config/config.ts'
import { testDatabase } from '../../kernel/db/test-database.ts'
import { buildServer } from './build-server.ts'
import { testServices } from './test-server.ts'

it('gives the pages the types of the routes that are there: else run tools/api-types/generate.js', async () => {
  const { app } = await buildServer(testServices(await testDatabase()))
  const { paths } = (await app.inject('/api/openapi.json')).json<{ paths: object }>()
  const hash = createHash('sha256').update(JSON.stringify(paths)).digest('hex')
  await app.close()
  const types = readFileSync(join(programFolder, 'web/app/api/generated/schema.d.ts'), 'utf8')
  expect(/^\/\/ ([0-9a-f]{64})$/m.exec(types)?.[1]).toBe(hash)
})
