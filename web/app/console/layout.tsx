import tokens from '../shared/tokens.css?url'
import styles from './console.css?url'
import { Frame } from './frame.client.tsx'

export const handle = { client: true }
export const links = () => [
  { rel: 'stylesheet', href: tokens },
  { rel: 'stylesheet', href: styles },
]
export const clientLoader = () => null
clientLoader.hydrate = true as const

export function HydrateFallback() {
  return <p className="loading">…</p>
}

export default function ConsoleLayout() {
  return <Frame />
}
