import { ProposalsView } from './proposals.client.tsx'

export default function Page() {
  return <ProposalsView />
}
