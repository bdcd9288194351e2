import { z } from 'zod'
import { type Refusal, refuse } from '../../core/refusal/refusal.ts'
import { storeRefusal } from '../db/store-refusal.ts'
import type { HttpApp } from './app.ts'
import { InvalidInput, invalidInput } from './invalid-input.ts'

/** The body of an answer that failed by a mistake in the program: an id that finds its line in the log, no detail. */
export const faultBody = z
  .object({ fault: z.object({ id: z.string(), says: z.object({ zh: z.string(), en: z.string() }) }) })
  .meta({ id: 'Fault', description: 'A mistake in the program; the id finds it in the server’s log.' })

/** What Fastify and its body parsers forbid, by the status that they give their errors. */
const refusedStatus: Readonly<Record<number, Refusal>> = {
  400: refuse('http.unreadable-body'),
  404: refuse('http.not-found'),
  406: refuse('http.media-type'),
  413: refuse('http.too-large'),
  414: refuse('http.too-large'),
  415: refuse('http.media-type'),
  503: refuse('http.too-busy'),
}

/** The refusal that an error stands for, a full disk or a stopped database among them; null for a bug. */
function refusalOf(error: unknown): Refusal | null {
  if (error instanceof InvalidInput) return invalidInput(error)
  const status = (error as { readonly statusCode?: unknown } | null)?.statusCode
  const known = typeof status === 'number' ? refusedStatus[status] : undefined
  return known ?? storeRefusal(error)
}

/**
 * Answers what no handler answers: input that its schema refuses, bodies that cannot be read and unknown addresses are
 * refusals in both languages; anything else is a bug, which the caller learns by an id only.
 */
export function answerErrors(app: HttpApp): void {
  app.setNotFoundHandler((_request, reply) => reply.refuse(refuse('http.not-found')))
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error)
    if (refusal !== null) return reply.refuse(refusal)
    request.log.error({ route: request.routeOptions.url ?? null, error }, 'bug')
    const says = {
      zh: `系统出错，编号 ${request.id}，已记入日志。`,
      en: `The program made a mistake; it is in the log as ${request.id}.`,
    }
    return reply
      .code(500)
      .serializer((body: unknown) => JSON.stringify(body))
      .type('application/json; charset=utf-8')
      .send({ fault: { id: request.id, says } })
  })
}
