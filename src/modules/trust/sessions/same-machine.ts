import type { FastifyRequest } from 'fastify'

/** Whether an address is of the machine itself: 127.0.0.0/8, ::1, or localhost. */
export function isLoopback(address: string): boolean {
  return /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address) || address === '::1' || /^(.+\.)?localhost$/.test(address)
}

const forwarded = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'] as const

/**
 * Whether a request comes from the machine that Daylight runs on. A proxy on that machine speaks from loopback for
 * anyone: a request that says it was forwarded is believed only through proxies that the settings trust. The name that
 * was asked must be the machine's own too, or a page of another site that points its own name at 127.0.0.1 could act.
 */
export function isSameMachine(request: FastifyRequest, listensOn: string, trustsProxy: boolean): boolean {
  if (!isLoopback(listensOn) || !isLoopback(request.hostname.replace(/^\[|\]$/g, ''))) return false
  if (!trustsProxy && forwarded.some((name) => request.headers[name] !== undefined)) return false
  return [request.socket.remoteAddress ?? '', ...(request.ips ?? [request.ip])].every(isLoopback)
}
