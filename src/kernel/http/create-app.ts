import { randomUUID } from 'node:crypto'
import fastifyCompress from '@fastify/compress'
import fastifyCookie from '@fastify/cookie'
import Fastify, { type FastifyBaseLogger, type FastifyReply, LogController } from 'fastify'
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { refuse } from '../../core/refusal/refusal.ts'
import { type Guard, type GuardedRoute, guardRoutes } from '../access/guard.ts'
import type { HttpApp } from './app.ts'
import { answerErrors } from './errors.ts'
import { sendStrictHeaders, strictHeaders } from './headers.ts'
import { inputCompiler } from './invalid-input.ts'
import { serveOpenApi } from './openapi.ts'
import { foreignOrigin } from './origin.ts'
import { bodyOf, decorateReplies } from './replies.ts'
import { logRequests } from './request-log.ts'

/** What the server is made with. */
export interface HttpSettings {
  readonly guard: Guard
  /** The address that people use, where a proxy stands before the server; null where they use the server's own. */
  readonly publicUrl: URL | null
  /** Whose `X-Forwarded-*` headers are believed: addresses or ranges; none by default. */
  readonly trustProxy: readonly string[]
  /** Where the structured lines go; null keeps the server silent. */
  readonly log: FastifyBaseLogger | null
}

/** The server before any module's route, and the routes under `/api` as they come to be registered. */
export interface CreatedApp {
  readonly app: HttpApp
  readonly routes: readonly GuardedRoute[]
}

/** JSON of a route: what a form or a saved mapping needs. Files have upload routes with limits of their own. */
const bodyLimit = 1024 * 1024

/**
 * Creates the server: typed schemas, refusals, strict headers, protection against forged requests, the guard, request
 * lines without personal data, and the OpenAPI document. Modules add their routes to what it returns.
 */
export async function createApp({ guard, publicUrl, trustProxy, log }: HttpSettings): Promise<CreatedApp> {
  const app: HttpApp = Fastify({
    ...(log === null ? { logger: false } : { loggerInstance: log }),
    // Our own lines only: Fastify's name the address that was asked.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    genReqId: () => randomUUID(),
    trustProxy: trustProxy.length === 0 ? false : [...trustProxy],
    bodyLimit,
    requestTimeout: 1_800_000,
    routerOptions: { maxParamLength: 500 },
    // An address that cannot be decoded meets no hook and no decorator: all is said here.
    frameworkErrors: (_error, _request, reply) =>
      void (reply as FastifyReply)
        .code(404)
        .headers(strictHeaders(publicUrl))
        .send(bodyOf(refuse('http.not-found'))),
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(inputCompiler)
  app.setSerializerCompiler(serializerCompiler)
  decorateReplies(app)
  answerErrors(app)
  logRequests(app)
  sendStrictHeaders(app, publicUrl)
  app.addHook('onRequest', async (request, reply) => {
    const foreign = foreignOrigin(request, publicUrl)
    if (foreign !== null) return reply.refuse(foreign)
  })
  await app.register(fastifyCookie)
  const routes = guardRoutes(app, guard)
  await app.register(fastifyCompress, { threshold: 2048, encodings: ['br', 'gzip'] })
  await serveOpenApi(app, guard.table)
  return { app, routes }
}
