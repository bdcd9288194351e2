import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import type { components } from '../../../../api/generated/schema.d.ts'
import { formatInstant, formatNumber, formatShare, inLanguage } from '../../../../shared/format.ts'
import { State } from '../../../../shared/marks.tsx'
import { useGet } from '../../../api.client.ts'
import { type LocalColumn, LocalTable } from '../../../ui/local-table.client.tsx'
import { Card, Count, Empty } from '../../../ui/page.client.tsx'
import { Shown } from '../../../ui/query.client.tsx'
import { useLogFilter } from '../filter/filter.client.ts'
import { LogFrame } from '../frame.client.tsx'
import { useActivityName, useJudgedBy } from '../procedure.client.ts'
import { DeviationDiagram } from './diagram.client.tsx'
import { type DeviationRow, type Deviations, toneOf, useCasesOf } from './rows.client.ts'

type LogDetail = components['schemas']['LogDetail']

/** Where cases left their procedure: on its drawing, and as a list of the same numbers. */
export function DeviationsView() {
  const { id = '' } = useParams()
  const log = useGet('/api/logs/{id}', { params: { path: { id } } })
  return <Shown query={log}>{(detail) => <DeviationsPage log={detail} />}</Shown>
}

function DeviationsPage({ log }: { readonly log: LogDetail }) {
  const { t, i18n } = useTranslation('analysis')
  const { text } = useLogFilter()
  const { procedure, page, conformance } = useJudgedBy(log)
  const found = useGet(
    '/api/logs/{id}/analysis/deviations',
    { params: { path: { id: log.id }, query: { filter: text, procedure: procedure ?? '' } } },
    { enabled: procedure !== undefined },
  )
  const number = (value: number) => formatNumber(value, i18n.language)
  const title = found.data
    ? t('console:log.title-conformance', {
        name: log.name,
        cases: number(found.data.cases),
        fitting: number(found.data.fitting),
        deviating: number(found.data.deviating),
      })
    : t('tab.deviations')
  return (
    <LogFrame log={log} title={title} tab="deviations" under={<Procedures log={log} />}>
      {procedure === undefined ? (
        <Empty
          says={t('deviations.not-judged')}
          next={<Link to={`/console/supervise/logs/${log.id}`}>{t('deviations.judge')}</Link>}
        />
      ) : (
        <Shown query={found}>
          {(body) => (
            <div className="stack">
              {page && (
                <DeviationDiagram
                  log={log.id}
                  found={body}
                  procedure={page}
                  elements={text === undefined ? conformance?.elements : undefined}
                />
              )}
              <div className="row main">
                <DeviationTable log={log.id} found={body} />
                <Ground log={log} found={body} title={page && inLanguage(page.title, i18n.language)} />
              </div>
            </div>
          )}
        </Shown>
      )}
    </LogFrame>
  )
}

/** Where a log was judged by several procedures, which one the page speaks of. */
function Procedures({ log }: { readonly log: LogDetail }) {
  const { t } = useTranslation('analysis')
  const [params, setParams] = useSearchParams()
  const { procedure } = useJudgedBy(log)
  if (log.conformance.length < 2) return null
  return (
    <label>
      {t('deviations.by')}{' '}
      <select
        value={procedure}
        onChange={({ target }) => {
          const query = new URLSearchParams(params)
          query.set('procedure', target.value)
          setParams(query)
        }}
      >
        {log.conformance.map((one) => (
          <option key={one.procedure} value={one.procedure}>
            {one.procedure}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Every deviation with the cases that have it: the numbers of the drawing, and those that no drawing can hold. */
export function DeviationTable({ log, found }: { readonly log: string; readonly found: Deviations }) {
  const { t, i18n } = useTranslation('analysis')
  const casesOf = useCasesOf(log, found.procedure)
  const activityName = useActivityName(log)
  const columns: readonly LocalColumn<DeviationRow>[] = [
    {
      key: 'kind',
      title: t('console:log.deviation-kind'),
      cell: ({ kind }) => <State tone={toneOf(kind)}>{t(`console:deviation.${kind}`)}</State>,
      csv: ({ kind }) => t(`console:deviation.${kind}`),
      sort: ({ kind }) => kind,
    },
    {
      key: 'step',
      title: t('console:log.step'),
      cell: ({ step }) => activityName(step),
      csv: ({ step }) => step,
      sort: ({ step }) => step,
    },
    {
      key: 'cases',
      title: t('figure.cases'),
      right: true,
      cell: ({ key, cases }) => <Count value={cases} to={casesOf({ deviation: key })} />,
      csv: ({ cases }) => cases,
      sort: ({ cases }) => cases,
    },
    {
      key: 'share',
      title: t('console:log.share'),
      right: true,
      cell: ({ cases }) => formatShare(cases, found.cases),
      csv: ({ cases }) => (found.cases === 0 ? null : cases / found.cases),
    },
  ]
  return (
    <Card
      title={t('deviations.list')}
      note={t('deviations.list-note')}
      flush
      foot={
        <>
          {t('console:log.fitting')} <Count value={found.fitting} to={casesOf({ fits: 'fitting' })} /> ·{' '}
          {t('console:log.deviating')} <Count value={found.deviating} to={casesOf({ fits: 'deviating' })} /> ·{' '}
          {t('console:log.unsolved')} <Count value={found.unsolved} to={casesOf({ fits: 'unsolved' })} />
          {found.unjudged > 0 && ` · ${t('console:case.not-judged')} ${formatNumber(found.unjudged, i18n.language)}`}
        </>
      }
    >
      <LocalTable
        name="deviations"
        caption={t('deviations.list')}
        columns={columns}
        rows={found.deviations}
        rowKey={({ key }) => key}
        find={({ step, kind }) => `${step} ${t(`console:deviation.${kind}`)}`}
        first={30}
        empty={t('deviations.none')}
      />
    </Card>
  )
}

/** What was judged by what, when; what it could not say, said plainly. */
function Ground({
  log,
  found,
  title,
}: {
  readonly log: LogDetail
  readonly found: Deviations
  readonly title: string | undefined
}) {
  const { t } = useTranslation('analysis')
  return (
    <Card title={t('deviations.ground')}>
      <dl className="kv">
        <dt>{t('deviations.procedure')}</dt>
        <dd>
          <Link to={`/console/list/procedures/${found.procedure}`}>{title ?? found.procedure}</Link>
        </dd>
        <dt>{t('deviations.version')}</dt>
        <dd className="mono">{found.version.slice(0, 16)}</dd>
        <dt>{t('deviations.judged-at')}</dt>
        <dd>
          {formatInstant(found.judgedAt, log.imports[0]?.zone)}
          {log.conformance.some(({ procedure, stale }) => stale && procedure === found.procedure) && (
            <>
              {' '}
              <State tone="yellow">{t('console:log.conformance-stale')}</State>
            </>
          )}
        </dd>
      </dl>
      <p className="sm">{t('deviations.how')}</p>
      <p className="sm">{t('deviations.unsolved-how')}</p>
    </Card>
  )
}
