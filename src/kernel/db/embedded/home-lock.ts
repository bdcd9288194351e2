import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { startOf } from './process.ts'

/** Who holds a home folder. */
export interface Holder {
  readonly pid: number
  readonly start: string
  /** `serve` answers requests for long; `visit` is a command that soon ends. */
  readonly role: 'serve' | 'visit'
}

/** The right to run the server of one home folder; `release` gives it back. */
export interface HomeLock {
  readonly kind: 'lock'
  release(): Promise<void>
}

const fileOf = (home: string): string => join(home, 'lock.json')

async function readHolder(file: string): Promise<{ holder: Holder | null; text: string } | null> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  try {
    return { holder: JSON.parse(text) as Holder, text }
  } catch {
    return { holder: null, text }
  }
}

/** The live process that holds a home folder, or null. */
export async function holderOf(home: string): Promise<Holder | null> {
  const holder = (await readHolder(fileOf(home)))?.holder ?? null
  return holder !== null && startOf(holder.pid) === holder.start ? holder : null
}

/** Puts a dead holder's file aside; if another process took the lock meanwhile, gives it back to that one. */
async function putAside(file: string, seen: string): Promise<void> {
  const aside = `${file}.${process.pid}.stale`
  try {
    await rename(file, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  if ((await readFile(aside, 'utf8')) !== seen) await link(aside, file).catch(() => {})
  await rm(aside, { force: true })
}

/**
 * Takes the lock of a home folder, over a dead holder if need be.
 * Refuses with `home.in-use` while a live process holds it.
 */
export async function lockHome(home: string, role: Holder['role']): Promise<HomeLock | Refusal> {
  const file = fileOf(home)
  const mine: Holder = { pid: process.pid, start: startOf(process.pid) ?? '', role }
  const draft = `${file}.${process.pid}`
  await writeFile(draft, JSON.stringify(mine), { mode: 0o600 })
  try {
    for (;;) {
      try {
        // A link appears whole or not at all, and never over another.
        await link(draft, file)
        return { kind: 'lock', release: () => rm(file, { force: true }) }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const found = await readHolder(file)
      if (found === null) continue
      const { holder, text } = found
      if (holder !== null && startOf(holder.pid) === holder.start)
        return refuse('home.in-use', { home, pid: holder.pid })
      await putAside(file, text)
    }
  } finally {
    await rm(draft, { force: true })
  }
}
