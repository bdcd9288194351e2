import { useTranslation } from 'react-i18next'
import { useLoaderData } from 'react-router'
import { inLanguage } from '../shared/format.ts'
import { Icon } from '../shared/icons.tsx'
import { orThrow } from '../shared/refusal.ts'
import { apiOf, type Loading, organNames } from './loading.ts'
import { usePortalPath } from './parts.tsx'

/** All that the front page counts comes from the public list itself, so that each number equals the rows it opens. */
export async function loader(loading: Loading) {
  const api = apiOf(loading)
  const kinds = new Map<string, number>()
  const organs = new Map<string, number>()
  let total = 0
  let cursor: string | undefined
  do {
    const page = orThrow(await api.GET('/api/powers', { params: { query: { limit: 500, cursor } } }))
    total = page.total
    for (const power of page.rows) {
      if (power.kind !== null) kinds.set(power.kind, (kinds.get(power.kind) ?? 0) + 1)
      for (const organ of power.organs) organs.set(organ, (organs.get(organ) ?? 0) + 1)
    }
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  const names = await organNames(api)
  const most = <T,>(counts: Map<T, number>) => [...counts].sort((a, b) => b[1] - a[1])
  return {
    total,
    kinds: most(kinds),
    organs: most(organs).map(([code, count]) => ({ code, count, name: names[code] ?? { zh: code, en: code } })),
  }
}

const shownOrgans = 12

export default function Home() {
  const { total, kinds, organs } = useLoaderData<typeof loader>()
  const { t, i18n } = useTranslation('portal')
  const to = usePortalPath()
  const title = t('home.title', { count: total })
  return (
    <>
      <title>{t('common:brand')}</title>
      <h1>{title}</h1>
      <p className="lead">{t('home.lead')}</p>
      <search>
        <form className="find" action={to('/powers')}>
          <label className="vh" htmlFor="q">
            {t('home.find')}
          </label>
          <input id="q" name="q" type="search" placeholder={t('home.example')} />
          <button className="btn" type="submit">
            {t('home.go')}
          </button>
        </form>
      </search>
      <nav className="doors" aria-label={t('home.find')}>
        <Door icon="list" to={to('/powers')} name={t('home.door-powers')} says={t('home.door-powers-says')} />
        <Door icon="law" to={to('/laws')} name={t('home.door-laws')} says={t('home.door-laws-says')} />
        <Door icon="download" to="/api/docs" name={t('home.door-data')} says={t('home.door-data-says')} />
      </nav>
      <section className="sec" aria-labelledby="by-kind">
        <h2 id="by-kind">{t('home.by-kind')}</h2>
        <div className="big">
          {kinds.map(([kind, count]) => (
            <div key={kind}>
              <b>
                <a href={`${to('/powers')}?kind=${kind}`}>{count}</a>
              </b>
              <span>{t(`common:power.kind.${kind}`)}</span>
            </div>
          ))}
        </div>
      </section>
      <section className="sec" aria-labelledby="by-organ">
        <h2 id="by-organ">{t('home.by-organ')}</h2>
        <ul className="rows box organs">
          {organs.slice(0, shownOrgans).map(({ code, count, name }) => (
            <li key={code}>
              <a href={`${to('/powers')}?organ=${encodeURIComponent(code)}`}>
                {inLanguage(name, i18n.language)} <b>{count}</b>
              </a>
            </li>
          ))}
        </ul>
        {organs.length > shownOrgans && (
          <p>
            <a href={to('/powers')}>{t('home.organs', { count: organs.length })}</a>
          </p>
        )}
      </section>
    </>
  )
}

function Door({
  icon,
  to,
  name,
  says,
}: {
  readonly icon: 'list' | 'law' | 'download'
  readonly to: string
  readonly name: string
  readonly says: string
}) {
  return (
    <a className="door" href={to}>
      <Icon name={icon} size={28} />
      <span>
        <b>{name}</b>
        <span>{says}</span>
      </span>
      <span className="go">
        <Icon name="go" size={20} />
      </span>
    </a>
  )
}
