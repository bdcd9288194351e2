import { createHmac } from 'node:crypto'

const letters = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'

/**
 * The code under which an officer of a log is shown: the same person has the same code all over one log, and nobody can
 * tell from it who it is or whether a code of another log is the same person. Six letters: 700 million codes.
 */
export function pseudonym(key: Uint8Array, officer: string): string {
  const hash = createHmac('sha256', key).update(officer).digest()
  return Array.from(hash.subarray(0, 6), (byte) => letters[byte % letters.length]).join('')
}
