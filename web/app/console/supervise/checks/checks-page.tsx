import { ChecksView } from './checks.client.tsx'

export default function Page() {
  return <ChecksView />
}
