import { redirect, useLoaderData } from 'react-router'
import diagram from '../shared/diagram/diagram.css?url'
import tokens from '../shared/tokens.css?url'
import styles from './console.css?url'
import { Frame } from './frame.client.tsx'
import { readSession } from './session.client.ts'

export const handle = { client: true }

export const links = () => [
  { rel: 'stylesheet', href: tokens },
  { rel: 'stylesheet', href: styles },
  { rel: 'stylesheet', href: diagram },
]

/** Who is signed in; whoever is not goes to the door and comes back to the same page. */
export async function clientLoader({ request }: { readonly request: Request }) {
  const session = await readSession()
  if (session) return session
  const { pathname, search } = new URL(request.url)
  return redirect(`/console/sign-in?to=${encodeURIComponent(pathname + search)}`)
}
clientLoader.hydrate = true as const

export function HydrateFallback() {
  return <div className="skeleton" aria-busy="true" />
}

export default function ConsoleLayout() {
  return <Frame session={useLoaderData<typeof clientLoader>()} />
}
