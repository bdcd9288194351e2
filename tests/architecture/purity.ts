import { stripTypeScriptTypes } from 'node:module'
import { parse } from 'acorn'
import type { Source } from './sources.ts'

/** What tells the time, throws dice or reaches outside. `process` is also a word of our trade, so only its members count. */
const members: Readonly<Record<string, RegExp>> = {
  Date: /^now$/,
  Math: /^random$/,
  Temporal: /^Now$/,
  performance: /./,
  crypto: /./,
  console: /./,
  process: /^(?:env|argv|cwd|exit|hrtime|stdout|stderr|stdin|platform|pid|on)$/,
}
const calls = /^(?:fetch|setTimeout|setInterval|setImmediate|queueMicrotask|require)$/

interface Node {
  readonly type: string
  readonly name?: string
  readonly object?: Node
  readonly property?: Node
  readonly callee?: Node
  readonly arguments?: readonly Node[]
}

function impurity({ type, object, property, callee, ...node }: Node): string | null {
  if (type === 'MemberExpression' && object?.type === 'Identifier') {
    return members[object.name ?? '']?.test(property?.name ?? '') ? `${object.name}.${property?.name}` : null
  }
  if (type === 'NewExpression' && callee?.name === 'Date' && node.arguments?.length === 0) return 'new Date()'
  if (
    type === 'CallExpression' &&
    callee?.type === 'Identifier' &&
    (calls.test(callee.name ?? '') || callee.name === 'Date')
  ) {
    return `${callee.name}()`
  }
  return null
}

function walk(value: unknown, found: string[]): void {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value) && typeof (value as Node).type === 'string') {
    const what = impurity(value as Node)
    if (what !== null) found.push(what)
  }
  for (const part of Object.values(value)) walk(part, found)
}

/** Every place of the core that is not a function of its input alone, as `file: what`. */
export function impurities(sources: readonly Source[]): readonly string[] {
  return sources
    .filter(({ path }) => path.startsWith('src/core/') && !path.endsWith('.test.ts'))
    .flatMap(({ path, text }) => {
      const found: string[] = []
      walk(parse(stripTypeScriptTypes(text), { ecmaVersion: 'latest', sourceType: 'module' }), found)
      return found.map((what) => `${path}: ${what}`)
    })
}
