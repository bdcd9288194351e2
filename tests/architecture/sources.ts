import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

/** A file of the house: its path from the root, with forward slashes, and its text. */
export interface Source {
  readonly path: string
  readonly text: string
}

const passedOver = /(^|\/)(node_modules|build|\.venv|\.react-router|generated|fixtures)\//

/** Every source file below the given folders of a root; fixtures of other tests, builds and generated files left out. */
export function readSources(root: string, folders: readonly string[]): readonly Source[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(?:ts|tsx|js|jsx|mjs|cjs)$/.test(path) && !passedOver.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** What a file imports or exports from elsewhere, as it is written: types, effects and imports at their use included. */
export function importsOf({ text }: Source): readonly string[] {
  const stated = text.matchAll(/^\s*(?:import|export)\b(?:[^'";]*?\bfrom\s*)?\s*['"]([^'"\n]+)['"]/gm)
  const atUse = text.matchAll(/\b(?:import|require)\s*\(\s*['"`]([^'"`\n]+)['"`]/g)
  const asType = text.matchAll(/\btypeof\s+import\s*\(\s*['"]([^'"\n]+)['"]/g)
  return [...stated, ...atUse, ...asType].map((match) => match[1] ?? '')
}

/** The path from the root that an import leads to; null for a package. */
export function targetOf({ path }: Source, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null
  return relative('/', resolve('/', path, '..', specifier)).replaceAll('\\', '/')
}
