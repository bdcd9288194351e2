import { type AnyNode, type Expression, type Node, type Program, parse } from 'acorn'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'

/** A value written in a script without any computation. */
export type LiteralValue =
  | string
  | number
  | boolean
  | null
  | readonly LiteralValue[]
  | { readonly [key: string]: LiteralValue }

const LONGEST = 64 * 1024 * 1024

/**
 * Reads the one value that a JavaScript file assigns, `const name = [ … ]`. The file is parsed and never run: anything but
 * literals, arrays and plain objects of them is refused with its row.
 * Refusals: `power.catalogue-not-literal`.
 */
export function readLiteralScript(text: string, file: string): LiteralValue | Refusal {
  const no = (row: number, why: string): Refusal =>
    refuse('power.catalogue-not-literal', { file, row, why }, { place: { file, row } })
  if (text.length > LONGEST) return no(1, `> ${LONGEST} characters`)
  try {
    const program = parse(text, { ecmaVersion: 'latest', sourceType: 'module', locations: true })
    const value = assigned(program)
    if (!isExpression(value)) return no(rowOf(value), value.type)
    return literal(value, no)
  } catch (error) {
    // acorn throws on what is no script; nesting without end exhausts the stack. Both are input.
    if (error instanceof SyntaxError) return no((error as { loc?: { line: number } }).loc?.line ?? 1, error.message)
    if (error instanceof RangeError) return no(1, 'nested too deep')
    throw error
  }
}

const rowOf = (node: Node): number => node.loc?.start.line ?? 1
const isExpression = (node: AnyNode): node is Expression & AnyNode =>
  node.type.endsWith('Expression') || node.type === 'Literal' || node.type === 'TemplateLiteral'

/** The expression that the file's only declaration assigns, or the node that makes it more than that. */
function assigned(program: Program): AnyNode {
  const [statement, second] = program.body
  if (statement === undefined) return program
  if (second !== undefined) return second
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
  if (declaration?.type !== 'VariableDeclaration' || declaration.declarations.length !== 1) return statement
  return declaration.declarations[0]?.init ?? statement
}

function literal(node: AnyNode, no: (row: number, why: string) => Refusal): LiteralValue | Refusal {
  switch (node.type) {
    case 'Literal': {
      const { value } = node
      const plain = value === null || ['string', 'number', 'boolean'].includes(typeof value)
      return plain && node.regex == null && node.bigint == null
        ? (value as string | number | boolean | null)
        : no(rowOf(node), 'Literal')
    }
    case 'UnaryExpression': {
      const value = node.operator === '-' ? literal(node.argument, no) : null
      return typeof value === 'number' ? -value : no(rowOf(node), 'UnaryExpression')
    }
    case 'TemplateLiteral': {
      const [only] = node.quasis
      return node.expressions.length === 0 && only?.value.cooked != null
        ? only.value.cooked
        : no(rowOf(node), 'TemplateLiteral')
    }
    case 'ArrayExpression': {
      const values: LiteralValue[] = []
      for (const element of node.elements) {
        if (element === null) return no(rowOf(node), 'a hole in an array')
        const value = literal(element, no)
        if (isRefusal(value)) return value
        values.push(value)
      }
      return values
    }
    case 'ObjectExpression': {
      const object: Record<string, LiteralValue> = Object.create(null)
      for (const property of node.properties) {
        if (property.type !== 'Property' || property.computed || property.kind !== 'init' || property.method) {
          return no(rowOf(property), property.type)
        }
        const key =
          property.key.type === 'Identifier' ? property.key.name : String((property.key as { value?: unknown }).value)
        const value = literal(property.value, no)
        if (isRefusal(value)) return value
        object[key] = value
      }
      return object
    }
    default:
      return no(rowOf(node), node.type)
  }
}
