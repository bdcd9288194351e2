import { LawView } from './law.client.tsx'

export default function Page() {
  return <LawView />
}
