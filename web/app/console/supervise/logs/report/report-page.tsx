import { ReportView } from './report.client.tsx'

export default function Page() {
  return <ReportView />
}
