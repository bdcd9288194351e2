// A pack's lock: id → version and SHA-256. A changed hash without a new version fails.
import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { isRefusal, type Refusal, refuse } from '../../core/refusal/refusal.ts'
import { type Pack, readPack } from './pack.ts'
import { readYaml } from './read-yaml.ts'

const lockEntry = z.strictObject({
  version: z.union([z.int().positive(), z.string().min(1)]),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
const lockFile = z.strictObject({ items: z.record(z.string(), lockEntry) })

/** One locked thing: a folder that has a definition (`check.yml`, `procedure.yml`), or a single file. */
export interface LockItem {
  readonly id: string
  readonly version: number | string
  readonly sha256: string
}

/** The files that make a folder one thing with all that lies in it. */
const definitions = ['check.yml', 'procedure.yml']
const notContent = new Set(['pack.yml', 'pack.lock'])

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !notContent.has(path))
    .sort()
}

/** What the pack holds now, hashed. The version is the definition's own, else the pack's. */
export async function lockItems(pack: Pack): Promise<readonly LockItem[]> {
  const files = await filesBelow(pack.root)
  const folders = new Set(
    files
      .filter((path) => definitions.includes(path.slice(path.lastIndexOf('/') + 1)))
      .map((path) => path.slice(0, path.lastIndexOf('/'))),
  )
  const units = new Map<string, string[]>()
  for (const file of files) {
    const home = [...folders].find((folder) => file.startsWith(`${folder}/`)) ?? file
    units.set(home, [...(units.get(home) ?? []), file])
  }
  const items: LockItem[] = []
  for (const [id, members] of units) {
    const whole = createHash('sha256')
    let version: number | string = pack.version
    for (const member of members) {
      const bytes = await readFile(join(pack.root, member))
      whole.update(`${member}\0${createHash('sha256').update(bytes).digest('hex')}\n`)
      if (member === id ? /\.ya?ml$/.test(member) : definitions.some((name) => member === `${id}/${name}`))
        version = ownVersion(bytes.toString('utf8')) ?? version
    }
    items.push({ id, version, sha256: whole.digest('hex') })
  }
  return items
}

/** The `version` at the top of a definition, where it has one. */
function ownVersion(text: string): number | string | undefined {
  const line = /^version:[ \t]*(.+)$/m.exec(text)?.[1]
  const value: unknown = line === undefined ? undefined : parse(line)
  return typeof value === 'number' || typeof value === 'string' ? value : undefined
}

async function readLock(pack: Pack): Promise<ReadonlyMap<string, LockItem> | Refusal> {
  const lock = await readYaml(join(pack.root, 'pack.lock'), lockFile)
  if (isRefusal(lock)) return lock
  return new Map(Object.entries(lock.items).map(([id, entry]) => [id, { id, ...entry }]))
}

/**
 * Compares the pack's content with its lock. Refusals, one per thing: `pack.changed-without-version`, `pack.not-locked`,
 * `pack.locked-missing`; or what reading the pack refused.
 */
export async function verifyLock(root: string): Promise<readonly Refusal[]> {
  const pack = await readPack(root)
  if (isRefusal(pack)) return [pack]
  const locked = await readLock(pack)
  if (isRefusal(locked)) return [locked]
  const items = await lockItems(pack)
  const refusals: Refusal[] = []
  for (const item of items) {
    const entry = locked.get(item.id)
    if (entry?.sha256 === item.sha256 && entry.version === item.version) continue
    if (entry === undefined || entry.version !== item.version)
      refusals.push(refuse('pack.not-locked', { id: item.id, version: item.version }))
    else refusals.push(refuse('pack.changed-without-version', { id: item.id, version: item.version }))
  }
  const held = new Set(items.map((item) => item.id))
  for (const id of locked.keys()) if (!held.has(id)) refusals.push(refuse('pack.locked-missing', { id }))
  return refusals
}

/**
 * Writes the lock of what the pack holds now. A thing whose content changed under the version that is locked is refused,
 * unless `unreleased` says that the locked version never left this checkout.
 */
export async function writeLock(root: string, unreleased: boolean): Promise<readonly LockItem[] | Refusal> {
  const pack = await readPack(root)
  if (isRefusal(pack)) return pack
  const items = await lockItems(pack)
  if (!unreleased) {
    const locked = await readLock(pack)
    const before = isRefusal(locked) ? new Map<string, LockItem>() : locked
    for (const item of items) {
      const entry = before.get(item.id)
      if (entry !== undefined && entry.version === item.version && entry.sha256 !== item.sha256)
        return refuse('pack.changed-without-version', { id: item.id, version: item.version })
    }
  }
  const lines = items.map(
    (item) => `  ${item.id}: { version: ${JSON.stringify(item.version)}, sha256: ${item.sha256} }`,
  )
  await writeFile(join(root, 'pack.lock'), `items:\n${lines.join('\n')}\n`)
  return items
}
