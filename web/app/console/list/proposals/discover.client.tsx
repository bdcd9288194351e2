import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { formatNumber } from '../../../shared/format.ts'
import { api, dataOf, useGet } from '../../api.client.ts'
import { filterText, useLogFilter } from '../../supervise/logs/filter/filter.client.ts'
import { useFilterWords } from '../../supervise/logs/filter/filter-words.client.ts'
import { JobProgress } from '../../ui/job.client.tsx'
import { Card, Page } from '../../ui/page.client.tsx'
import { RefusedBox } from '../../ui/refused.client.tsx'
import { useAttempt } from './attempt.client.ts'
import { type Discovered, Found } from './found.client.tsx'

/** Most that is left out as rare; beyond a half little of a log is left. */
const mostNoise = 50

/** Choosing a log and how much of it counts as rare; then what is proposed from it, to be corrected and saved. */
export function DiscoverView() {
  const { t, i18n } = useTranslation('proposal')
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const logs = useGet('/api/discovery/logs', {})
  const [log, setLog] = useState(params.get('log') ?? '')
  const [percent, setPercent] = useState(0)
  const { filter, set } = useLogFilter()
  const wordsOf = useFilterWords()
  const [job, setJob] = useState<string | null>(null)
  const [found, setFound] = useState<Discovered | null>(null)
  const { refusal, attempt } = useAttempt()
  const chosen = logs.data?.rows.find(({ id }) => id === log)
  const start = () =>
    attempt(async () => {
      setFound(null)
      setJob(null)
      const body = { noise: percent / 100, ...(filterText(filter) === undefined ? {} : { filter }) }
      const started = await api.POST('/api/logs/{id}/discovery', { params: { path: { id: log } }, body })
      setJob(dataOf(started).job)
    })
  const done = (id: string) =>
    attempt(async () => {
      const { result } = dataOf(await api.GET('/api/jobs/{id}', { params: { path: { id } } }))
      setFound(result as unknown as Discovered)
      setJob(null)
    })
  /** The days in which the cases began; other times that a filter may state give way. */
  const setDay = (end: 'from' | 'to', day: string) => {
    const { time: before, ...others } = filter
    const days: { from?: string; to?: string } = before?.how === 'starts' ? before : {}
    const from = end === 'from' ? day || undefined : days.from
    const to = end === 'to' ? day || undefined : days.to
    const time = {
      how: 'starts' as const,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    }
    set(from === undefined && to === undefined ? others : { ...others, time })
  }
  const parts = wordsOf(filter).filter(({ key }) => key !== 'time' || filter.time?.how !== 'starts')
  const quality = found?.quality
  return (
    <Page
      title={
        quality
          ? t('found-title', {
              count: quality.cases,
              cases: formatNumber(quality.cases, i18n.language),
              fitting: formatNumber(quality.fitting, i18n.language),
            })
          : t('new')
      }
      crumbs={[{ says: t('title'), to: '/console/list/proposals' }, { says: t('new') }]}
      under={t('lead')}
    >
      <div className="stack">
        <Card title={t('from')}>
          {refusal && <RefusedBox refusal={refusal} />}
          <form
            className="discover"
            onSubmit={(event) => {
              event.preventDefault()
              void start()
            }}
          >
            <div className="fld">
              <label htmlFor="log">{t('log')}</label>
              <select id="log" className="ip" required value={log} onChange={(event) => setLog(event.target.value)}>
                <option value="">{t('choose-log')}</option>
                {logs.data?.rows.map((known) => (
                  <option key={known.id} value={known.id}>
                    {known.name}
                  </option>
                ))}
              </select>
              <p className="hint">
                {chosen
                  ? t('log-hint', { count: chosen.cases, cases: formatNumber(chosen.cases, i18n.language) })
                  : t('choose-log-hint')}
              </p>
            </div>
            <div className="fld">
              <label htmlFor="noise">{t('noise', { percent })}</label>
              <input
                id="noise"
                type="range"
                min={0}
                max={mostNoise}
                step={5}
                value={percent}
                aria-valuetext={`${percent}%`}
                onChange={(event) => setPercent(Number(event.target.value))}
                aria-describedby="noise-hint"
              />
              <p className="hint" id="noise-hint">
                {t(percent === 0 ? 'noise-none' : 'noise-some', { percent })}
              </p>
            </div>
            {(['from', 'to'] as const).map((end) => (
              <div className="fld" key={end}>
                <label htmlFor={`day-${end}`}>{t(end === 'from' ? 'begun-from' : 'begun-to')}</label>
                <input
                  id={`day-${end}`}
                  type="date"
                  className="ip"
                  value={(filter.time?.how === 'starts' && filter.time[end]) || ''}
                  onChange={(event) => setDay(end, event.target.value)}
                />
              </div>
            ))}
            <button type="submit" className="btn">
              {t('propose')}
            </button>
          </form>
          {parts.length > 0 && (
            <p className="does">
              <span className="sm">{t('only-cases')}</span>
              {parts.map(({ key, what, says, without }) => (
                <button key={`${key} ${says}`} type="button" className="btn b3 small" onClick={() => set(without)}>
                  {t('without-part', { what, says })}
                </button>
              ))}
            </p>
          )}
          {job && <JobProgress key={job} id={job} says={t('proposing')} done={() => void done(job)} />}
        </Card>
        {found && <Found key={found.bpmn} found={found} saved={(id) => navigate(`/console/list/proposals/${id}`)} />}
      </div>
    </Page>
  )
}
