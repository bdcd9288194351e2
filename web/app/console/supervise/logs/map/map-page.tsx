import { MapView } from './map.client.tsx'

export default function Page() {
  return <MapView />
}
