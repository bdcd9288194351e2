import { LogView } from './log.client.tsx'

export default function Page() {
  return <LogView />
}
