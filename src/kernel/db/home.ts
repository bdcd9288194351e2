import { access, constants, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Refusal, refuse } from '../../core/refusal/refusal.ts'

/** Says in one refusal why a folder cannot be written. Any other error is a bug, and is thrown. */
export function folderRefusal(error: unknown, home: string): Refusal {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') return refuse('disk.full', { place: home })
  if (code === 'EACCES' || code === 'EPERM') return refuse('home.not-writable', { home, why: 'no right to write' })
  if (code === 'EROFS') return refuse('home.not-writable', { home, why: 'read-only file system' })
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return refuse('home.not-writable', { home, why: 'a file is in its place' })
  if (code === 'ENAMETOOLONG') return refuse('home.not-writable', { home, why: 'the path is too long' })
  throw error
}

/**
 * Makes the home folder, for this user alone, and tries a write in it.
 * Refuses: `home.not-writable`, `home.not-yours` (first used by another user), `disk.full`.
 */
export async function prepareHome(home: string): Promise<true | Refusal> {
  try {
    await mkdir(home, { recursive: true, mode: 0o700 })
    const { uid } = await stat(home)
    const user = process.getuid?.() ?? uid
    if (uid !== user) return refuse('home.not-yours', { home, owner: uid, user })
    await access(home, constants.W_OK | constants.X_OK)
    const trial = join(home, `trial.${process.pid}`)
    // One page of bytes: an empty file fits on a full disk.
    await writeFile(trial, Buffer.alloc(4096, 1))
    await rm(trial)
    return true
  } catch (error) {
    return folderRefusal(error, home)
  }
}
