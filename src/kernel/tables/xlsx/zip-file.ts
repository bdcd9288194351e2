import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import type { RefusalCode } from '../../../core/refusal/codes.ts'
import { refuse } from '../../../core/refusal/refusal.ts'
import type { ReadLimits } from '../limits.ts'
import { Stopped } from '../stopped.ts'

const CHUNK = 256 * 1024
const END = 22
/** A comment may stand behind the end record, and its length has 16 bits. */
const LONGEST_TAIL = END + 0xffff
const DIRECTORY_LIMIT = 64 * 1024 * 1024
const UNKNOWN_32 = 0xffffffff

/** One part of a ZIP file, as its central directory tells of it. */
interface ZipPart {
  readonly name: string
  readonly encrypted: boolean
  /** 0 is stored, 8 is deflate; others are not read. */
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly offset: number
}

/** A ZIP file opened for reading its parts one by one. */
export interface ZipFile {
  readonly file: string
  readonly size: number
  has(part: string): boolean
  /** Packed bytes read so far: for progress. */
  taken(): number
  chunks(part: string): AsyncIterable<Buffer>
  close(): Promise<void>
}

/**
 * Opens a ZIP file by its central directory. By hand, because a hostile one must end in a sentence: sizes are never
 * believed, each part is unpacked in constant memory, measured against the limits and checked by its sum. Throws Stopped.
 */
export async function openZip(path: string, limits: ReadLimits, signal?: AbortSignal): Promise<ZipFile> {
  const file = basename(path)
  const stop = (code: RefusalCode, facts: Readonly<Record<string, string | number>> = {}): Stopped =>
    new Stopped(refuse(code, { file, ...facts }, { place: { file } }))
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    const parts = await directory(handle, size, () => stop('table.zip-broken'))
    let taken = 0

    async function* pieces(start: number, length: number): AsyncGenerator<Buffer> {
      for (let at = 0; at < length; ) {
        const bytes = Buffer.allocUnsafe(Math.min(CHUNK, length - at))
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, start + at)
        if (bytesRead === 0) return
        at += bytesRead
        taken += bytesRead
        yield bytes.subarray(0, bytesRead)
      }
    }

    async function* chunks(name: string): AsyncIterable<Buffer> {
      const part = parts.get(name)
      if (part === undefined) throw stop('table.workbook-part-missing', { part: name })
      if (part.encrypted) throw stop('table.workbook-locked')
      if (part.method !== 0 && part.method !== 8) throw stop('table.zip-broken')
      const local = await bytesAt(handle, part.offset, 30)
      if (local === null || local.readUInt32LE(0) !== 0x04034b50) throw stop('table.zip-broken')
      const start = part.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28)
      if (start + part.packed > size) throw stop('table.zip-broken')
      let unpacked = 0
      let sum = 0
      const measured = (chunk: Buffer): Buffer => {
        unpacked += chunk.length
        const facts = { unpacked: Math.round(unpacked / 1048576) }
        if (unpacked > limits.unpackedBytes) throw stop('table.too-big', facts)
        if (unpacked > limits.ratioFloorBytes && unpacked > limits.ratio * Math.max(1, part.packed)) {
          throw stop('table.gzip-bomb', facts)
        }
        sum = crc32(chunk, sum)
        return chunk
      }
      if (part.packed > 0) {
        const raw = Readable.from(pieces(start, part.packed), { objectMode: false, highWaterMark: CHUNK })
        const inflate = part.method === 8 ? createInflateRaw({ chunkSize: CHUNK }) : null
        if (inflate !== null) {
          raw.on('error', (error) => inflate.destroy(error))
          raw.pipe(inflate)
        }
        try {
          for await (const chunk of (inflate ?? raw) as AsyncIterable<Buffer>) {
            if (signal?.aborted) throw stop('table.cancelled')
            yield measured(chunk)
          }
        } catch (error) {
          const { code } = error as { code?: string }
          throw code?.startsWith('Z_') ? stop('table.zip-broken') : error
        } finally {
          inflate?.destroy()
          raw.destroy()
        }
      }
      if (sum !== part.crc) throw stop('table.zip-broken')
    }
    return { file, size, has: (name) => parts.has(name), taken: () => taken, chunks, close: () => handle.close() }
  } catch (error) {
    await handle.close()
    throw error
  }
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer | null> {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await handle.read(bytes, 0, length, position)
  return bytesRead === length ? bytes : null
}

async function directory(handle: FileHandle, size: number, broken: () => Stopped): Promise<Map<string, ZipPart>> {
  const tailAt = Math.max(0, size - LONGEST_TAIL)
  const tail = await bytesAt(handle, tailAt, size - tailAt)
  let end = (tail?.length ?? 0) - END
  while (tail !== null && end >= 0 && tail.readUInt32LE(end) !== 0x06054b50) end--
  if (tail === null || end < 0) throw broken()
  let length = tail.readUInt32LE(end + 12)
  let offset = tail.readUInt32LE(end + 16)
  const far = await zip64End(handle, tail, end)
  if (far !== null) ({ length, offset } = far)
  if (length > DIRECTORY_LIMIT || offset + length > size) throw broken()
  const bytes = await bytesAt(handle, offset, length)
  if (bytes === null) throw broken()
  const parts = new Map<string, ZipPart>()
  let at = 0
  while (at + 46 <= bytes.length && bytes.readUInt32LE(at) === 0x02014b50) {
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28)
    const extraEnd = nameEnd + bytes.readUInt16LE(at + 30)
    const next = extraEnd + bytes.readUInt16LE(at + 32)
    if (next > bytes.length) throw broken()
    const name = bytes.toString('utf8', at + 46, nameEnd).replace(/^\/+/, '')
    // two parts of one name: programs would disagree which of them is meant
    if (parts.has(name)) throw broken()
    const wide = zip64Fields(bytes.subarray(nameEnd, extraEnd), [
      bytes.readUInt32LE(at + 24),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt32LE(at + 42),
    ])
    parts.set(name, {
      name,
      encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: wide[1],
      offset: wide[2],
    })
    at = next
  }
  return parts
}

async function zip64End(
  handle: FileHandle,
  tail: Buffer,
  end: number,
): Promise<{ readonly length: number; readonly offset: number } | null> {
  const locator = end - 20
  if (locator < 0 || tail.readUInt32LE(locator) !== 0x07064b50) return null
  const record = await bytesAt(handle, Number(tail.readBigUInt64LE(locator + 8)), 56)
  if (record === null || record.readUInt32LE(0) !== 0x06064b50) return null
  return { length: Number(record.readBigUInt64LE(40)), offset: Number(record.readBigUInt64LE(48)) }
}

/** The sizes and the offset of a part: each that its 32 bits could not hold stands, in this order, in the extra field. */
function zip64Fields(extra: Buffer, [size, packed, offset]: [number, number, number]): [number, number, number] {
  const fields: [number, number, number] = [size, packed, offset]
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let from = at + 4
    for (let i = 0; i < 3 && from + 8 <= extra.length; i++) {
      if (fields[i] !== UNKNOWN_32) continue
      fields[i] = Number(extra.readBigUInt64LE(from))
      from += 8
    }
  }
  return fields
}
