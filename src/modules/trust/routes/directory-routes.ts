import { z } from 'zod'
import { isRefusal } from '../../../core/refusal/refusal.ts'
import { officerRoles } from '../../../kernel/access/principal.ts'
import type { HttpApp } from '../../../kernel/http/app.ts'
import { pageOf, pageQuery } from '../../../kernel/http/bodies.ts'
import { cursorOf, keysetOf } from '../../../kernel/http/cursor.ts'
import { holdingsPage } from '../directory/holdings.ts'
import { organsPage, regionsPage } from '../directory/organs-and-regions.ts'
import { regionLevels } from '../tables.ts'
import type { Trust } from '../trust.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })
const day = z.iso.date()
const path = z.string().regex(/^[0-9]+(\/[0-9]+)*$/)

const region = z
  .object({
    code: z.string().describe('Code path from the province down'),
    name: bilingual,
    level: z.enum(regionLevels),
    validFrom: day,
    validTo: day.nullable(),
    successor: z.string().nullable().describe('The region that answers for this one now'),
  })
  .meta({ id: 'Region', description: 'A region of the tree' })

const organ = z
  .object({
    code: z.string(),
    name: bilingual,
    region: z.string(),
    kind: z.string().describe('`government`, `party`, `self-governing`, `collective` …'),
    parent: z.string().nullable(),
    validFrom: day,
    validTo: day.nullable(),
    successorOf: z.string().nullable().describe('The organ whose powers this one took over'),
  })
  .meta({ id: 'Organ', description: 'An organ that may hold powers' })

const holding = z
  .object({
    officer: z.string().describe('Officer code'),
    name: z.string().describe('Masked: 张*'),
    post: z.string(),
    title: bilingual,
    roles: z.array(z.enum(officerRoles)),
    organ: z.string(),
    region: z.string(),
    from: day,
    to: day.nullable(),
    standInFor: z.string().nullable(),
  })
  .meta({ id: 'Holding', description: 'An officer in a post' })

const inForce = { on: day.optional().describe('Only what is valid on this day; absent: of every time') }
const under = { under: path.optional().describe('This region and all below it') }

/** Regions and organs, open to all, and officers with their posts, names masked, within reach. */
export function directoryRoutes(app: HttpApp, trust: Trust): void {
  app.get(
    '/api/regions',
    {
      schema: {
        summary: 'Regions',
        querystring: pageQuery.extend({ ...under, ...inForce, level: z.enum(regionLevels).optional() }),
        response: { 200: pageOf(region) },
      },
    },
    async (request, reply) => {
      const { cursor, limit, ...filters } = request.query
      const after = cursor === undefined ? null : keysetOf(cursor, 1)
      if (isRefusal(after)) return reply.refuse(after)
      const { rows, total, more } = await regionsPage(trust.store, filters, after, limit)
      return { rows, total, next: more ? cursorOf([rows.at(-1)?.code ?? null]) : null }
    },
  )

  app.get(
    '/api/organs',
    {
      schema: {
        summary: 'Organs',
        querystring: pageQuery.extend({ ...under, ...inForce, kind: z.string().max(50).optional() }),
        response: { 200: pageOf(organ) },
      },
    },
    async (request, reply) => {
      const { cursor, limit, ...filters } = request.query
      const after = cursor === undefined ? null : keysetOf(cursor, 1)
      if (isRefusal(after)) return reply.refuse(after)
      const { rows, total, more } = await organsPage(trust.store, filters, after, limit)
      return { rows, total, next: more ? cursorOf([rows.at(-1)?.code ?? null]) : null }
    },
  )

  app.get(
    '/api/officers',
    {
      schema: {
        summary: 'Officers and the posts that they hold today',
        querystring: pageQuery.extend({ ...under, organ: z.string().max(200).optional() }),
        response: { 200: pageOf(holding) },
      },
    },
    async (request, reply) => {
      const { cursor, limit, ...filters } = request.query
      const after = cursor === undefined ? null : keysetOf(cursor, 2)
      if (isRefusal(after)) return reply.refuse(after)
      const reach = request.access.where('organ.region')
      const { rows, total, more } = await holdingsPage(
        trust.store,
        reach,
        { ...filters, on: trust.today() },
        after,
        limit,
      )
      const last = rows.at(-1)
      return { rows, total, next: more && last ? cursorOf([last.officer, last.post]) : null }
    },
  )
}
