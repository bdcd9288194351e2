// Strict YAML: the text of a pack's file becomes a checked value, or a refusal that names the file and the row.
import { isMap, isNode, isPair, LineCounter, type ParsedNode, parseDocument } from 'yaml'
import type { z } from 'zod'
import { type Refusal, refuse } from '../../core/refusal/refusal.ts'

/** The longest YAML text that is read, in characters: a pack's file is written by people. */
const longest = 4_000_000

/**
 * Reads one YAML 1.2 document (core schema: dates stay text) and checks it. Duplicate keys, several documents, tags and
 * more than 100 aliases are refused; an unknown key is refused when the schema is strict.
 * Refusals: `pack.yaml-syntax`, `pack.shape`; both carry file and row.
 */
export function parseYaml<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  file: string,
): z.output<Schema> | Refusal {
  if (text.length > longest)
    return refuse('pack.yaml-syntax', { file, row: 1, why: `> ${longest} characters` }, { place: { file, row: 1 } })
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, strict: true, prettyErrors: false })
  const fault = document.errors[0] ?? document.warnings[0]
  if (fault !== undefined) {
    const row = lines.linePos(fault.pos[0]).line
    return refuse('pack.yaml-syntax', { file, row, why: fault.message }, { place: { file, row } })
  }
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    // The library throws only where aliases expand without end: that is input, not a bug.
    return refuse('pack.yaml-syntax', { file, row: 1, why: String(error) }, { place: { file, row: 1 } })
  }
  const checked = schema.safeParse(value)
  if (checked.success) return checked.data
  const issue = deepest(checked.error.issues)
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path
  const row = rowOf(document.contents, path, lines)
  const place = path.map(String).join('.')
  return refuse(
    'pack.shape',
    { file, row, key: place === '' ? '/' : place, why: issue.message },
    { place: { file, row, column: place } },
  )
}

/**
 * The issue to tell. A misspelt key shows as an unknown key and a missing one: the unknown one has a row. A union's own
 * message says only "invalid input"; the branch that got furthest names the real mistake.
 */
function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue {
  const first = issues.find((issue) => issue.code === 'unrecognized_keys') ?? (issues[0] as z.core.$ZodIssue)
  if (first.code !== 'invalid_union') return first
  const depth = (issue: z.core.$ZodIssue) => issue.path.length + (issue.code === 'unrecognized_keys' ? 1 : 0)
  const branches = first.errors.filter((branch) => branch.length > 0).map(deepest)
  const best = branches.sort((a, b) => depth(b) - depth(a))[0]
  return best === undefined || depth(best) === 0 ? first : { ...best, path: [...first.path, ...best.path] }
}

/** The 1-based row of a key, or of the nearest node above it that exists. */
function rowOf(root: ParsedNode | null, path: readonly PropertyKey[], lines: LineCounter): number {
  let node: unknown = root
  let offset = root?.range[0] ?? 0
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isNode(item.key) && item.key.toJSON() === key)
      if (pair === undefined) break
      if (isNode(pair.key) && pair.key.range) offset = pair.key.range[0]
      node = pair.value
    } else if (isNode(node) && 'items' in node && typeof key === 'number') {
      node = (node.items as unknown[])[key]
      if (isNode(node) && node.range) offset = node.range[0]
    } else break
  }
  return lines.linePos(offset).line
}
