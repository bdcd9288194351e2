import type { FastifyReply } from 'fastify'
import { refusalCodes } from '../../core/refusal/codes.ts'
import type { Refusal } from '../../core/refusal/refusal.ts'
import type { HttpApp } from './app.ts'

declare module 'fastify' {
  interface FastifyReply {
    /** The refusal that this reply answers with, if it is one. */
    refusedWith: Refusal | undefined
  }
}

/** The body of a refused request. */
export function bodyOf({ kind: _, ...refusal }: Refusal): { readonly refusal: Omit<Refusal, 'kind'> } {
  return { refusal }
}

/** Gives every reply `refuse`. */
export function decorateReplies(app: HttpApp): void {
  app.decorateReply('refusedWith', undefined)
  app.decorateReply('refuse', function (this: FastifyReply, refusal: Refusal, headers = {}): FastifyReply {
    this.refusedWith = refusal
    // A refusal is not one of the route's own answers: it is written as it is, not by the route's schema.
    return this.code(refusalCodes[refusal.code].status)
      .headers(headers)
      .serializer((value: unknown) => JSON.stringify(value))
      .type('application/json; charset=utf-8')
      .send(bodyOf(refusal))
  })
}
