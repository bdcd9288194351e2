import { CheckView } from './check.client.tsx'

export default function Page() {
  return <CheckView />
}
