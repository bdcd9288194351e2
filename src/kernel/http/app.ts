import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Refusal } from '../../core/refusal/refusal.ts'
import type { RequestAccess } from '../access/request-access.ts'

/** The server as a module sees it: Fastify whose route schemas are zod's, so that params, query and body are typed. */
export type HttpApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

declare module 'fastify' {
  interface FastifyRequest {
    /** What the access table lets this request do; set before the handler runs, on every `/api` route. */
    access: RequestAccess
  }
  interface FastifyReply {
    /**
     * Answers with a refusal: its status from the code list, body `{refusal: {code, says, next, basis?, place?}}`.
     * `headers` such as Retry-After go with it. Refusals of access also write an audit row. `return reply.refuse(r)`.
     */
    refuse(refusal: Refusal, headers?: Readonly<Record<string, string>>): FastifyReply
  }
}
