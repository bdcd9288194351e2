import { createHash } from 'node:crypto'
import { officerRoles } from '../access/principal.ts'
import { pageStyle } from './api-page-style.ts'
import type { JsonSchema, OpenApiDocument, OpenApiOperation } from './openapi.ts'

/** A page without script, and the hash by which its Content-Security-Policy admits its style. */
export interface DocumentationPage {
  readonly html: string
  readonly style: string
}

const plain = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)

const slug = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '-')
const nameOf = (ref: string): string => ref.split('/').at(-1) ?? ref
const prose = (text: string): string => plain(text).replace(/`([^`]+)`/g, '<code>$1</code>')

/** A schema in one line: `string[]`, `Refused`, `"a" | "b"`. */
function typeOf(schema: JsonSchema | undefined): string {
  if (schema === undefined) return 'any'
  if (schema.$ref !== undefined)
    return `<a href="#schema-${slug(nameOf(schema.$ref))}">${plain(nameOf(schema.$ref))}</a>`
  if (schema.const !== undefined) return plain(JSON.stringify(schema.const))
  if (schema.enum !== undefined) return schema.enum.map((value) => plain(JSON.stringify(value))).join(' | ')
  const choice = schema.anyOf ?? schema.oneOf
  if (choice !== undefined) return choice.map(typeOf).join(' | ')
  if (schema.items !== undefined) return `${typeOf(schema.items)}[]`
  const type = [schema.type ?? 'any'].flat().join(' | ')
  return plain(schema.format === undefined ? type : `${type} (${schema.format})`)
}

/** The fields of an object, nested objects indented under their field. */
function fields(schema: JsonSchema | undefined, depth = 0): string {
  const inner = schema?.items ?? schema
  const rows = Object.entries(inner?.properties ?? {}).map(([name, field]) => {
    const optional = inner?.required?.includes(name) ? '' : '<i>?</i>'
    const about = field.description === undefined ? '' : prose(field.description)
    const nested = depth < 4 && field.$ref === undefined ? fields(field, depth + 1) : ''
    return `<li><code>${plain(name)}${optional}</code> <span>${typeOf(field)}</span> ${about}${nested}</li>`
  })
  return rows.length === 0 ? '' : `<ul>${rows.join('')}</ul>`
}

function content(of: { readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>> }): string {
  return Object.entries(of.content ?? {})
    .map(([media, { schema }]) => `<p><span>${plain(media)}</span> ${typeOf(schema)}</p>${fields(schema)}`)
    .join('')
}

function access(operation: OpenApiOperation): string {
  const reach = operation['x-access'] ?? {}
  if (reach.public !== undefined) return '公开 · open to all'
  const own = (scope: string): string => (scope === 'own' ? '本地区 own region' : '全部 any region')
  const roles = Object.entries(reach).filter(([, scope]) => scope !== 'none')
  const [first, ...others] = new Set(roles.map(([, scope]) => scope))
  if (roles.length === officerRoles.length && first !== undefined && others.length === 0) {
    return `所有岗位 every post ${own(first)}`
  }
  return roles.map(([role, scope]) => `${plain(role)} ${own(scope)}`).join(' · ')
}

function operationSection(method: string, path: string, operation: OpenApiOperation): string {
  const parameters = (operation.parameters ?? []).map(
    (parameter) =>
      `<li><code>${plain(parameter.name)}${parameter.required ? '' : '<i>?</i>'}</code> <span>${plain(parameter.in)} ${typeOf(parameter.schema)}</span> ${prose(parameter.description ?? parameter.schema?.description ?? '')}</li>`,
  )
  const answers = Object.entries(operation.responses ?? {})
    .filter(([status]) => status !== '4XX' && status !== '500')
    .map(([status, answer]) => `<h4>${plain(status)}</h4>${content(answer)}`)
  const id = slug(`${method} ${path}`)
  return `<section id="${id}"><h3><b class="${method}">${method.toUpperCase()}</b> <a href="#${id}">${plain(path)}</a></h3>
<p>${prose(operation.summary ?? '')}</p>${operation.description === undefined ? '' : `<p>${prose(operation.description)}</p>`}
<p class="access">${access(operation)}</p>${parameters.length === 0 ? '' : `<h4>参数 Parameters</h4><ul>${parameters.join('')}</ul>`}
${operation.requestBody === undefined ? '' : `<h4>正文 Body</h4>${content(operation.requestBody)}`}${answers.join('')}</section>`
}

/** Renders the OpenAPI document as one page that needs no script, so that it holds under the strictest policy. */
export function documentationPage(document: OpenApiDocument): DocumentationPage {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method,
      path,
      operation,
      group: operation.tags?.[0] ?? '',
    })),
  )
  const groups = [...new Set(operations.map(({ group }) => group))]
  const sections = groups.map((group) => {
    const own = operations.filter((operation) => operation.group === group)
    return `<h2 id="${slug(group)}">${plain(group)}</h2>${own.map(({ method, path, operation }) => operationSection(method, path, operation)).join('')}`
  })
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<section id="schema-${slug(name)}"><h3>${plain(name)}</h3><p>${prose(schema.description ?? '')}</p>${fields(schema)}</section>`,
  )
  const html = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>接口 API · ${plain(document.info.title)}</title><style>${pageStyle}</style>
<header><h1>${plain(document.info.title)} <small>接口 API ${plain(document.info.version)}</small></h1>
<p>${prose(document.info.description ?? '')}</p><p><a href="/api/openapi.json">openapi.json</a></p>
<nav>${groups.map((group) => `<a href="#${slug(group)}">${plain(group)}</a>`).join(' ')} <a href="#schemas">schemas</a></nav></header>
<main>${sections.join('')}<h2 id="schemas">schemas</h2>${schemas.join('')}</main></html>`
  return { html, style: `sha256-${createHash('sha256').update(pageStyle).digest('base64')}` }
}
