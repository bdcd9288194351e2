import { useTranslation } from 'react-i18next'
import { useLoaderData, useLocation } from 'react-router'
import { LawsList } from '../shared/law/laws-list.tsx'
import { orThrow } from '../shared/refusal.ts'
import { apiOf, filterOf, type Loading } from './loading.ts'
import { Crumbs, Pages, Title } from './parts.tsx'

export async function loader(loading: Loading) {
  const q = filterOf(loading, 'q')
  const query = { q, cursor: filterOf(loading, 'cursor'), limit: 50 }
  return { page: orThrow(await apiOf(loading).GET('/api/laws', { params: { query } })), q }
}

/** The laws that are held, found by title. */
export default function Laws() {
  const { page, q } = useLoaderData<typeof loader>()
  const { t } = useTranslation('portal')
  const { pathname } = useLocation()
  const title = page.total === 0 ? t('laws.none') : t('laws.found', { count: page.total })
  return (
    <>
      <Title>{t('laws.title')}</Title>
      <Crumbs trail={[[t('missing.home'), '/'], [t('laws.title')]]} />
      <h1>{title}</h1>
      <search>
        <form className="find" action={pathname}>
          <label className="vh" htmlFor="q">
            {t('laws.search')}
          </label>
          <input id="q" name="q" type="search" defaultValue={q} placeholder={t('laws.search')} />
          <button className="btn" type="submit">
            {t('home.go')}
          </button>
        </form>
      </search>
      {page.total === 0 ? (
        <p className="sec">{t('laws.none-next')}</p>
      ) : (
        <div className="box sec">
          <LawsList rows={page.rows} caption={title} />
        </div>
      )}
      <Pages path="/laws" next={page.next} />
    </>
  )
}
