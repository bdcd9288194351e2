import type { HttpApp } from './app.ts'

/**
 * One structured line an answer: method, the route's pattern (never the address, whose ids and searches may tell of a
 * person), status, duration and the officer's code. No body, no query, no header, no network address.
 */
export function logRequests(app: HttpApp): void {
  app.addHook('onResponse', async (request, reply) => {
    const line = {
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      officer: request.access?.principal?.officer ?? null,
      ...(reply.refusedWith === undefined ? {} : { refusal: reply.refusedWith.code }),
    }
    request.log.info(line, 'answered')
  })
}
