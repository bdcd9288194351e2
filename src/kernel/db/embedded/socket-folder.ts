import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The length that a socket's path may have on Linux, the closing zero not counted. */
export const longestSocketPath = 107

const socketName = '/.s.PGSQL.5432'

/** The folder for the server's socket: in the home, or a short one elsewhere where the home's path is too long. */
export function socketFolderFor(home: string, user: number, temporary = tmpdir()): string {
  const near = join(home, 'run')
  if (Buffer.byteLength(near + socketName) <= longestSocketPath) return near
  const mark = createHash('sha256').update(home).digest('hex').slice(0, 12)
  return join(temporary, `daylight-${user}-${mark}`)
}

/** Creates the folder for this user alone; throws where another user has put something in its place. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const found = await lstat(folder)
  const mine = process.getuid?.() ?? found.uid
  if (!found.isDirectory() || (found.uid !== mine && mine !== 0)) throw new Error(`${folder} is not a folder of ours`)
  await chmod(folder, 0o700)
}
