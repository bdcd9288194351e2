import { createContext, useContext } from 'react'
import type { components } from '../api/generated/schema.d.ts'
import { api, dataOf } from './api.client.ts'

type Session = components['schemas']['Session']

/** Who is signed in and in which post they act. */
export type SignedIn = Session & { readonly post: NonNullable<Session['post']> }

/** Asks who is signed in; null for nobody. */
export async function readSession(): Promise<SignedIn | null> {
  const session = dataOf(await api.GET('/api/session'))
  return session.signedIn && session.post !== null ? { ...session, post: session.post } : null
}

export const SessionContext = createContext<SignedIn | null>(null)

/** The session of the page's frame. */
export function useSession(): SignedIn {
  const session = useContext(SessionContext)
  if (!session) throw new Error('a console page outside its frame')
  return session
}
