// The rules of supervision, for everyone who watches: what each asks, on what basis, and how it is tested.
import { join } from 'node:path'
import type { Expression, SqlBool } from 'kysely'
import { z } from 'zod'
import { factNames } from '../../../../core/check/facts.ts'
import { isRefusal, refuse } from '../../../../core/refusal/refusal.ts'
import type { HttpApp } from '../../../../kernel/http/app.ts'
import type { Services } from '../../../../kernel/module.ts'
import { type CheckFolder, loadSupervision } from '../../checks/load-checks.ts'
import { judgingDb } from '../tables.ts'
import { checkDetail, listedCheck } from './bodies.ts'

const listed = ({ check }: CheckFolder, current: ReadonlyMap<string, number>) => ({
  check: check.check,
  code: check.code,
  kind: check.kind,
  version: check.version,
  status: check.status,
  title: check.title,
  asks: check.asks,
  severity: check.severity,
  applies: check.applies,
  current: current.get(check.check) ?? 0,
})

/** Routes of checks. */
export function checkRoutes(app: HttpApp, services: Services): void {
  const db = judgingDb(services.db)
  const load = () => loadSupervision(join(services.packs, 'supervision'))
  const counts = async (reach: Expression<SqlBool>): Promise<ReadonlyMap<string, number>> => {
    const rows = await db
      .selectFrom('supervise_result')
      .select(({ fn }) => ['check_id', fn.countAll<number>().as('n')])
      .where('state', '=', 'current')
      .where(reach)
      .groupBy('check_id')
      .execute()
    return new Map(rows.map((row) => [row.check_id, row.n]))
  }

  app.get(
    '/api/checks',
    { schema: { summary: 'The rules of supervision', response: { 200: z.object({ rows: z.array(listedCheck) }) } } },
    async (request, reply) => {
      const pack = await load()
      if (isRefusal(pack)) return reply.refuse(pack)
      const current = await counts(request.access.where('region'))
      return { rows: pack.checks.map((folder) => listed(folder, current)) }
    },
  )

  app.get(
    '/api/checks/:check',
    {
      schema: {
        summary: 'A rule of supervision',
        params: z.object({ check: z.string().max(100).describe('Its id or its code') }),
        response: { 200: checkDetail },
      },
    },
    async (request, reply) => {
      const pack = await load()
      if (isRefusal(pack)) return reply.refuse(pack)
      const asked = request.params.check
      const folder = pack.checks.find(({ check }) => check.check === asked || check.code === asked)
      const current = await counts(request.access.where('region'))
      if (folder === undefined) {
        const checks = pack.checks.map(({ check }) => `${check.code} ${check.check}`).join(', ')
        return reply.refuse(refuse('check.unknown', { check: asked, checks }))
      }
      const { check, examples } = folder
      return {
        ...listed(folder, current),
        reads: check.reads.map((fact) => ({ fact, says: factNames[fact] })),
        basis: check.basis,
        says: check.says,
        innocent: check.innocent,
        guide: check.guide,
        parameters: pack.parameters
          .filter((parameter) => check.parameters.includes(parameter.name))
          .map((parameter) => ({ ...parameter, values: [...parameter.values] })),
        examples: examples.map(({ example }) => ({ name: example.name, fires: example.expect.length > 0 })),
      }
    },
  )
}
