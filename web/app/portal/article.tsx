import { useTranslation } from 'react-i18next'
import { useLoaderData } from 'react-router'
import { ArticleView } from '../shared/law/article-view.tsx'
import { articleName } from '../shared/reference.ts'
import { orThrow } from '../shared/refusal.ts'
import { apiOf, filterOf, type Loading } from './loading.ts'
import { Crumbs, Title } from './parts.tsx'

export async function loader(loading: Loading) {
  const path = { law: loading.params.law ?? '', article: loading.params.article ?? '' }
  const query = { on: filterOf(loading, 'on') }
  return orThrow(await apiOf(loading).GET('/api/laws/{law}/articles/{article}', { params: { path, query } }))
}

/** An article with its versions side by side. */
export default function Article() {
  const body = useLoaderData<typeof loader>()
  const { t, i18n } = useTranslation('portal')
  const article = articleName(body.article, t, i18n.language)
  const title = t('article.title', { law: body.title, article })
  return (
    <>
      <Title>{title}</Title>
      <Crumbs
        trail={[
          [t('missing.home'), '/'],
          [t('laws.title'), '/laws'],
          [body.short, `/laws/${encodeURIComponent(body.law)}`],
          [article],
        ]}
      />
      <h1>{title}</h1>
      <p className="lead">{t('article.lead', { count: body.versions.length })}</p>
      <ArticleView body={body} />
    </>
  )
}
