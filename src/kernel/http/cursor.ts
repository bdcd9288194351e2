import { type Refusal, refuse } from '../../core/refusal/refusal.ts'

/** A keyset: the sort values of a page's last row. */
export type Keyset = readonly (string | number | null)[]

/** Packs the last row's sort values into an opaque text for `next`. */
export function cursorOf(keyset: Keyset): string {
  return Buffer.from(JSON.stringify(keyset)).toString('base64url')
}

/** Reads a cursor of `length` sort values back; refuses `http.bad-cursor` for anything that `cursorOf` did not make. */
export function keysetOf(cursor: string, length: number): Keyset | Refusal {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const scalar = (item: unknown) => item === null || typeof item === 'string' || typeof item === 'number'
    if (Array.isArray(value) && value.length === length && value.every(scalar)) return value as Keyset
  } catch {
    // Not base64 of JSON: refused like any other text that is not a cursor.
  }
  return refuse('http.bad-cursor')
}
