import { SearchView } from './search.client.tsx'

export default function Page() {
  return <SearchView />
}
