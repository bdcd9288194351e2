import { PowerView } from './power.client.tsx'

export default function Page() {
  return <PowerView />
}
