import { useTranslation } from 'react-i18next'
import { useLoaderData } from 'react-router'
import { useDays } from '../shared/days.ts'
import diagram from '../shared/diagram/diagram.css?url'
import { formatDate, inLanguage } from '../shared/format.ts'
import { State } from '../shared/marks.tsx'
import { Bases, PowerChart, PowerHistory } from '../shared/power/power-view.tsx'
import { orThrow } from '../shared/refusal.ts'
import { apiOf, type Loading, organNames } from './loading.ts'
import { Crumbs, Title, usePortalPath } from './parts.tsx'

export const links = () => [{ rel: 'stylesheet', href: diagram }]

export async function loader(loading: Loading) {
  const api = apiOf(loading)
  const path = { code: loading.params.code ?? '' }
  const [power, organs] = await Promise.all([api.GET('/api/powers/{code}', { params: { path } }), organNames(api)])
  const { procedure } = orThrow(power)
  const drawn =
    procedure === null ? null : await api.GET('/api/procedures/{procedure}', { params: { path: { procedure } } })
  return { power: orThrow(power), organs, steps: drawn?.data?.inOrder ?? [] }
}

/** A published power: who, how long, which way, and on what law. */
export default function Power() {
  const { power, organs, steps } = useLoaderData<typeof loader>()
  const { t, i18n } = useTranslation('portal')
  const to = usePortalPath()
  const days = useDays()
  const name = inLanguage(power.name, i18n.language)
  const bodies = power.organs.map((code) => inLanguage(organs[code] ?? { zh: code, en: code }, i18n.language))
  return (
    <>
      <Title>{name}</Title>
      <Crumbs trail={[[t('missing.home'), '/'], [t('powers.title'), '/powers'], [name]]} />
      <h1>{name}</h1>
      <p className="lead">
        {power.kind && t(`common:power.kind.${power.kind}`)} · {power.level && t(`common:power.level.${power.level}`)} ·{' '}
        {t('power.code')} <code className="mono">{power.code}</code> · {t('power.version', { version: power.version })}
        {power.publishedAt && ` · ${t('power.published', { on: formatDate(power.publishedAt, i18n.language) })}`}
      </p>
      {power.state !== 'published' && (
        <p className="sec">
          <State tone="none">{t(power.state === 'repealed' ? 'power.repealed' : 'power.suspended')}</State>
        </p>
      )}
      <dl className="say say4 sec">
        <div>
          <dt>{t('power.who')}</dt>
          <dd>
            {bodies.slice(0, 3).map((body, index) => (
              <a key={body} href={`${to('/powers')}?organ=${encodeURIComponent(power.organs[index] ?? '')}`}>
                {body}
              </a>
            ))}
            {bodies.length > 3 && <span className="sm">{t('powers.more-organs', { count: bodies.length })}</span>}
          </dd>
        </div>
        <div>
          <dt>{t('power.promised')}</dt>
          <dd>{days(power.limit.promised)}</dd>
        </div>
        <div>
          <dt>{t('power.statutory')}</dt>
          <dd>{power.limit.statutory ? days(power.limit.statutory) : t('common:no-limit')}</dd>
        </div>
        <div>
          <dt>{t('power.how')}</dt>
          <dd>{power.caseKinds.map((kind) => t(`common:power.case-kind.${kind}`)).join('、')}</dd>
        </div>
      </dl>
      <nav className="toc" aria-label={t('power.toc')}>
        <a href="#chart">{t('power.chart')}</a>
        <a href="#bases">{t('power.bases')}</a>
        <a href="#history">{t('power.versions')}</a>
      </nav>
      <section className="sec" aria-labelledby="chart">
        <h2 id="chart">{t('power.chart')}</h2>
        <p className="lead">{t('power.chart-lead')}</p>
        <div className="box">
          <PowerChart chart={power.chart} name={name} steps={steps} />
        </div>
      </section>
      <section className="sec" aria-labelledby="bases">
        <h2 id="bases">{t('power.bases')}</h2>
        <div className="box">
          <Bases bases={power.bases} />
        </div>
        {power.limitBasis && (
          <>
            <h3 className="sub">{t('power.limit-basis')}</h3>
            <div className="box">
              <Bases bases={[power.limitBasis]} />
            </div>
          </>
        )}
      </section>
      <section className="sec" aria-labelledby="history">
        <h2 id="history">{t('power.versions')}</h2>
        <div className="box">
          <PowerHistory power={power} />
        </div>
      </section>
    </>
  )
}
