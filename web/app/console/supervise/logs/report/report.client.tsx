import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { components } from '../../../../api/generated/schema.d.ts'
import { formatInstant, formatNumber, inLanguage } from '../../../../shared/format.ts'
import { Icon } from '../../../../shared/icons.tsx'
import { ScrollPart } from '../../../../shared/scroll.tsx'
import { useGet } from '../../../api.client.ts'
import { useSession } from '../../../session.client.ts'
import { Card } from '../../../ui/page.client.tsx'
import { Shown } from '../../../ui/query.client.tsx'
import { DeviationDiagram } from '../deviations/diagram.client.tsx'
import { useLogFilter } from '../filter/filter.client.ts'
import { useFilterWords } from '../filter/filter-words.client.ts'
import { LogFrame } from '../frame.client.tsx'
import { Judgements } from '../judgements.client.tsx'
import { GraphCard } from '../map/map.client.tsx'
import { DurationChart } from '../overview/durations.client.tsx'
import { MonthsChart } from '../overview/months.client.tsx'
import { OpenCasesChart } from '../overview/open-cases.client.tsx'
import { Attention, Figures } from '../overview/overview.client.tsx'
import { WaitingSteps } from '../overview/waiting-steps.client.tsx'
import { useJudgedBy } from '../procedure.client.ts'
import { WeekCard } from '../rhythm/week.client.tsx'
import { ReportDeviations, ReportVariants } from './report-tables.client.tsx'

type LogDetail = components['schemas']['LogDetail']

/** A log's report for paper: what was read, how it went, where it left the procedure, and what could not be said. */
export function ReportView() {
  const { id = '' } = useParams()
  const log = useGet('/api/logs/{id}', { params: { path: { id } } })
  return <Shown query={log}>{(detail) => <Report log={detail} />}</Shown>
}

function Report({ log }: { readonly log: LogDetail }) {
  const { t, i18n } = useTranslation('analysis')
  const { filter, text } = useLogFilter()
  const words = useFilterWords()
  const said = words(filter)
  const path = { id: log.id }
  const { procedure, page, conformance } = useJudgedBy(log)
  const overview = useGet('/api/logs/{id}/analysis/overview', { params: { path, query: { filter: text } } })
  const graph = useGet('/api/logs/{id}/analysis/graph', { params: { path, query: { filter: text } } })
  const rhythm = useGet('/api/logs/{id}/analysis/rhythm', { params: { path, query: { filter: text } } })
  const judgements = useGet('/api/logs/{id}/judgements', { params: { path } })
  const found = useGet(
    '/api/logs/{id}/analysis/deviations',
    { params: { path, query: { filter: text, procedure: procedure ?? '' } } },
    { enabled: procedure !== undefined },
  )
  const number = (value: number) => formatNumber(value, i18n.language)
  return (
    <LogFrame
      log={log}
      tab="report"
      title={t('report.title', { name: log.name })}
      actions={
        <button type="button" className="btn" onClick={() => window.print()}>
          <Icon name="print" />
          {t('report.print')}
        </button>
      }
      under={
        <span>
          {said.length === 0
            ? t('report.whole', { cases: number(log.summary.cases), events: number(log.summary.events) })
            : `${t('report.filtered')} ${said.map(({ what, says }) => `${what} ${says}`).join(' · ')}`}
        </span>
      }
    >
      <article className="report stack">
        <Source log={log} />
        <Shown query={overview}>
          {(body) => (
            <>
              <Figures log={log.id} overview={body} />
              <Attention log={log.id} rows={body.attention} />
              <OpenCasesChart log={log.id} printed />
              <MonthsChart log={log.id} months={body.months} lastAt={body.lastAt} />
              <DurationChart log={log.id} overview={body} />
            </>
          )}
        </Shown>
        <WaitingSteps log={log.id} />
        <ReportVariants log={log} />
        <Shown query={graph}>{(body) => <GraphCard log={log.id} graph={body} printed />}</Shown>
        {procedure === undefined ? (
          <Card title={t('deviations.list')}>{t('deviations.not-judged')}</Card>
        ) : (
          <Shown query={found}>
            {(body) => (
              <>
                {page && <DeviationDiagram log={log.id} found={body} procedure={page} />}
                <ReportDeviations
                  log={log}
                  found={body}
                  title={page ? inLanguage(page.title, i18n.language) : body.procedure}
                  reason={conformance?.reason ?? null}
                />
              </>
            )}
          </Shown>
        )}
        <Shown query={judgements}>{({ rows }) => <Judgements rows={rows} log={log.id} />}</Shown>
        <Shown query={rhythm}>{(body) => <WeekCard log={log.id} body={body} />}</Shown>
        <Foot log={log} />
      </article>
    </LogFrame>
  )
}

/** Where the log comes from: each import with what became of its rows. */
function Source({ log }: { readonly log: LogDetail }) {
  const { t, i18n } = useTranslation('analysis')
  const number = (value: number) => formatNumber(value, i18n.language)
  return (
    <Card title={t('report.source')} note={t('report.source-note')} flush>
      <ScrollPart label={t('report.source')}>
        <table>
          <caption className="vh">{t('report.source')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('console:log.file')}</th>
              <th scope="col">{t('report.imported')}</th>
              <th scope="col">{t('console:log.zone')}</th>
              <th scope="col">{t('console:log.rows')}</th>
            </tr>
          </thead>
          <tbody>
            {log.imports.map((batch) => (
              <tr key={batch.id}>
                <td>{batch.file}</td>
                <td>{formatInstant(batch.importedAt, batch.zone)}</td>
                <td>{batch.zone}</td>
                <td>
                  {t('console:log.four-read-says', {
                    in: number(batch.rows.in),
                    used: number(batch.rows.used),
                    reported: number(batch.rows.reported),
                  })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPart>
    </Card>
  )
}

/** What a reader of the paper must know: what these numbers are, who printed them and when. */
function Foot({ log }: { readonly log: LogDetail }) {
  const { t, i18n } = useTranslation('analysis')
  const { post } = useSession()
  return (
    <footer className="report-foot">
      <p>{t('report.doubts')}</p>
      <p>{t('report.masked')}</p>
      <p>
        {t('report.printed', {
          at: formatInstant(Date.now()),
          post: inLanguage(post.title, i18n.language),
          address: `/console/supervise/logs/${log.id}/report`,
        })}
      </p>
    </footer>
  )
}
