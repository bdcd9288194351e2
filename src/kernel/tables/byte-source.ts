import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { createGunzip } from 'node:zlib'
import { refuse } from '../../core/refusal/refusal.ts'
import type { ReadLimits } from './limits.ts'
import { Stopped } from './stopped.ts'

const CHUNK = 256 * 1024

/** The bytes of a file, unpacked where it is gzip, with what the source knows of itself. */
export interface ByteSource {
  readonly file: string
  readonly gzip: boolean
  /** A ZIP file, as workbooks are: read by its parts, not as a stream. */
  readonly zip: boolean
  /** Size on disk. */
  readonly size: number
  /** Bytes of the file taken so far: for progress. */
  taken(): number
  chunks(): AsyncIterable<Buffer>
}

const reason = (error: unknown): { code: string; message: string } => {
  const { code, message } = error as { code?: string; message?: string }
  return { code: code ?? '', message: message ?? String(error) }
}

function stopOn(file: string, error: unknown): Stopped {
  if (error instanceof Stopped) return error
  const { code, message } = reason(error)
  const place = { place: { file } }
  if (code === 'ENOENT') return new Stopped(refuse('table.no-such-file', { file }, place))
  if (code === 'EISDIR') return new Stopped(refuse('table.is-folder', { file }, place))
  if (code === 'EACCES' || code === 'EPERM') return new Stopped(refuse('table.no-right', { file }, place))
  if (code === 'Z_BUF_ERROR') return new Stopped(refuse('table.gzip-cut-off', { file }, place))
  if (code.startsWith('Z_')) return new Stopped(refuse('table.gzip-broken', { file }, place))
  if (code.startsWith('E')) return new Stopped(refuse('input.unreadable', { file, why: message }, place))
  throw error
}

/**
 * Opens a file for streaming. Whether it is packed is told by its first two bytes, not by its name. Unpacking keeps
 * constant memory and is refused (by throwing Stopped) where it is cut off, damaged, or grows beyond the limits.
 */
export async function openBytes(path: string, limits: ReadLimits, signal?: AbortSignal): Promise<ByteSource> {
  const file = basename(path)
  let size = 0
  let gzip = false
  let zip = false
  try {
    const handle = await open(path, 'r')
    try {
      const stat = await handle.stat()
      if (stat.isDirectory()) throw new Stopped(refuse('table.is-folder', { file }, { place: { file } }))
      size = stat.size
      const magic = Buffer.alloc(4)
      const { bytesRead } = await handle.read(magic, 0, 4, 0)
      zip = bytesRead === 4 && magic.readUInt32BE(0) === 0x504b0304
      gzip = bytesRead >= 2 && magic[0] === 0x1f && magic[1] === 0x8b
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw stopOn(file, error)
  }
  let taken = 0
  const tooBig = (code: 'table.gzip-bomb' | 'table.too-big', unpacked: number): Stopped =>
    new Stopped(refuse(code, { file, unpacked: Math.round(unpacked / 1048576) }, { place: { file } }))

  async function* chunks(): AsyncIterable<Buffer> {
    const raw = createReadStream(path, { highWaterMark: CHUNK, ...(signal ? { signal } : {}) })
    raw.on('data', (chunk) => {
      taken += chunk.length
    })
    const stream = gzip ? createGunzip({ chunkSize: CHUNK }) : raw
    if (gzip) {
      raw.on('error', (error) => stream.destroy(error))
      raw.pipe(stream as ReturnType<typeof createGunzip>)
    }
    let unpacked = 0
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        unpacked += chunk.length
        if (unpacked > limits.unpackedBytes) throw tooBig('table.too-big', unpacked)
        if (gzip && unpacked > limits.ratioFloorBytes && unpacked > limits.ratio * Math.max(1, taken)) {
          throw tooBig('table.gzip-bomb', unpacked)
        }
        yield chunk
      }
    } catch (error) {
      if (signal?.aborted) throw new Stopped(refuse('table.cancelled', { file }, { place: { file } }))
      throw stopOn(file, error)
    } finally {
      raw.destroy()
      stream.destroy()
    }
  }
  return { file, gzip, zip, size, taken: () => taken, chunks }
}
