import { randomUUIDv7 } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import { type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { storeRefusal } from '../../../kernel/db/store-refusal.ts'

/** The largest file that is taken by upload, as it is sent; a larger one is read by the command line. */
export const UPLOAD_MIB = 4096

const DAY = 24 * 3600 * 1000

/** A file that was sent, with the plain fields beside it. */
export interface Upload {
  readonly path: string
  readonly file: string
  readonly fields: Readonly<Record<string, string>>
}

/** Uploads that a server left behind when it was killed. */
async function sweepUploads(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const about = await stat(path).catch(() => null)
    if (about !== null && Date.now() - about.mtimeMs > DAY) await rm(path, { force: true })
  }
}

/**
 * Streams the one file of a multipart request to the home folder; memory stays constant. Refuses
 * `log.upload-without-file`, `log.upload-too-big`, `disk.full`; of a refused upload nothing is kept.
 */
export async function takeUpload(request: FastifyRequest, home: string): Promise<Upload | Refusal> {
  if (!request.isMultipart()) return refuse('log.upload-without-file', { field: 'file' })
  const folder = join(home, 'uploads')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await sweepUploads(folder)
  const path = join(folder, randomUUIDv7())
  const fields: Record<string, string> = {}
  let file: string | null = null
  let refusal: Refusal | null = null
  try {
    for await (const part of request.parts({ limits: { fileSize: UPLOAD_MIB * 1024 * 1024, files: 1, fields: 20 } })) {
      if (part.type === 'field') {
        if (typeof part.value === 'string') fields[part.fieldname] = part.value
        continue
      }
      await pipeline(part.file, createWriteStream(path, { mode: 0o600 }))
      if (part.file.truncated) refusal = refuse('log.upload-too-big', { limit: UPLOAD_MIB })
      file = part.filename.replaceAll(/\p{Cc}/gu, '').slice(0, 200)
    }
  } catch (error) {
    const { statusCode } = error as { statusCode?: number }
    refusal =
      statusCode === 413
        ? refuse('log.upload-too-big', { limit: UPLOAD_MIB })
        : statusCode !== undefined && statusCode < 500
          ? refuse('log.upload-without-file', { field: 'file' })
          : storeRefusal(error)
    if (refusal === null) {
      await rm(path, { force: true })
      throw error
    }
  }
  if (refusal === null && file === null) refusal = refuse('log.upload-without-file', { field: 'file' })
  if (refusal !== null || file === null) {
    await rm(path, { force: true })
    return refusal ?? refuse('log.upload-without-file', { field: 'file' })
  }
  return { path, file, fields }
}
