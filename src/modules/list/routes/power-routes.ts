import { sql } from 'kysely'
import { z } from 'zod'
import { powerKinds, powerLevels, powerStates } from '../../../core/power/power.ts'
import { isRefusal, refuse } from '../../../core/refusal/refusal.ts'
import type { HttpApp } from '../../../kernel/http/app.ts'
import { pageOf, pageQuery } from '../../../kernel/http/bodies.ts'
import { cursorOf, keysetOf } from '../../../kernel/http/cursor.ts'
import { lapsedBases, powersPage } from '../powers/browse.ts'
import { draftPower } from '../powers/draft-power.ts'
import { powerEntry } from '../powers/entry-schema.ts'
import { powerPageOf, shownVersion } from '../powers/power-page.ts'
import { powerRow } from '../powers/power-rows.ts'
import { publishPower, withdrawPower } from '../powers/publish-power.ts'
import type { ListServices } from '../services.ts'
import { lapsedBasis, powerLine, powerPage, powerStanding } from './power-bodies.ts'

const codeParams = z.object({ code: z.string().min(1).max(80) })
const filters = {
  q: z.string().max(200).optional().describe('Words of the name, or the beginning of the code'),
  kind: z.enum(powerKinds).optional(),
  level: z.enum(powerLevels).optional(),
  organ: z.string().max(100).optional().describe('The code of a body that exercises it'),
  under: z
    .string()
    .regex(/^\d+(\/\d+)*$/)
    .optional()
    .describe('This region and all below it'),
  procedure: z.string().max(100).optional(),
}
const versionQuery = z.object({ version: z.coerce.number().int().positive().optional().describe('An older version') })

/** Published powers, open to all. */
export function publicPowerRoutes(app: HttpApp, { db, clock, zone }: ListServices): void {
  app.get(
    '/api/powers',
    {
      schema: {
        summary: 'Published powers',
        querystring: pageQuery.extend(filters),
        response: { 200: pageOf(powerLine) },
      },
    },
    async (request, reply) => {
      const { cursor, limit, ...narrowed } = request.query
      const after = cursor === undefined ? null : keysetOf(cursor, 1)
      if (isRefusal(after)) return reply.refuse(after)
      const from = after === null ? null : String(after[0])
      const page = await powersPage(db, 'published', narrowed, sql<boolean>`true`, from, limit)
      const rows = page.rows.map((row) => ({ ...shownVersion(row), state: row.state, stateSinceAt: row.stateSinceAt }))
      return { rows, total: page.total, next: page.more ? cursorOf([rows.at(-1)?.code ?? null]) : null }
    },
  )

  app.get(
    '/api/powers/:code',
    {
      schema: {
        summary: 'A power that the list has published, with its bases, limits and chart',
        params: codeParams,
        querystring: versionQuery,
        response: { 200: powerPage },
      },
    },
    async (request, reply) => {
      const { code } = request.params
      const power = await powerRow(db, code)
      const version = request.query.version ?? power?.publishedVersion ?? null
      if (power === null || version === null) return reply.refuse(refuse('power.not-listed', { code }))
      const on = clock().toZonedDateTimeISO(zone).toPlainDate().toString()
      const page = await powerPageOf(db, power, version, on, null)
      if (isRefusal(page)) return reply.refuse(page)
      // A version that was never published is nobody's business outside.
      if (page.publishedAt === null) return reply.refuse(refuse('power.not-listed', { code: `${code} (${version})` }))
      return { ...page, versions: page.versions.filter((one) => one.publishedAt !== null) }
    },
  )
}

/** The whole list, drafts included, for those who keep and watch it; and what is done with it. */
export function powerRoutes(app: HttpApp, services: ListServices): void {
  const { db, clock, zone, packs } = services

  app.get(
    '/api/power-drafts',
    {
      schema: {
        summary: 'Every power within reach, drafts included, in its newest version',
        querystring: pageQuery.extend({ ...filters, state: z.enum(powerStates).optional() }),
        response: { 200: pageOf(powerLine) },
      },
    },
    async (request, reply) => {
      const { cursor, limit, ...narrowed } = request.query
      const after = cursor === undefined ? null : keysetOf(cursor, 1)
      if (isRefusal(after)) return reply.refuse(after)
      const from = after === null ? null : String(after[0])
      const page = await powersPage(db, 'all', narrowed, request.access.where('p.region'), from, limit)
      const rows = page.rows.map((row) => ({ ...shownVersion(row), state: row.state, stateSinceAt: row.stateSinceAt }))
      return { rows, total: page.total, next: page.more ? cursorOf([rows.at(-1)?.code ?? null]) : null }
    },
  )

  app.get(
    '/api/power-drafts/:code',
    {
      schema: {
        summary: 'A power in its newest version, with what forbids its publication',
        params: codeParams,
        querystring: versionQuery,
        response: { 200: powerPage },
      },
    },
    async (request, reply) => {
      const { code } = request.params
      const power = await powerRow(db, code)
      if (power === null) return reply.refuse(refuse('power.not-listed', { code }))
      const denied = request.access.denies(power)
      if (denied !== null) return reply.refuse(denied)
      const on = clock().toZonedDateTimeISO(zone).toPlainDate().toString()
      const page = await powerPageOf(db, power, request.query.version ?? power.latestVersion, on, { packs, zone })
      return isRefusal(page) ? reply.refuse(page) : page
    },
  )

  app.get(
    '/api/lapsed-bases',
    {
      schema: {
        summary: 'Published powers that rest on something no longer in force',
        response: { 200: z.object({ rows: z.array(lapsedBasis), total: z.number().int(), next: z.null() }) },
      },
    },
    async (request) => {
      const on = clock().toZonedDateTimeISO(zone).toPlainDate().toString()
      const found = await lapsedBases(db, request.access.where('p.region'), on)
      const rows = found.map(({ refusal, ...row }) => ({
        ...row,
        refusal: refusal === null ? null : { code: refusal.code, says: refusal.says, next: refusal.next },
      }))
      return { rows, total: rows.length, next: null }
    },
  )

  app.post(
    '/api/powers',
    {
      schema: {
        summary: 'Draft a power, or a new version of one',
        body: powerEntry,
        response: {
          200: z.object({
            code: z.string(),
            version: z.number().int(),
            isNew: z.boolean().describe('False where the newest version already says the same'),
            lacks: z.array(z.string()),
          }),
        },
      },
    },
    async (request, reply) => {
      const denied = request.access.denies({ region: request.body.region })
      if (denied !== null) return reply.refuse(denied)
      const drafted = await draftPower(db, request.body, { actor: request.access.actor, at: clock() })
      return isRefusal(drafted) ? reply.refuse(drafted) : { ...drafted, lacks: [...drafted.lacks] }
    },
  )

  for (const act of ['publish', 'suspend', 'repeal'] as const) {
    app.post(
      `/api/powers/:code/${act}`,
      {
        schema: {
          summary: { publish: 'Publish a power', suspend: 'Suspend a power', repeal: 'Repeal a power for good' }[act],
          params: codeParams,
          body: z.object({
            version: z.int().positive().optional().describe('Publish this version; the newest if absent'),
            reason: z.string().max(2000).optional().describe('Needed to suspend or repeal'),
          }),
          response: { 200: powerStanding },
        },
      },
      async (request, reply) => {
        const { code } = request.params
        const power = await powerRow(db, code)
        if (power === null) return reply.refuse(refuse('power.not-listed', { code }))
        const denied = request.access.denies(power)
        if (denied !== null) return reply.refuse(denied)
        const acting = { actor: request.access.actor, at: clock() }
        const { version, reason = '' } = request.body
        const standing =
          act === 'publish'
            ? await publishPower(db, code, acting, { packs, zone, ...(version === undefined ? {} : { version }) })
            : await withdrawPower(db, code, act, reason, acting)
        return isRefusal(standing) ? reply.refuse(standing) : standing
      },
    )
  }
}
