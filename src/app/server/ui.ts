import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Refusal, refuse } from '../../core/refusal/refusal.ts'

/** What the built pages export; React Router stays inside the build (imported here too, it would be there twice). */
interface Pages {
  readonly entry: { readonly module: { readonly serve: Serve } }
}
type Serve = (
  build: unknown,
  surroundings: {
    readonly fetch: (request: Request) => Promise<Response>
    readonly nonce: string
    readonly request: Request
  },
) => Promise<Response>

/** Where the built pages lie, and the public address, whose scheme and host pages are rendered with. */
export interface UiOptions {
  readonly buildDir: string
}

/**
 * Serves the web app: its assets, and its pages rendered on the server. Pages take no bodies: whatever changes something
 * goes to `/api`. Refused with `ui.not-built` where the build is missing.
 */
export async function registerUi(app: FastifyInstance, { buildDir }: UiOptions): Promise<Refusal | undefined> {
  const entry = join(buildDir, 'server', 'index.js')
  if (!existsSync(entry)) return refuse('ui.not-built', { folder: buildDir })
  const build = (await import(pathToFileURL(entry).href)) as Pages

  await app.register(fastifyStatic, {
    root: join(buildDir, 'client', 'assets'),
    prefix: '/assets/',
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
    decorateReply: false,
    index: false,
  })

  app.get('/*', { schema: { hide: true } }, async (request, reply) => {
    const nonce = randomBytes(16).toString('base64')
    const page = await build.entry.module.serve(build, {
      fetch: inProcess(app, request),
      nonce,
      request: new Request(address(request), { headers: pageHeaders(request) }),
    })
    return answer(reply, page, nonce)
  })
  return undefined
}

/** The policy of every page: scripts and styles of our own or with this answer's nonce; no style attribute in a portal page. */
function pagePolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

// Host and path are put together as text: a path that begins with two slashes must not become a host.
const address = (request: FastifyRequest): string => `${request.protocol}://${request.host}${request.raw.url ?? '/'}`

function pageHeaders(request: FastifyRequest): Headers {
  const headers = new Headers()
  for (const name of ['accept', 'accept-language', 'cookie', 'user-agent'] as const) {
    const value = request.headers[name]
    if (value !== undefined) headers.set(name, value)
  }
  return headers
}

/** Calls the API without a network. No cookie goes with it: a portal page shows everyone what the public may see. */
function inProcess(app: FastifyInstance, page: FastifyRequest): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url)
    const answer = await app.inject({
      method: 'GET',
      url: url.pathname + url.search,
      headers: { host: page.host, accept: 'application/json' },
      remoteAddress: page.ip,
    })
    const headers = new Headers({ 'content-type': String(answer.headers['content-type'] ?? 'application/json') })
    return new Response(answer.rawPayload, { status: answer.statusCode, headers })
  }
}

async function answer(reply: FastifyReply, page: Response, nonce: string): Promise<FastifyReply> {
  reply.status(page.status)
  page.headers.forEach((value, name) => {
    reply.header(name, value)
  })
  reply.header('content-security-policy', pagePolicy(nonce))
  reply.header('cache-control', 'no-cache')
  return reply.send(Buffer.from(await page.arrayBuffer()))
}
