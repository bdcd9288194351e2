import { z } from 'zod'
import { lawRanks } from '../../../core/law/rank.ts'

/** A text in both languages. */
export const bilingual = z.object({ zh: z.string(), en: z.string() })
/** A calendar day. */
export const day = z.iso.date()
/** Who dates a version. */
export const effectiveSource = z
  .enum(['set', 'pack', 'clause', 'unknown'])
  .describe("Who dates it: the set's database, a pack's fact, the law's own clause, nobody")

/** A law in a list. */
export const lawLine = z
  .object({
    law: z
      .string()
      .describe("The pack's id, else the short title; part of every reference `LAW#article.paragraph.item`"),
    title: z.string(),
    short: z.string(),
    rank: z.enum(lawRanks).nullable(),
    category: z.string().nullable(),
    versions: z.number().int(),
    newest: z.string().describe('The day of the newest held text'),
    effectiveOn: day.nullable(),
    effectiveSource,
    expired: z.boolean(),
    hasText: z.boolean().describe('False while only facts are held: the full text comes by import'),
  })
  .meta({ id: 'Law', description: 'A law of the library' })

/** A version of a law. */
export const lawVersion = z
  .object({
    version: z.string().describe("The day of this version's text"),
    issuer: z.string().nullable(),
    number: z.string().nullable(),
    adoptedOn: day.nullable(),
    publishedOn: day.nullable(),
    effectiveOn: day.nullable(),
    effectiveSource,
    expired: z.boolean(),
    hasText: z.boolean(),
    inForce: z.boolean().describe('Whether this version held on the day that was asked for'),
  })
  .meta({ id: 'LawVersion', description: 'A version of a law, and who dates it' })

/** A piece of a law. */
export const lawPiece = z
  .object({
    address: z.string().describe('article.paragraph.item'),
    kind: z.string().nullable().describe('chapter, article, paragraph, item …; null where only a gist is held'),
    label: z.string().describe('What counts it, as printed'),
    text: z.string().nullable().describe('The full text; null until it is imported'),
    gist: bilingual.nullable().describe('One sentence of our own, where a pack cites the piece'),
    citation: z.string().nullable().describe('第三十二条第一款第四项'),
  })
  .meta({ id: 'LawPiece', description: 'A piece of a law' })

/** Why something cannot be said. */
export const whyNot = z.object({ code: z.string(), says: bilingual, next: bilingual })

/** A hit of a search. */
export const lawHit = z
  .object({
    law: z.string(),
    title: z.string(),
    version: z.string(),
    effectiveOn: day.nullable(),
    address: z.string(),
    kind: z.string(),
    citation: z.string().nullable(),
    snippet: z.string(),
    marks: z.array(z.object({ start: z.number().int(), end: z.number().int() })).describe('Where the snippet matches'),
  })
  .meta({ id: 'LawHit', description: 'An article that a search found' })
