import type { FastifySchemaCompiler } from 'fastify'
import { z } from 'zod'
import { type Refusal, refuse } from '../../core/refusal/refusal.ts'

const chinese = z.locales.zhCN().localeError
const english = z.locales.en().localeError

type Issue = z.core.$ZodIssue
type Say = (issue: z.core.$ZodRawIssue) => { readonly message: string } | string | undefined | null

/** What a request's schema found wrong in it. Fastify adds `validationContext`: the part of the request. */
export class InvalidInput extends Error {
  readonly issues: readonly Issue[]
  readonly validationContext?: string

  constructor(issues: readonly Issue[]) {
    super('The request does not meet its schema')
    this.issues = issues
  }
}

/** Checks requests by zod schemas, keeping the issues whole so that they can be told in both languages. */
export const inputCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (input: unknown) => {
    // The issue needs its input to tell text from nothing; a sentence never repeats it.
    const result = schema.safeParse(input, { reportInput: true })
    return result.success ? { value: result.data } : { error: new InvalidInput(result.error.issues) }
  }

function told(say: Say, issue: Issue): string {
  // A schema's own refinement brings its own sentence.
  if (issue.code === 'custom') return issue.message
  const said = say(issue as z.core.$ZodRawIssue)
  return (typeof said === 'string' ? said : said?.message) ?? issue.message
}

/** The refusal `http.bad-request`, naming the first wrong field as the client sent it: `body.password`, `query.limit`. */
export function invalidInput(error: InvalidInput): Refusal {
  const [issue] = error.issues
  const part = error.validationContext === 'querystring' ? 'query' : (error.validationContext ?? 'body')
  if (issue === undefined) return refuse('http.bad-request', { field: part, why: '?' })
  const unknownKey = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const field = [part, ...issue.path.map(String), ...unknownKey].join('.')
  const refusal = refuse('http.bad-request', { field, why: told(english, issue) })
  const inChinese = refuse('http.bad-request', { field, why: told(chinese, issue) })
  return { ...refusal, says: { zh: inChinese.says.zh, en: refusal.says.en } }
}
