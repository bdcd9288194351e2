/** One row of GLOSSARY.md: the Chinese term, the word that the interface shows, the name in the code and its file under src. */
export interface GlossaryRow {
  readonly zh: string
  readonly en: string
  readonly name: string
  readonly file: string
}

const row = /^\| ([^|]+) \| ([^|]+) \| `(\w+)` \| `([^`|]+)` \| ([^|]+) \|$/

/** The rows of the glossary's tables, in order. */
export function glossaryRows(markdown: string): readonly GlossaryRow[] {
  return markdown.split('\n').flatMap((line) => {
    const cells = row.exec(line.trim())
    if (!cells) return []
    const [, zh = '', en = '', name = '', file = ''] = cells
    return [{ zh: zh.trim(), en: en.trim(), name, file }]
  })
}

/** The names of the types that a TypeScript source exports by declaring them. */
export function exportedTypes(source: string): readonly string[] {
  return [...source.matchAll(/^export (?:interface|type) (\w+)\b(?!\s*[,}])/gm)].map((match) => match[1] ?? '')
}

/**
 * What is not equal between the glossary and the code: a type of the core's vocabulary without a row, a row whose type is
 * gone or moved, two rows for one type, and a term used for two types.
 */
export function glossaryDifferences(
  rows: readonly GlossaryRow[],
  sources: ReadonlyMap<string, string>,
): readonly string[] {
  const differences: string[] = []
  const seen = new Map<string, GlossaryRow>()
  const terms = new Map<string, string>()
  for (const entry of rows) {
    const key = `${entry.file}#${entry.name}`
    if (seen.has(key)) differences.push(`${entry.name} has two rows`)
    seen.set(key, entry)
    const source = sources.get(entry.file)
    if (source === undefined) differences.push(`${entry.name}: there is no file ${entry.file}`)
    else if (!exportedTypes(source).includes(entry.name))
      differences.push(`${entry.file} exports no type ${entry.name}`)
    const other = terms.get(entry.zh)
    if (other !== undefined) differences.push(`${entry.zh} names both ${other} and ${entry.name}`)
    terms.set(entry.zh, entry.name)
  }
  for (const [file, source] of sources)
    for (const name of exportedTypes(source))
      if (!seen.has(`${file}#${name}`)) differences.push(`${file} exports ${name}, which has no row`)
  return differences
}
