import { refuse } from '../../../core/refusal/refusal.ts'
import { Stopped } from '../stopped.ts'
import { columnOf } from './cell-reference.ts'
import type { ZipFile } from './zip-file.ts'

const LIMIT = 1_000_000
/** Longer than any `<mergeCell …>`. */
const CARRY = 256

/** What a look through a sheet's bytes finds before its rows are read: what merged cells cover, and hidden columns. */
export interface SheetOutline {
  /** First row → the columns in which a merged cell begins there, each with its last row. */
  readonly merged: ReadonlyMap<number, readonly { readonly column: number; readonly last: number }[]>
  readonly hiddenColumns: number
}

/**
 * Finds the merged cells of a sheet that cover several rows. They stand behind the rows in the file, so the part is
 * unpacked once before it is parsed; only the bytes are searched.
 */
export async function outlineOf(zip: ZipFile, part: string): Promise<SheetOutline> {
  const merged = new Map<number, { column: number; last: number }[]>()
  const hidden = new Map<string, number>()
  const seen = new Set<string>()
  let carry: Buffer = Buffer.alloc(0)
  for await (const chunk of zip.chunks(part)) {
    const bytes = Buffer.concat([carry, chunk])
    carry = bytes.subarray(Math.max(0, bytes.length - CARRY))
    if (!bytes.includes('mergeCell') && !bytes.includes('hidden=')) continue
    const text = bytes.toString('latin1')
    for (const [columns] of text.matchAll(/<(?:\w+:)?col\s[^<>]*>/g)) {
      if (!/hidden="(?:1|true)"/.test(columns)) continue
      const bound = (name: string): number => Number(new RegExp(`${name}="(\\d+)"`).exec(columns)?.[1] ?? 0)
      const count = Math.min(bound('max'), 16_384) - bound('min') + 1
      if (count > 0) hidden.set(columns, count)
    }
    for (const [ref, from = '', first = '', last = ''] of text.matchAll(
      /<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"/g,
    )) {
      if (seen.has(ref) || Number(last) <= Number(first)) continue
      if (seen.size >= LIMIT) {
        const facts = { file: zip.file, row: 1, why: `> ${LIMIT} mergeCell` }
        throw new Stopped(refuse('log.xml-broken', facts, { place: { file: zip.file } }))
      }
      seen.add(ref)
      const row = Number(first)
      const here = merged.get(row) ?? []
      here.push({ column: columnOf(from), last: Number(last) })
      merged.set(row, here)
    }
  }
  return { merged, hiddenColumns: [...hidden.values()].reduce((sum, count) => sum + count, 0) }
}
