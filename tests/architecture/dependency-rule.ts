import { importsOf, type Source, targetOf } from './sources.ts'

const layers = ['core', 'kernel', 'modules', 'app'] as const

/** Packages that only compute: the core may know no other. Types of `node:` modules are I/O too. */
const purePackages = new Set([
  'saxes',
  'yaml',
  'zod',
  'bpmn-moddle',
  'bpmn-auto-layout',
  'acorn',
  'chinese-days',
  'fast-check',
  'vitest',
])

const layerOf = (path: string): number => layers.findIndex((layer) => path.startsWith(`src/${layer}/`))
const moduleOf = (path: string): string | null => /^src\/modules\/([^/]+)\//.exec(path)?.[1] ?? null

/** Tests of the core may read the files that they compare with. */
const isTest = (path: string): boolean => path.endsWith('.test.ts')

/** Why an import breaks the rule `core ← kernel ← modules ← app`; null where it keeps it. */
function breach(source: Source, specifier: string): string | null {
  const { path } = source
  const target = targetOf(source, specifier)
  if (target === null) {
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/')
    return path.startsWith('src/core/') && !isTest(path) && !purePackages.has(name) ? 'the core only computes' : null
  }
  if (/^(?:web|verify)\//.test(path)) return target.startsWith('src/') ? 'it stands apart from src' : null
  if (!path.startsWith('src/')) return null
  if (!target.startsWith('src/')) return 'sources import sources only'
  if (layerOf(target) > layerOf(path)) return 'it looks up'
  const [from, to] = [moduleOf(path), moduleOf(target)]
  return from !== null && to !== null && from !== to ? 'a module never imports a module' : null
}

/** Every import that breaks the dependency rule, as `file → what it imports: why`. */
export function dependencyBreaches(sources: readonly Source[]): readonly string[] {
  return sources.flatMap((source) =>
    importsOf(source).flatMap((specifier) => {
      const why = breach(source, specifier)
      return why === null ? [] : [`${source.path} → ${specifier}: ${why}`]
    }),
  )
}
