import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { ArticleView as Body } from '../../shared/law/article-view.tsx'
import { articleName } from '../../shared/reference.ts'
import { useGet } from '../api.client.ts'
import { Page } from '../ui/page.client.tsx'
import { Shown } from '../ui/query.client.tsx'

/** An article with its versions side by side, and the powers that rest on it. */
export function ArticleView() {
  const { t, i18n } = useTranslation('console')
  const { law = '', article = '' } = useParams()
  const found = useGet('/api/laws/{law}/articles/{article}', { params: { path: { law, article } } })
  return (
    <Shown query={found}>
      {(body) => {
        const name = articleName(body.article, t, i18n.language)
        return (
          <Page
            title={`${body.title} ${name}`}
            crumbs={[
              { says: t('nav.laws'), to: '/console/list/laws' },
              { says: body.short, to: `/console/list/laws/${encodeURIComponent(body.law)}` },
              { says: name },
            ]}
          >
            <Body body={body} />
          </Page>
        )
      }}
    </Shown>
  )
}
