import fastifySwagger from '@fastify/swagger'
import type { FastifySchema } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AccessRow, AccessTable } from '../access/table.ts'
import { routeKey } from '../access/table.ts'
import { documentationPage } from './api-page.ts'
import type { HttpApp } from './app.ts'
import { refusalBody } from './bodies.ts'
import { faultBody } from './errors.ts'

/** The OpenAPI document, as far as the house reads it. */
export interface OpenApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly paths?: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, JsonSchema>> }
}

/** One operation of the document; `x-access` is its row of the access table. */
export interface OpenApiOperation {
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly {
    readonly name: string
    readonly in: string
    readonly required?: boolean
    readonly description?: string
    readonly schema?: JsonSchema
  }[]
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>> }
  readonly responses?: Readonly<
    Record<
      string,
      { readonly description?: string; readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>> }
    >
  >
  readonly 'x-access'?: AccessRow['reach']
}

/** A JSON schema of the document. */
export interface JsonSchema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly additionalProperties?: JsonSchema | boolean
}

/** Routes that tag themselves by nothing else are grouped by the first word after `/api`. */
const groupOf = (url: string): string => {
  const [, , word = ''] = url.split('/')
  return ['health', 'jobs', 'openapi.json'].includes(word) ? 'server' : word
}

const answersOf = (schema: FastifySchema): Record<string, unknown> =>
  typeof schema.response === 'object' && schema.response !== null ? { ...schema.response } : {}

/** Leaves out the schemas that no operation reaches: each named schema comes in a form for input and one for output. */
function withoutUnused(document: OpenApiDocument): OpenApiDocument {
  const schemas = document.components?.schemas ?? {}
  const used = new Set<string>()
  const reach = (part: unknown): void => {
    for (const [, name = ''] of JSON.stringify(part ?? {}).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue
      used.add(name)
      reach(schemas[name])
    }
  }
  reach(document.paths)
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)))
  return { ...document, components: { ...document.components, schemas: kept } }
}

/**
 * Serves the OpenAPI document of every route at `/api/openapi.json` and a page to read it at `/api/docs`. Each operation
 * says what it answers when it refuses (`4XX`) or fails (`500`), and who may call it (`x-access`, from the access table).
 */
export async function serveOpenApi(app: HttpApp, table: AccessTable): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Daylight 阳光用权',
        version: '0.1.0',
        description:
          '每个请求都按同一张权限表判定：角色 × 接口 × 本地区或其他地区。法律、规则或输入所不许的，以中英文的类型化拒绝作答。列表按键分页：`cursor`、`limit` → `rows`、`total`、`next`。 Every request is judged by one access table: role × route × own or other region. What the law, a rule or the input forbids is answered with a typed refusal in both languages. Lists page by keyset: `cursor`, `limit` → `rows`, `total`, `next`.',
      },
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'daylight_session' } },
      },
    },
    transform: ({ schema, url, route, ...rest }) => {
      const own: FastifySchema & { hide?: boolean } = schema ?? {}
      const [method] = [route.method].flat()
      const reach = table.get(routeKey(method ?? 'GET', url))?.reach
      const described = {
        tags: [groupOf(url)],
        ...(reach?.public === undefined ? { security: [{ session: [] }] } : {}),
        ...own,
        response: { ...answersOf(own), '4XX': refusalBody, 500: faultBody },
        'x-access': reach ?? {},
      }
      const hide = own.hide === true || !url.startsWith('/api/')
      return jsonSchemaTransform({ ...rest, url, route, schema: hide ? { hide: true } : described })
    },
    transformObject: (input) => withoutUnused(jsonSchemaTransformObject(input) as OpenApiDocument) as never,
  })

  const documentOf = (): OpenApiDocument => app.swagger() as unknown as OpenApiDocument
  const body = z.unknown().describe('The OpenAPI 3.1 document')
  app.get('/api/openapi.json', { schema: { summary: 'This document', response: { 200: body } } }, async () =>
    documentOf(),
  )
  app.get('/api/docs', { schema: { summary: 'This document as a page', hide: true } }, async (_request, reply) => {
    const { html, style } = documentationPage(documentOf())
    return reply
      .header(
        'content-security-policy',
        `default-src 'none'; style-src '${style}'; base-uri 'none'; frame-ancestors 'none'`,
      )
      .type('text/html; charset=utf-8')
      .send(html)
  })
}
