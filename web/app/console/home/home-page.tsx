import { HomeView } from './home.client.tsx'

export default function Page() {
  return <HomeView />
}
