import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { components } from '../../../api/generated/schema.d.ts'
import { formatInstant, formatNumber, formatShare, inLanguage } from '../../../shared/format.ts'
import { State } from '../../../shared/marks.tsx'
import { ScrollPart } from '../../../shared/scroll.tsx'
import { useGet } from '../../api.client.ts'
import { Card, Count, Four } from '../../ui/page.client.tsx'
import { Shown } from '../../ui/query.client.tsx'
import { LogFrame } from './frame.client.tsx'
import { Judgements } from './judgements.client.tsx'
import { Imports } from './overview/imports.client.tsx'
import { Judge } from './overview/judge.client.tsx'
import { Overview } from './overview/overview.client.tsx'
import { Rework } from './overview/rework.client.tsx'
import { useActivityName } from './procedure.client.ts'

type LogDetail = components['schemas']['LogDetail']

/** A log: what was read, what its plans found, where its cases left their procedure. */
export function LogView() {
  const { id = '' } = useParams()
  const log = useGet('/api/logs/{id}', { params: { path: { id } } })
  return <Shown query={log}>{(detail) => <LogPage log={detail} />}</Shown>
}

function LogPage({ log }: { readonly log: LogDetail }) {
  const { t, i18n } = useTranslation('console')
  const judgements = useGet('/api/logs/{id}/judgements', { params: { path: { id: log.id } } })
  const number = (value: number) => formatNumber(value, i18n.language)
  const base = `/console/supervise/logs/${log.id}`
  const [conformance] = log.conformance
  const title = conformance
    ? t('log.title-conformance', {
        name: log.name,
        cases: number(conformance.cases),
        fitting: number(conformance.fitting),
        deviating: number(conformance.deviating),
      })
    : t('log.title', { name: log.name, cases: number(log.summary.cases), events: number(log.summary.events) })
  const last = log.imports[0]
  const found = judgements.data?.rows.flatMap((one) => one.rules).reduce((sum, rule) => sum + rule.n, 0)
  return (
    <LogFrame
      log={log}
      tab=""
      title={title}
      under={
        <>
          <span>{t('log.variants-count', { count: log.summary.variants })}</span>
          {log.summary.firstAt && log.summary.lastAt && (
            <span>
              {formatInstant(log.summary.firstAt, last?.zone)} – {formatInstant(log.summary.lastAt, last?.zone)}
            </span>
          )}
        </>
      }
    >
      <Four
        sentences={[
          [
            t('log.four-what'),
            <>
              {t('log.four-what-says')} <Count value={log.summary.cases} to={`${base}/cases`} />{' '}
              {t('log.cases-events', { events: number(log.summary.events) })}
            </>,
          ],
          [
            t('log.four-read'),
            last
              ? t('log.four-read-says', {
                  in: number(last.rows.in),
                  used: number(last.rows.used),
                  reported: number(last.rows.reported),
                })
              : t('common:none'),
          ],
          [
            t('log.four-basis'),
            judgements.data && judgements.data.rows.length > 0
              ? judgements.data.rows.map((one) => inLanguage(one.title, i18n.language)).join('；')
              : t('log.four-basis-none'),
          ],
          [
            t('log.four-next'),
            found === undefined || found === 0 ? (
              t('log.four-next-judge')
            ) : (
              <Link to={`/console/remedy/findings?log=${log.id}&state=doubt`}>{t('log.four-next-findings')}</Link>
            ),
          ],
        ]}
      />
      <Overview log={log.id} />
      <div className="row main sec">
        <div className="stack">
          {conformance && <Conformance log={log} conformance={conformance} />}
          <Shown query={judgements}>{({ rows }) => <Judgements rows={rows} log={log.id} />}</Shown>
          <Rework log={log.id} />
        </div>
        <div className="stack">
          <Judge log={log} />
          <Imports log={log} />
        </div>
      </div>
    </LogFrame>
  )
}

/** Where the cases left their procedure; each count opens its cases. */
function Conformance({
  log,
  conformance,
}: {
  readonly log: LogDetail
  readonly conformance: LogDetail['conformance'][number]
}) {
  const { t } = useTranslation('console')
  const activityName = useActivityName(log.id)
  const cases = (query: Record<string, string>) =>
    `/console/supervise/logs/${log.id}/cases?${new URLSearchParams({ procedure: conformance.procedure, ...query })}`
  return (
    <Card
      title={t('log.deviations')}
      note={t('log.deviations-note')}
      flush
      foot={
        <>
          {t('log.fitting')} <Count value={conformance.fitting} to={cases({ fits: 'fitting' })} /> ·{' '}
          {t('log.deviating')} <Count value={conformance.deviating} to={cases({ fits: 'deviating' })} /> ·{' '}
          {t('log.unsolved')} <Count value={conformance.unsolved} to={cases({ fits: 'unsolved' })} />
          {conformance.stale && (
            <>
              {' '}
              · <State tone="yellow">{t('log.conformance-stale')}</State>
            </>
          )}
        </>
      }
    >
      <ScrollPart label={t('log.deviations')}>
        <table>
          <caption className="vh">{t('log.deviations')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('log.deviation-kind')}</th>
              <th scope="col">{t('log.step')}</th>
              <th scope="col" className="r">
                {t('log.cases')}
              </th>
              <th scope="col" className="r">
                {t('log.share')}
              </th>
            </tr>
          </thead>
          <tbody>
            {conformance.deviations.map((deviation) => (
              <tr key={deviation.key}>
                <td>{t(`deviation.${deviation.kind}`)}</td>
                <td>{activityName(deviation.step)}</td>
                <td className="r">
                  <Count value={deviation.cases} to={cases({ deviation: deviation.key })} />
                </td>
                <td className="r">{formatShare(deviation.cases, conformance.cases)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPart>
    </Card>
  )
}
