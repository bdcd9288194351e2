import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { glossaryDifferences, glossaryRows } from './glossary.ts'

const root = join(import.meta.dirname, '../..')
const markdown = readFileSync(join(root, 'GLOSSARY.md'), 'utf8')
const sources = new Map(
  readdirSync(join(root, 'src/core'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('fixtures'))
    .map((file) => [`core/${file.replaceAll('\\', '/')}`, readFileSync(join(root, 'src/core', file), 'utf8')]),
)

describe('The glossary', () => {
  it('was compared with a core that has files and with a table that has rows', () => {
    expect(sources.size).toBeGreaterThan(20)
    expect(glossaryRows(markdown).length).toBeGreaterThan(40)
  })

  it('has exactly the types of the core, each once', () => {
    expect(glossaryDifferences(glossaryRows(markdown), sources)).toEqual([])
  })

  it('is found wanting when a type is renamed in the code', () => {
    const [first] = glossaryRows(markdown)
    const planted = new Map(sources)
    const file = first?.file ?? ''
    planted.set(file, (sources.get(file) ?? '').replaceAll(`${first?.name}`, 'PlantedName'))
    const differences = glossaryDifferences(glossaryRows(markdown), planted)
    expect(differences).toContain(`${file} exports no type ${first?.name}`)
    expect(differences).toContain(`${file} exports PlantedName, which has no row`)
  })
})
