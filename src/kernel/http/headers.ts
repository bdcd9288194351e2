import type { HttpApp } from './app.ts'

/** The features of a browser that no page of ours needs. */
const unusedFeatures = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
]

/**
 * Strict headers on every answer. Answers of the API load nothing at all; a page sets its own Content-Security-Policy
 * with its nonce over this one. HSTS only where the public address is https: on a plain-http intranet it would lock
 * everyone out.
 */
export function strictHeaders(publicUrl: URL | null): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {
    'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': unusedFeatures.map((feature) => `${feature}=()`).join(', '),
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  }
  if (publicUrl?.protocol === 'https:') headers['strict-transport-security'] = 'max-age=31536000; includeSubDomains'
  return headers
}

/** Sends the strict headers with every answer that a hook sees. */
export function sendStrictHeaders(app: HttpApp, publicUrl: URL | null): void {
  const headers = strictHeaders(publicUrl)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    // What an officer saw must not stay in a shared browser's cache.
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })
}
