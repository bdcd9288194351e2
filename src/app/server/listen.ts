import { createServer } from 'node:net'
import { type Refusal, refuse } from '../../core/refusal/refusal.ts'
import type { Config } from '../../kernel/config/config.ts'
import type { HttpApp } from '../../kernel/http/app.ts'

type Place = Pick<Config, 'host' | 'port'>

/** The sentence for a failed listen; an error of another kind is a bug and is thrown on. */
function listenRefusal(error: unknown, { host, port }: Place): Refusal {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'EADDRINUSE') return refuse('server.port-taken', { port })
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return refuse('server.address-unavailable', { host, port, why: code })
  }
  throw error
}

/** Whether the server will be able to listen, asked before the long work of a first start; null where it will. */
export function portRefusal(place: Place): Promise<Refusal | null> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => {
      try {
        resolve(listenRefusal(error, place))
      } catch (bug) {
        reject(bug)
      }
    })
    probe.listen(place.port, place.host, () => probe.close(() => resolve(null)))
  })
}

/** Listens; the address as a browser takes it. Refuses `server.port-taken` and `server.address-unavailable`. */
export async function listen(app: HttpApp, place: Place): Promise<string | Refusal> {
  try {
    return await app.listen({ host: place.host, port: place.port })
  } catch (error) {
    return listenRefusal(error, place)
  }
}
