import { DiscoverView } from './discover.client.tsx'

export default function Page() {
  return <DiscoverView />
}
