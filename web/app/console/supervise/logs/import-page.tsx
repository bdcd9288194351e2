import { ImportView } from './import.client.tsx'

export default function Page() {
  return <ImportView />
}
