import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { components } from '../../api/generated/schema.d.ts'
import { articlePath, nodeName } from '../../shared/reference.ts'
import { useGet } from '../api.client.ts'
import { Card, Empty } from '../ui/page.client.tsx'
import { Shown } from '../ui/query.client.tsx'

type Hit = components['schemas']['LawHit']

/** Articles that hold the words of a search, each with the words marked in their place. */
export function LawHits({ q }: { readonly q: string }) {
  const { t, i18n } = useTranslation('console')
  const hits = useGet('/api/law-search', { params: { query: { q, limit: 20 } } })
  return (
    <Card title={t('laws.by-words')} note={hits.data && t('laws.hits', { count: hits.data.total })} flush>
      <Shown query={hits}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty says={t('laws.no-hits')} next={t('laws.no-hits-next')} />
          ) : (
            <ul className="lines">
              {rows.map((hit) => {
                const reference = `${hit.law}#${hit.address}`
                return (
                  <li key={reference}>
                    <Link to={`/console/list${articlePath(reference)}`} data-row-link>
                      {hit.title} {nodeName(reference, t, i18n.language)}
                    </Link>
                    <p className="quoted" lang="zh-CN">
                      {marked(hit)}
                    </p>
                  </li>
                )
              })}
            </ul>
          )
        }
      </Shown>
    </Card>
  )
}

/** The snippet with what was found in it marked. */
function marked({ snippet, marks }: Hit): ReactNode {
  let at = 0
  const parts = marks.map((mark) => {
    const before = snippet.slice(at, mark.start)
    at = mark.end
    return (
      <Fragment key={mark.start}>
        {before}
        <mark>{snippet.slice(mark.start, mark.end)}</mark>
      </Fragment>
    )
  })
  return (
    <>
      {parts}
      {snippet.slice(at)}
    </>
  )
}
