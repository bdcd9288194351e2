import { isIP } from 'node:net'
import { availableParallelism, totalmem } from 'node:os'
import { resolve } from 'node:path'
import { isRefusal, type Refusal, refuse } from '../../core/refusal/refusal.ts'

/** The checkout that this program runs from. */
export const programFolder = resolve(import.meta.dirname, '../../..')

/** The settings of one deployment, each read from the environment once, at the start. */
export interface Config {
  /** Everything that this deployment writes stays under this folder (`DAYLIGHT_HOME`). */
  readonly home: string
  /** The address to listen on (`HOST`, default 127.0.0.1). */
  readonly host: string
  /** The port to listen on (`PORT`, default 8080; 0 lets the system choose). */
  readonly port: number
  /**
   * The address that people type, where a proxy stands before the server (`DAYLIGHT_PUBLIC_URL`), else null. https makes
   * cookies Secure and sends HSTS.
   */
  readonly publicUrl: URL | null
  /** Addresses or ranges of proxies whose word about the client is believed (`DAYLIGHT_TRUST_PROXY`, by commas). */
  readonly trustProxy: readonly string[]
  /** IANA zone in which days begin and end (`DAYLIGHT_ZONE`, default Asia/Shanghai). */
  readonly zone: string
  /** A PostgreSQL ≥ 16 to use instead of the embedded one (`DATABASE_URL`), else null. */
  readonly databaseUrl: string | null
  /** The folder of packs (`DAYLIGHT_PACKS`, default `packs` of the program). */
  readonly packs: string
  /** Whether the fictional example county is loaded (`DAYLIGHT_EXAMPLE`, default `on`; only ever on loopback). */
  readonly example: boolean
  /** Threads that judge a log (`DAYLIGHT_THREADS`, default: as many as the machine runs at a time). */
  readonly threads: number
  /** MiB that the judging of a log may take in all its threads (`DAYLIGHT_MEMORY`, default: a quarter of the machine's). */
  readonly memory: number
  /** Seconds after which the judging of a log ends with what it has (`DAYLIGHT_BUDGET`, default 600). */
  readonly budget: number
  /**
   * Events beyond which a log is asked through its files, in bounded memory, where the question allows it
   * (`DAYLIGHT_IN_MEMORY_EVENTS`, default 3,000,000: some 600 MiB).
   */
  readonly inMemoryEvents: number
}

type Environment = Readonly<Record<string, string | undefined>>

const bad = (name: string, value: string, why: string): Refusal => refuse('config.bad-value', { name, value, why })

function readPort(text: string): number | Refusal {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65535) return port
  return bad('PORT', text, '0–65535')
}

/** What the machine, or the container that this process runs in, has of memory, in MiB. */
function machineMemory(): number {
  const allowed = process.constrainedMemory()
  return Math.floor((allowed > 0 && allowed < totalmem() ? allowed : totalmem()) / 2 ** 20)
}

function readCount(name: string, text: string, most: number): number | Refusal {
  const count = Number(text)
  if (/^\d+$/.test(text) && count >= 1 && count <= most) return count
  return bad(name, text, `1–${most}`)
}

function readZone(text: string): string | Refusal {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return text
  } catch {
    return bad('DAYLIGHT_ZONE', text, 'IANA time zone, e.g. Asia/Shanghai')
  }
}

function readPublicUrl(text: string): URL | Refusal {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text)
  return bad('DAYLIGHT_PUBLIC_URL', text, 'https://daylight.example.gov.cn')
}

function readProxies(text: string): readonly string[] | Refusal {
  const proxies = text.split(',').map((proxy) => proxy.trim())
  const wrong = proxies.find((proxy) => {
    const [address = '', bits, ...more] = proxy.split('/')
    const width = { 4: 32, 6: 128 }[isIP(address)]
    if (width === undefined || more.length > 0) return true
    return bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= width)
  })
  return wrong === undefined ? proxies : bad('DAYLIGHT_TRUST_PROXY', wrong, '10.0.0.1 / 10.0.0.0/8')
}

/** A connection address carries a password: a refusal names the setting, never its value. */
function readDatabaseUrl(text: string): string | Refusal {
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)) return text
  return bad('DATABASE_URL', '…', 'postgresql://user:password@host:5432/database')
}

function readSwitch(name: string, text: string): boolean | Refusal {
  if (text === 'on' || text === 'off') return text === 'on'
  return bad(name, text, 'on / off')
}

/**
 * Reads the settings, with their defaults.
 * Refuses with `config.bad-value`, naming the variable, for a value that cannot be meant.
 */
export function readConfig(env: Environment = process.env): Config | Refusal {
  const read = (name: string): string | undefined => env[name]?.trim() || undefined
  const port = readPort(read('PORT') ?? '8080')
  const zone = readZone(read('DAYLIGHT_ZONE') ?? 'Asia/Shanghai')
  const url = read('DATABASE_URL')
  const databaseUrl = url === undefined ? null : readDatabaseUrl(url)
  const threads = readCount('DAYLIGHT_THREADS', read('DAYLIGHT_THREADS') ?? String(availableParallelism()), 1024)
  const memory = readCount('DAYLIGHT_MEMORY', read('DAYLIGHT_MEMORY') ?? String(machineMemory() >> 2), 2 ** 24)
  const budget = readCount('DAYLIGHT_BUDGET', read('DAYLIGHT_BUDGET') ?? '600', 604_800)
  const inMemoryEvents = readCount('DAYLIGHT_IN_MEMORY_EVENTS', read('DAYLIGHT_IN_MEMORY_EVENTS') ?? '3000000', 2 ** 30)
  const example = readSwitch('DAYLIGHT_EXAMPLE', read('DAYLIGHT_EXAMPLE') ?? 'on')
  const publicText = read('DAYLIGHT_PUBLIC_URL')
  const publicUrl = publicText === undefined ? null : readPublicUrl(publicText)
  const proxies = read('DAYLIGHT_TRUST_PROXY')
  const trustProxy = proxies === undefined ? [] : readProxies(proxies)
  if (isRefusal(publicUrl)) return publicUrl
  if (isRefusal(trustProxy)) return trustProxy
  if (typeof port === 'object') return port
  if (typeof zone === 'object') return zone
  if (databaseUrl !== null && typeof databaseUrl === 'object') return databaseUrl
  if (typeof example === 'object') return example
  if (typeof threads === 'object') return threads
  if (typeof memory === 'object') return memory
  if (typeof budget === 'object') return budget
  if (typeof inMemoryEvents === 'object') return inMemoryEvents
  return {
    home: resolve(read('DAYLIGHT_HOME') ?? resolve(programFolder, '.daylight')),
    host: read('HOST') ?? '127.0.0.1',
    port,
    publicUrl,
    trustProxy,
    zone,
    databaseUrl,
    packs: resolve(read('DAYLIGHT_PACKS') ?? resolve(programFolder, 'packs')),
    example,
    threads,
    memory,
    budget,
    inMemoryEvents,
  }
}
