import { useTranslation } from 'react-i18next'
import type { components } from '../../../../api/generated/schema.d.ts'
import { formatNumber, formatShare, inLanguage } from '../../../../shared/format.ts'
import { State } from '../../../../shared/marks.tsx'
import { useGet } from '../../../api.client.ts'
import { useElapsed } from '../../../ui/elapsed.client.ts'
import { Card, Count } from '../../../ui/page.client.tsx'
import { Shown } from '../../../ui/query.client.tsx'
import { useLogFilter, withFilter } from '../filter/filter.client.ts'
import { Opens } from '../opens.client.tsx'
import { WeekCard } from '../rhythm/week.client.tsx'
import { DurationChart } from './durations.client.tsx'
import { MonthsChart } from './months.client.tsx'
import { OpenCasesChart } from './open-cases.client.tsx'
import { WaitingSteps } from './waiting-steps.client.tsx'

type Overview = components['schemas']['LogOverview']

/** What a log is like, in figures that open their cases: how much, how long, how it grows, where it waits. */
export function Overview({ log }: { readonly log: string }) {
  const { text } = useLogFilter()
  const overview = useGet('/api/logs/{id}/analysis/overview', {
    params: { path: { id: log }, query: { filter: text } },
  })
  const rhythm = useGet('/api/logs/{id}/analysis/rhythm', { params: { path: { id: log }, query: { filter: text } } })
  return (
    <>
      <Shown query={overview}>
        {(body) => (
          <>
            <Figures log={log} overview={body} />
            <Attention log={log} rows={body.attention} />
          </>
        )}
      </Shown>
      <div className="row c2 sec">
        <OpenCasesChart log={log} />
        {overview.data && <MonthsChart log={log} months={overview.data.months} lastAt={overview.data.lastAt} />}
      </div>
      <div className="row c2 sec">
        <WaitingSteps log={log} />
        {overview.data && <DurationChart log={log} overview={overview.data} />}
      </div>
      <div className="sec">
        <Shown query={rhythm}>{(body) => <WeekCard log={log} body={body} />}</Shown>
      </div>
    </>
  )
}

/** The key figures of the cases that the filter leaves. */
export function Figures({ log, overview }: { readonly log: string; readonly overview: Overview }) {
  const { t, i18n } = useTranslation('analysis')
  const { filter } = useLogFilter()
  const elapsed = useElapsed()
  const number = (value: number) => formatNumber(value, i18n.language)
  const base = `/console/supervise/logs/${log}`
  const figures = [
    [t('figure.cases'), <Opens key="cases" log={log} cases={overview.cases} where={{}} />],
    [t('figure.events'), number(overview.events)],
    [t('figure.variants'), <Count key="v" value={overview.variants} to={withFilter(`${base}/variants`, filter)} />],
    [t('figure.per-week'), number(Math.round(overview.perWeek * 10) / 10)],
    [t('figure.median'), elapsed(overview.duration?.median)],
    [t('figure.p90'), elapsed(overview.duration?.p90)],
    [t('figure.open'), <Opens key="open" log={log} cases={overview.open} where={{ outcome: 'open' }} />],
    [
      t('figure.rework', { share: formatShare(overview.rework.cases, overview.cases) }),
      <a key="rework" className="n" href="#rework">
        {number(overview.rework.cases)}
      </a>,
    ],
  ] as const
  return (
    <dl className="kp figures">
      {figures.map(([says, value]) => (
        <div key={says}>
          <dt>{says}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What deserves a look first, each with the cases that it speaks of. */
export function Attention({ log, rows }: { readonly log: string; readonly rows: Overview['attention'] }) {
  const { t, i18n } = useTranslation('analysis')
  return (
    <Card title={t('attention.title')} note={t('attention.note')} flush>
      {rows.length === 0 ? (
        <p className="ft">{t('attention.none')}</p>
      ) : (
        <ul className="lines attention">
          {rows.map((row) => (
            <li key={row.kind + row.says.zh}>
              <State tone="prompt">{t(`attention.kind.${row.kind}`)}</State>
              <span>{inLanguage(row.says, i18n.language)}</span>
              <span className="r">
                <Count value={row.cases} to={withFilter(`/console/supervise/logs/${log}/cases`, row.opens)} />{' '}
                {t('unit.cases')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
