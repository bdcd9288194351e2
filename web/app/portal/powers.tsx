import { useTranslation } from 'react-i18next'
import { useLoaderData, useLocation } from 'react-router'
import { useDays } from '../shared/days.ts'
import { inLanguage } from '../shared/format.ts'
import { kinds, levels } from '../shared/power/words.ts'
import { orThrow } from '../shared/refusal.ts'
import { apiOf, filterOf, type Loading, organNames } from './loading.ts'
import { Crumbs, Pages, Title, usePortalPath } from './parts.tsx'

export async function loader(loading: Loading) {
  const api = apiOf(loading)
  const kind = kinds.find((known) => known === filterOf(loading, 'kind'))
  const level = levels.find((known) => known === filterOf(loading, 'level'))
  const filters = { q: filterOf(loading, 'q'), kind, level, organ: filterOf(loading, 'organ') }
  const query = { ...filters, cursor: filterOf(loading, 'cursor'), limit: 50 }
  const [page, organs] = await Promise.all([api.GET('/api/powers', { params: { query } }), organNames(api)])
  return { page: orThrow(page), organs, filters }
}

/** The published list, filtered by a plain form: it works without any script. */
export default function Powers() {
  const { page, organs, filters } = useLoaderData<typeof loader>()
  const { t, i18n } = useTranslation('portal')
  const { pathname } = useLocation()
  const to = usePortalPath()
  const days = useDays()
  const title = page.total === 0 ? t('powers.none') : t('powers.found', { count: page.total })
  const organOptions = Object.entries(organs)
    .map(([code, name]) => ({ code, name: inLanguage(name, i18n.language) }))
    .sort((a, b) => a.name.localeCompare(b.name, i18n.language))
  return (
    <>
      <Title>{t('powers.title')}</Title>
      <Crumbs trail={[[t('missing.home'), '/'], [t('powers.title')]]} />
      <h1>{title}</h1>
      <form className="filters" action={pathname}>
        <div>
          <label htmlFor="q">{t('powers.search')}</label>
          <input id="q" name="q" type="search" defaultValue={filters.q} />
        </div>
        <Choice
          name="kind"
          label={t('powers.kind')}
          value={filters.kind}
          options={kinds.map((kind) => [kind, t(`common:power.kind.${kind}`)])}
        />
        <Choice
          name="level"
          label={t('powers.level')}
          value={filters.level}
          options={levels.map((level) => [level, t(`common:power.level.${level}`)])}
        />
        <Choice
          name="organ"
          label={t('powers.organ')}
          value={filters.organ}
          options={organOptions.map(({ code, name }) => [code, name])}
        />
        <button className="btn" type="submit">
          {t('powers.go')}
        </button>
      </form>
      {page.total === 0 ? (
        <p className="sec">{t('powers.none-next')}</p>
      ) : (
        <div className="box sec">
          <table className="stk">
            <caption className="vh">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{t('powers.name')}</th>
                <th scope="col">{t('powers.kind')}</th>
                <th scope="col">{t('powers.organ')}</th>
                <th scope="col">{t('powers.promised')}</th>
                <th scope="col">{t('powers.statutory')}</th>
              </tr>
            </thead>
            <tbody>
              {page.rows.map((power) => (
                <tr key={power.code}>
                  <td className="hd1">
                    <a href={to(`/powers/${encodeURIComponent(power.code)}`)}>
                      {inLanguage(power.name, i18n.language)}
                    </a>
                  </td>
                  <td data-l={t('powers.kind')}>{power.kind && t(`common:power.kind.${power.kind}`)}</td>
                  <td data-l={t('powers.organ')}>
                    {power.organs
                      .slice(0, 2)
                      .map((code) => inLanguage(organs[code] ?? { zh: code, en: code }, i18n.language))
                      .join('、')}
                    {power.organs.length > 2 && ` ${t('powers.more-organs', { count: power.organs.length })}`}
                  </td>
                  <td data-l={t('powers.promised')}>{days(power.limit.promised)}</td>
                  <td data-l={t('powers.statutory')}>{days(power.limit.statutory)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pages path="/powers" next={page.next} />
    </>
  )
}

function Choice({
  name,
  label,
  value,
  options,
}: {
  readonly name: string
  readonly label: string
  readonly value: string | undefined
  readonly options: readonly (readonly [value: string, says: string])[]
}) {
  const { t } = useTranslation('portal')
  return (
    <div>
      <label htmlFor={name}>{label}</label>
      <select id={name} name={name} defaultValue={value ?? ''}>
        <option value="">{t('powers.all')}</option>
        {options.map(([option, says]) => (
          <option key={option} value={option}>
            {says}
          </option>
        ))}
      </select>
    </div>
  )
}
