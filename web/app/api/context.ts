import createClient, { type Client } from 'openapi-fetch'
import { createContext } from 'react-router'
import type { paths } from './generated/schema.d.ts'

/** The typed client of our own API. */
export type Api = Client<paths>

/** What a server loader calls the API with: in-process, with the request's own cookie. */
export const apiContext = createContext<Api>()

/** Makes a client over any fetch: the server's is in-process. */
export const createApi = (fetch: (request: Request) => Promise<Response>, baseUrl: string): Api =>
  createClient<paths>({ baseUrl, fetch })
