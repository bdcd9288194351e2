import { AuditView } from './audit.client.tsx'

export default function Page() {
  return <AuditView />
}
