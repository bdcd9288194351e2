import { useTranslation } from 'react-i18next'
import { Link, Navigate, useSearchParams } from 'react-router'
import { inLanguage } from '../../shared/format.ts'
import { useGet } from '../api.client.ts'
import { LawHits } from '../list/law-hits.client.tsx'
import { FindingLines } from '../remedy/finding-lines.client.tsx'
import { useSession } from '../session.client.ts'
import { Card, Empty, Page } from '../ui/page.client.tsx'
import { Shown } from '../ui/query.client.tsx'

/** What the search of the bar found: findings and cases by their numbers, powers by name, articles by their words. */
export function SearchView() {
  const { t } = useTranslation('console')
  const [params] = useSearchParams()
  const { menu } = useSession()
  const q = (params.get('q') ?? '').trim()
  if (/^FX-\d{4}-\d{6,}-\d$/i.test(q)) return <Navigate replace to={`/console/remedy/findings/${q.toUpperCase()}`} />
  if (q === '') {
    return (
      <Page title={t('search.label')}>
        <Empty says={t('search.nothing')} next={t('search.how')} />
      </Page>
    )
  }
  return (
    <Page title={t('search.title', { q })}>
      <div className="stack">
        {menu.includes('remedy') && <Findings q={q} />}
        <Powers q={q} />
        <LawHits q={q} />
      </div>
    </Page>
  )
}

function Findings({ q }: { readonly q: string }) {
  const { t } = useTranslation('console')
  const found = useGet('/api/findings', { params: { query: { search: q, limit: 5 } } })
  return (
    <Card
      title={t('nav.findings')}
      right={
        <Link to={`/console/remedy/findings?q=${encodeURIComponent(q)}`}>
          {t('search.all', { count: found.data?.total ?? 0 })}
        </Link>
      }
      flush
    >
      <Shown query={found}>
        {({ rows }) => (rows.length === 0 ? <Empty says={t('table.none')} /> : <FindingLines rows={rows} />)}
      </Shown>
    </Card>
  )
}

function Powers({ q }: { readonly q: string }) {
  const { t, i18n } = useTranslation('console')
  const found = useGet('/api/powers', { params: { query: { q, limit: 5 } } })
  return (
    <Card
      title={t('nav.powers')}
      right={
        <Link to={`/console/list/powers?q=${encodeURIComponent(q)}`}>
          {t('search.all', { count: found.data?.total ?? 0 })}
        </Link>
      }
      flush
    >
      <Shown query={found}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty says={t('table.none')} />
          ) : (
            <ul className="lines">
              {rows.map((power) => (
                <li key={power.code}>
                  <Link to={`/console/list/powers/${encodeURIComponent(power.code)}`} data-row-link>
                    {inLanguage(power.name, i18n.language)}
                  </Link>{' '}
                  <span className="sm mono">{power.code}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </Card>
  )
}
