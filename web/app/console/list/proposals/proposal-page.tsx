import { ProposalView } from './proposal.client.tsx'

export default function Page() {
  return <ProposalView />
}
