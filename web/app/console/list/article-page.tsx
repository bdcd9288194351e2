import { ArticleView } from './article.client.tsx'

export default function Page() {
  return <ArticleView />
}
