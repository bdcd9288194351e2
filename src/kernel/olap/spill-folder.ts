import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** The folders that this process made: it may have several engines. */
const own = new Set<string>()

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Makes a folder of one engine's own for what does not fit into memory, named by the process. What processes left there
 * that were killed, gigabytes perhaps, is removed first.
 */
export async function makeSpillFolder(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true, mode: 0o700 })
  for (const name of await readdir(parent)) {
    const pid = Number(/^(\d+)-/.exec(name)?.[1] ?? Number.NaN)
    const living = pid === process.pid ? own.has(name) : isRunning(pid)
    if (!Number.isNaN(pid) && !living) await rm(join(parent, name), { recursive: true, force: true })
  }
  const name = `${process.pid}-${randomUUID()}`
  own.add(name)
  const folder = join(parent, name)
  await mkdir(folder, { mode: 0o700 })
  return folder
}
