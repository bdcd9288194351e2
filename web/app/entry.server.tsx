import { PassThrough } from 'node:stream'
import { createReadableStreamFromReadable } from '@react-router/node'
import { renderToPipeableStream } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import {
  createContext,
  createRequestHandler,
  type EntryContext,
  RouterContextProvider,
  type ServerBuild,
  ServerRouter,
} from 'react-router'
import { apiContext, createApi } from './api/context.ts'
import { i18nOf, languageOf } from './i18n/server.ts'
import { NonceContext } from './nonce.ts'

const nonceContext = createContext<string>()

/** What the server passes with a request: the API in-process and the nonce of this answer's Content-Security-Policy. */
interface Surroundings {
  readonly fetch: (request: Request) => Promise<Response>
  readonly nonce: string
  readonly request: Request
}

/** Answers one page request. The server calls this alone; it never imports React Router itself. */
export function serve(build: ServerBuild, { fetch, nonce, request }: Surroundings): Promise<Response> {
  const context = new RouterContextProvider()
  context.set(apiContext, createApi(fetch, new URL(request.url).origin))
  context.set(nonceContext, nonce)
  return createRequestHandler(build, 'production')(request, context)
}

/** Renders a matched page whole before it answers: the status stays right on error, and one write is faster. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  router: EntryContext,
  context: RouterContextProvider,
): Promise<Response> {
  const nonce = context.get(nonceContext)
  headers.set('Content-Type', 'text/html; charset=utf-8')
  return new Promise((resolve, reject) => {
    const { pipe } = renderToPipeableStream(
      <NonceContext value={nonce}>
        <I18nextProvider i18n={i18nOf(languageOf(request))}>
          <ServerRouter context={router} url={request.url} nonce={nonce} />
        </I18nextProvider>
      </NonceContext>,
      {
        nonce,
        onAllReady() {
          const body = new PassThrough()
          resolve(new Response(createReadableStreamFromReadable(body), { status, headers }))
          pipe(body)
        },
        onError: reject,
        onShellError: reject,
      },
    )
  })
}
