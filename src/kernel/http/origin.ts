import type { FastifyRequest } from 'fastify'
import { type Refusal, refuse } from '../../core/refusal/refusal.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null)

/**
 * Protection against forged requests without tokens. On a method that changes something, the browser's own word counts:
 * `Sec-Fetch-Site` must be same-origin or none; without it (plain-http intranets send none) the host of `Origin` must be
 * ours; without both, the request is refused if it carries a cookie. Refused with `http.foreign-origin`.
 */
export function foreignOrigin(request: FastifyRequest, publicUrl: URL | null): Refusal | null {
  if (safeMethods.has(request.method)) return null
  const { 'sec-fetch-site': site, origin, cookie } = request.headers
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? null : refuse('http.foreign-origin')
  if (origin !== undefined) {
    const host = hostOf(origin)
    return host !== null && (host === request.host || host === publicUrl?.host) ? null : refuse('http.foreign-origin')
  }
  return cookie === undefined ? null : refuse('http.foreign-origin')
}
