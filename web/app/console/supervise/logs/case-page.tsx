import { CaseView } from './case.client.tsx'

export default function Page() {
  return <CaseView />
}
