import { CompareView } from './compare.client.tsx'

export default function Page() {
  return <CompareView />
}
