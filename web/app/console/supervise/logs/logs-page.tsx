import { LogsView } from './logs.client.tsx'

export default function Page() {
  return <LogsView />
}
