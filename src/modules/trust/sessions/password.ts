import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** Memory in KiB, passes and lanes of one hash: OWASP's recommendation for Argon2id (46 MiB, 1, 1). */
interface Cost {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

const present: Cost = { memory: 47_104, passes: 1, parallelism: 1 }
const saltBytes = 16
const hashBytes = 32
const derive = promisify(argon2)

const argon2id = (password: string, nonce: Buffer, cost: Cost): Promise<Buffer> =>
  derive('argon2id', { message: password.normalize('NFC'), nonce, tagLength: hashBytes, ...cost })

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')

function encode(salt: Buffer, hash: Buffer, { memory, passes, parallelism }: Cost): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(hash)}`
}

const encoded = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/** Hashes a password for the store, in the PHC text form, which carries its own cost. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  return encode(salt, await argon2id(password, salt, present), present)
}

/** What an unknown account is compared with, so that it takes as long as a known one. */
const nobody = encode(Buffer.alloc(saltBytes), Buffer.alloc(hashBytes), present)

/**
 * Whether a password is the one that was hashed. With null (no such account, or one without a password) it does the
 * same work and says no.
 */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const match = encoded.exec(stored ?? nobody)
  if (match === null) throw new Error('A stored password hash is not in the PHC form of Argon2id')
  const [, memory, passes, parallelism, salt = '', hash = ''] = match
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  const derived = await argon2id(password, Buffer.from(salt, 'base64'), cost)
  const expected = Buffer.from(hash, 'base64')
  return derived.length === expected.length && timingSafeEqual(derived, expected) && stored !== null
}
