import { createHash, randomUUID } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
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

/**
 * Removes a dead holder's file. Whoever makes the claim on that very file, and then still finds it, may remove it: so
 * nobody removes the file of a holder that came meanwhile.
 */
async function removeDead(file: string, seen: string, draft: string): Promise<void> {
  const claim = `${file}.after-${createHash('sha256').update(seen).digest('hex').slice(0, 16)}`
  try {
    await link(draft, claim)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const claimant = (await readHolder(claim))?.holder ?? null
    if (claimant !== null && startOf(claimant.pid) !== claimant.start) await rm(claim, { force: true })
    await new Promise((wake) => setTimeout(wake, 5))
    return
  }
  try {
    if ((await readHolder(file))?.text === seen) await rm(file, { force: true })
  } finally {
    await rm(claim, { force: true })
  }
}

/**
 * Takes the lock of a home folder, over a dead holder if need be.
 * Refuses with `home.in-use` while a live process holds it.
 */
export async function lockHome(home: string, role: Holder['role']): Promise<HomeLock | Refusal> {
  const file = fileOf(home)
  const mine: Holder = { pid: process.pid, start: startOf(process.pid) ?? '', role }
  const draft = `${file}.${randomUUID()}`
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
      await removeDead(file, text, draft)
    }
  } finally {
    await rm(draft, { force: true })
  }
}
