import { OrgansView } from './organs.client.tsx'

export default function Page() {
  return <OrgansView />
}
