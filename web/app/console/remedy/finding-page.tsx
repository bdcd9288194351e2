import { FindingView } from './finding.client.tsx'

export default function Page() {
  return <FindingView />
}
