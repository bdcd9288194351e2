import { z } from 'zod'
import { calendarDay } from '../../../core/law/numeral.ts'
import { lawRanks } from '../../../core/law/rank.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import type { HttpApp } from '../../../kernel/http/app.ts'
import { pageOf, pageQuery } from '../../../kernel/http/bodies.ts'
import { cursorOf, keysetOf } from '../../../kernel/http/cursor.ts'
import { lawsPage, neighboursOf, piecesOf, powersCiting } from '../laws/browse.ts'
import { findLaw, heldVersion, type LawRow, type VersionRow, versionsOfLaw } from '../laws/resolve.ts'
import { type HitKeyset, searchLaws } from '../laws/search.ts'
import type { ListServices } from '../services.ts'
import { bilingual, day, lawHit, lawLine, lawPiece, lawVersion, whyNot } from './law-bodies.ts'

const onQuery = { on: day.optional().describe('The day on which it should hold; today if absent') }
const lawName = z.object({ law: z.string().min(1).max(200).describe("The pack's id, full title or short title") })

/** A law's versions, and which held on a day. */
interface Held {
  readonly law: LawRow
  readonly versions: readonly VersionRow[]
  readonly current: VersionRow | null
  readonly refusal: Refusal | null
  readonly laterUnknown: readonly string[]
  readonly on: string
}

const shownVersion = (version: VersionRow, current: VersionRow | null) => ({
  version: version.version,
  issuer: version.issuer,
  number: version.number,
  adoptedOn: version.adoptedOn,
  publishedOn: version.publishedOn,
  effectiveOn: version.effective.on,
  effectiveSource: version.effective.source,
  expired: version.expired,
  hasText: version.hasText,
  inForce: version.key === current?.key,
})

const shownLaw = ({ law, title, short, rank, category }: LawRow) => ({ law, title, short, rank, category })
const shownRefusal = (refusal: Refusal | null) =>
  refusal === null ? null : { code: refusal.code, says: refusal.says, next: refusal.next }

const lawHead = z.object({
  law: z.string(),
  title: z.string(),
  short: z.string(),
  rank: z.enum(lawRanks).nullable(),
  category: z.string().nullable(),
})
const heldParts = {
  on: day,
  refusal: whyNot.nullable().describe('Why no version can be named as in force on that day; null where one can'),
  laterUnknown: z.array(z.string()).describe('Later versions whose effective date nobody states'),
}

/** The library of laws, open to all. */
export function lawRoutes(app: HttpApp, services: ListServices): void {
  const { db } = services

  const held = async (name: string, asked: string | undefined): Promise<Held | Refusal> => {
    const on = asked ?? services.clock().toZonedDateTimeISO(services.zone).toPlainDate().toString()
    if (calendarDay(on) === null) return refuse('law.bad-date', { date: on })
    const law = await findLaw(db, name)
    if (isRefusal(law)) return law
    const versions = await versionsOfLaw(db, law.key)
    const found = heldVersion(law, versions, on)
    if (isRefusal(found)) return { law, versions, current: null, refusal: found, laterUnknown: [], on }
    return { law, versions, current: found.version, refusal: null, laterUnknown: found.laterUnknown, on }
  }

  app.get(
    '/api/laws',
    {
      schema: {
        summary: 'Laws of the library',
        querystring: pageQuery.extend({
          q: z.string().max(200).optional().describe('Words of the title'),
          rank: z.enum(lawRanks).optional(),
        }),
        response: { 200: pageOf(lawLine) },
      },
    },
    async (request, reply) => {
      const { cursor, limit, ...filters } = request.query
      const after = cursor === undefined ? null : keysetOf(cursor, 1)
      if (isRefusal(after)) return reply.refuse(after)
      const { rows, total, more } = await lawsPage(db, filters, after === null ? null : String(after[0]), limit)
      return { rows: [...rows], total, next: more ? cursorOf([rows.at(-1)?.short ?? null]) : null }
    },
  )

  app.get(
    '/api/laws/:law',
    {
      schema: {
        summary: 'A law, its versions and the outline of one',
        params: lawName,
        querystring: z.object({
          ...onQuery,
          version: z.string().max(20).optional().describe('Another version to outline'),
        }),
        response: {
          200: z.object({
            ...lawHead.shape,
            ...heldParts,
            versions: z.array(lawVersion),
            outlined: z.string().nullable().describe('The version that `pieces` outlines'),
            pieces: z.array(lawPiece),
          }),
        },
      },
    },
    async (request, reply) => {
      const found = await held(request.params.law, request.query.on)
      if (isRefusal(found)) return reply.refuse(found)
      const { law, versions, current, on, laterUnknown } = found
      const asked = request.query.version
      const shown = asked === undefined ? (current ?? versions.at(-1)) : versions.find((one) => one.version === asked)
      if (shown === undefined && asked !== undefined) {
        return reply.refuse(refuse('law.no-such-node', { law: law.short, version: asked, address: asked }))
      }
      return {
        ...shownLaw(law),
        on,
        refusal: shownRefusal(found.refusal),
        laterUnknown: [...laterUnknown],
        versions: versions.map((version) => shownVersion(version, current)),
        outlined: shown?.version ?? null,
        pieces: shown === undefined ? [] : [...(await piecesOf(db, shown.key, 'outline'))],
      }
    },
  )

  app.get(
    '/api/laws/:law/articles/:article',
    {
      schema: {
        summary: 'An article with its versions side by side',
        params: lawName.extend({
          article: z
            .string()
            .max(80)
            .regex(/^[a-z0-9~-]+$/, 'e.g. 32 or 32-1'),
        }),
        querystring: z.object(onQuery),
        response: {
          200: z.object({
            ...lawHead.shape,
            ...heldParts,
            article: z.string(),
            citation: z.string().nullable(),
            versions: z
              .array(
                lawVersion.extend({
                  pieces: z.array(lawPiece).describe('Empty where this version has no such article'),
                }),
              )
              .describe('Oldest text first'),
            neighbours: z.object({ before: z.string().nullable(), after: z.string().nullable() }),
            citedBy: z
              .array(z.object({ code: z.string(), name: bilingual, ref: z.string() }))
              .describe('Published powers that rest on it'),
          }),
        },
      },
    },
    async (request, reply) => {
      const { article } = request.params
      const found = await held(request.params.law, request.query.on)
      if (isRefusal(found)) return reply.refuse(found)
      const { law, versions, current, on, laterUnknown } = found
      const columns = []
      for (const version of versions) {
        const pieces = [...(await piecesOf(db, version.key, { under: article }))]
        columns.push({ ...shownVersion(version, current), pieces })
      }
      const first = columns.flatMap((column) => column.pieces)[0]
      if (first === undefined) {
        const known = versions.map((version) => version.version).join('、')
        return reply.refuse(refuse('law.no-such-node', { law: law.short, version: known, address: article }))
      }
      const around = current ?? versions.at(-1)
      return {
        ...shownLaw(law),
        on,
        refusal: shownRefusal(found.refusal),
        laterUnknown: [...laterUnknown],
        article,
        citation:
          columns.flatMap((column) => column.pieces).find((piece) => piece.address === article)?.citation ?? null,
        versions: columns,
        neighbours: around === undefined ? { before: null, after: null } : await neighboursOf(db, around.key, article),
        citedBy: [...(await powersCiting(db, law, article))],
      }
    },
  )

  app.get(
    '/api/law-search',
    {
      schema: {
        summary: 'Articles that hold the words of a query',
        querystring: pageQuery.extend({
          q: z.string().trim().min(1).max(200),
          versions: z
            .enum(['newest', 'every'])
            .default('newest')
            .describe('Search the newest held texts, or every one'),
        }),
        response: { 200: pageOf(lawHit) },
      },
    },
    async (request, reply) => {
      const { q, versions, cursor, limit } = request.query
      const after = cursor === undefined ? null : keysetOf(cursor, 4)
      if (isRefusal(after)) return reply.refuse(after)
      if (after?.some((value) => typeof value !== 'number') === true) return reply.refuse(refuse('http.bad-cursor'))
      const found = await searchLaws(db, q, {
        everyVersion: versions === 'every',
        after: after as HitKeyset | null,
        limit,
      })
      const next = found.next === null ? null : cursorOf(found.next)
      return { rows: found.rows.map((row) => ({ ...row, marks: [...row.marks] })), total: found.total, next }
    },
  )
}
