import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { LawsList } from '../../shared/law/laws-list.tsx'
import { useGet } from '../api.client.ts'
import { FilterBar } from '../ui/filters.client.tsx'
import { Card, Empty, Page } from '../ui/page.client.tsx'
import { Shown } from '../ui/query.client.tsx'
import { LawHits } from './law-hits.client.tsx'

/** The law library: laws by title, and articles by their words. */
export function LawsView() {
  const { t } = useTranslation('console')
  const [params, setParams] = useSearchParams()
  const q = params.get('q') ?? undefined
  const cursor = params.get('cursor') ?? undefined
  const laws = useGet('/api/laws', { params: { query: { q, cursor } } })
  const total = laws.data?.total
  const turn = (next: string) => {
    const query = new URLSearchParams(params)
    query.set('cursor', next)
    setParams(query)
  }
  return (
    <Page title={total === undefined ? t('nav.laws') : t('laws.list-title', { count: total })} under={t('laws.lead')}>
      <FilterBar filters={[]} search={t('laws.search')} />
      <div className="stack">
        <Card title={t('laws.by-title')} flush>
          <Shown query={laws}>
            {(page) =>
              page.total === 0 ? (
                <Empty says={t('laws.none')} next={t('laws.none-next')} />
              ) : (
                <>
                  <LawsList rows={page.rows} caption={t('laws.by-title')} />
                  {page.next !== null && (
                    <nav className="pager" aria-label={t('table.pages')}>
                      {cursor && <Link to="/console/list/laws">{t('table.first')}</Link>}
                      <button type="button" className="link" onClick={() => turn(page.next ?? '')}>
                        {t('table.next')}
                      </button>
                    </nav>
                  )}
                </>
              )
            }
          </Shown>
        </Card>
        {q && <LawHits q={q} />}
      </div>
    </Page>
  )
}
