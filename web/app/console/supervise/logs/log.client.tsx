import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { components } from '../../../api/generated/schema.d.ts'
import { formatInstant, formatNumber, formatShare, inLanguage } from '../../../shared/format.ts'
import { State } from '../../../shared/marks.tsx'
import type { RefusalBody } from '../../../shared/refusal.ts'
import { api, dataOf, Refused, useGet } from '../../api.client.ts'
import { useSession } from '../../session.client.ts'
import { JobProgress } from '../../ui/job.client.tsx'
import { Card, Count, Four, Page } from '../../ui/page.client.tsx'
import { Shown } from '../../ui/query.client.tsx'
import { RefusedBox } from '../../ui/refused.client.tsx'
import { Judgements } from './judgements.client.tsx'

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
    <Page
      title={title}
      crumbs={[{ says: t('nav.logs'), to: '/console/supervise/logs' }, { says: log.name }]}
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
      <div className="row main">
        <div className="stack">
          <Shown query={judgements}>{({ rows }) => <Judgements rows={rows} log={log.id} />}</Shown>
          {conformance && <Conformance log={log} conformance={conformance} />}
          <Variants log={log} />
        </div>
        <div className="stack">
          <Judge log={log} />
          <Imports log={log} />
        </div>
      </div>
    </Page>
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
              <td>{deviation.step}</td>
              <td className="r">
                <Count value={deviation.cases} to={cases({ deviation: deviation.key })} />
              </td>
              <td className="r">{formatShare(deviation.cases, conformance.cases)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

/** The ways that cases went, the most frequent first. */
function Variants({ log }: { readonly log: LogDetail }) {
  const { t } = useTranslation('console')
  return (
    <Card title={t('log.variants')} note={t('log.variants-note', { count: log.variants.length })} flush>
      <table>
        <caption className="vh">{t('log.variants')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('log.order')}</th>
            <th scope="col" className="r">
              {t('log.cases')}
            </th>
            <th scope="col" className="r">
              {t('log.share')}
            </th>
          </tr>
        </thead>
        <tbody>
          {log.variants.slice(0, 10).map((variant) => (
            <tr key={variant.variant}>
              <td>
                <div className="steps">
                  {variant.activities.map((activity, index) => (
                    <span key={index}>{activity}</span>
                  ))}
                </div>
              </td>
              <td className="r">
                <Count
                  value={variant.cases}
                  to={`/console/supervise/logs/${log.id}/cases?variant=${variant.variant}`}
                />
              </td>
              <td className="r">{formatShare(variant.cases, log.summary.cases)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

/** Judging by a plan, again or anew. */
function Judge({ log }: { readonly log: LogDetail }) {
  const { t, i18n } = useTranslation('console')
  const { post } = useSession()
  const client = useQueryClient()
  const plans = useGet('/api/plans', {}, { enabled: post.roles.includes('supervisor') })
  const [plan, setPlan] = useState('')
  const [work, setWork] = useState<{ readonly job: string; readonly says: string; readonly procedure?: string } | null>(
    null,
  )
  const [refusal, setRefusal] = useState<RefusalBody | null>(null)
  if (!post.roles.includes('supervisor')) return null
  const path = { id: log.id }
  const attempt = async (act: () => Promise<void>) => {
    setRefusal(null)
    try {
      await act()
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setRefusal(error.refusal)
      setWork(null)
    }
  }
  const judge = () =>
    attempt(async () => {
      const { job } = dataOf(await api.POST('/api/logs/{id}/judge', { params: { path }, body: { plan } }))
      const procedure = plans.data?.rows.find((known) => known.plan === plan)?.definition.procedure
      setWork({ job, says: t('import.judge'), ...(typeof procedure === 'string' ? { procedure } : {}) })
    })
  const done = (procedure: string | undefined) =>
    attempt(async () => {
      if (procedure === undefined) setWork(null)
      else {
        const answer = await api.POST('/api/logs/{id}/conformance', { params: { path }, body: { procedure } })
        setWork({ job: dataOf(answer).job, says: t('import.conformance') })
      }
      await client.invalidateQueries()
    })
  return (
    <Card title={t('log.judge')}>
      {refusal && <RefusedBox refusal={refusal} />}
      {work ? (
        <JobProgress key={work.job} id={work.job} says={work.says} done={() => void done(work.procedure)} />
      ) : (
        <>
          <div className="fld">
            <label htmlFor="plan">{t('log.plan')}</label>
            <select id="plan" className="ip" value={plan} onChange={(event) => setPlan(event.target.value)}>
              <option value="">{t('log.choose-plan')}</option>
              {plans.data?.rows.map((known) => (
                <option key={known.plan} value={known.plan}>
                  {inLanguage(known.title, i18n.language)}
                </option>
              ))}
            </select>
          </div>
          {plan !== '' && (
            <button type="button" className="btn" onClick={() => void judge()}>
              {t('log.judge-go')}
            </button>
          )}
        </>
      )}
    </Card>
  )
}

/** The imports of a log: how each was read, and the rows that were not used, with their reasons. */
function Imports({ log }: { readonly log: LogDetail }) {
  const { t, i18n } = useTranslation('console')
  return (
    <Card title={t('log.imports', { count: log.imports.length })}>
      {log.imports.map((batch) => (
        <dl className="kv" key={batch.id}>
          <dt>{t('log.file')}</dt>
          <dd>
            {batch.file} <span className="sm">{batch.encoding}</span>
          </dd>
          <dt>{t('log.imported')}</dt>
          <dd>{formatInstant(batch.importedAt)}</dd>
          <dt>{t('log.zone')}</dt>
          <dd>
            {batch.zone} <span className="sm">{t(`log.zone-${batch.zoneFrom}`)}</span>
          </dd>
          <dt>{t('log.rows')}</dt>
          <dd>
            {t('log.rows-sum', {
              in: formatNumber(batch.rows.in, i18n.language),
              used: formatNumber(batch.rows.used, i18n.language),
              reported: formatNumber(batch.rows.reported, i18n.language),
            })}{' '}
            {batch.rows.reported > 0 && (
              <a href={`/api/logs/${log.id}/report.csv?import=${batch.id}`}>{t('log.report')}</a>
            )}
          </dd>
          {batch.guessed && (
            <>
              <dt>{t('log.mapping')}</dt>
              <dd>{t('log.guessed')}</dd>
            </>
          )}
          {batch.notes.map((note) => (
            <dd key={note.code} className="whole sm">
              {inLanguage(note.says, i18n.language)}
            </dd>
          ))}
          {batch.reported.slice(0, 5).map((row) => (
            <dd key={row.row} className="whole sm">
              {t('state.row', { row: row.row })}: {inLanguage(row.says, i18n.language)}
            </dd>
          ))}
        </dl>
      ))}
    </Card>
  )
}
