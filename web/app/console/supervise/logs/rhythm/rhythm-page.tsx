import { RhythmView } from './rhythm.client.tsx'

export default function Page() {
  return <RhythmView />
}
