import { LawsView } from './laws.client.tsx'

export default function Page() {
  return <LawsView />
}
