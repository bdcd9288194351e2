import { HydrateFallback } from '../layout.tsx'
import { SignIn } from './sign-in.client.tsx'

export { handle, links } from '../layout.tsx'
export { HydrateFallback }

export const clientLoader = () => null
clientLoader.hydrate = true as const

export default function Page() {
  return <SignIn />
}
