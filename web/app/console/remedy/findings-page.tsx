import { FindingsView } from './findings.client.tsx'

export default function Page() {
  return <FindingsView />
}
