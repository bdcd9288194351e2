import { VariantView } from './variant.client.tsx'

export default function Page() {
  return <VariantView />
}
