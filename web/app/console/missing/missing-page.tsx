import { MissingView } from './missing.client.tsx'

export default function Page() {
  return <MissingView />
}
