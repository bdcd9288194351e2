import { VariantsView } from './variants.client.tsx'

export default function Page() {
  return <VariantsView />
}
