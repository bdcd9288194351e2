import { CasesView } from './cases.client.tsx'

export default function Page() {
  return <CasesView />
}
