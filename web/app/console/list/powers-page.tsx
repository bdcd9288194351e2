import { PowersView } from './powers.client.tsx'

export default function Page() {
  return <PowersView />
}
