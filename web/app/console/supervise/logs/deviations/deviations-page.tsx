import { DeviationsView } from './deviations.client.tsx'

export default function Page() {
  return <DeviationsView />
}
