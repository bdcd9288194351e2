import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { components } from '../../../api/generated/schema.d.ts'
import { inLanguage } from '../../../shared/format.ts'
import type { RefusalBody } from '../../../shared/refusal.ts'
import { api, dataOf, Refused, useGet } from '../../api.client.ts'
import { JobProgress } from '../../ui/job.client.tsx'
import { Card, Page } from '../../ui/page.client.tsx'
import { RefusedBox } from '../../ui/refused.client.tsx'
import { MapColumns } from './import-map.client.tsx'
import type { Mapping } from './import-mapping.ts'

type Survey = components['schemas']['LogSurvey']

/** What is under way: the import, then the judging by the plan, then the path of each case on its procedure. */
interface Work {
  readonly step: 'import' | 'judge' | 'conformance'
  readonly job: string
  readonly log: string
}

/** Sends a file as the browser sends forms: a stream, never the whole of it in memory. */
async function send(form: FormData): Promise<{ readonly job: string; readonly log: string }> {
  const response = await fetch('/api/logs', { method: 'POST', body: form })
  const body: unknown = await response.json()
  return dataOf({ data: body as { job: string; log: string }, error: body, response })
}

/** Sends a file to be looked at; it waits on the server until its mapping is settled. */
async function sendToLook(form: FormData): Promise<Survey> {
  const response = await fetch('/api/log-uploads', { method: 'POST', body: form })
  const body: unknown = await response.json()
  return dataOf({ data: body as Survey, error: body, response })
}

/** Imports a log of another system, and judges it by a plan if one is chosen. */
export function ImportView() {
  const { t, i18n } = useTranslation('console')
  const navigate = useNavigate()
  const plans = useGet('/api/plans', {})
  const mappings = useGet('/api/log-mappings', { params: { query: { limit: 500 } } })
  const logs = useGet('/api/logs', { params: { query: { limit: 500 } } })
  const [plan, setPlan] = useState('')
  const [into, setInto] = useState('')
  const [name, setName] = useState('')
  const [work, setWork] = useState<Work | null>(null)
  const [refusal, setRefusal] = useState<RefusalBody | null>(null)
  const [sending, setSending] = useState(false)
  const [looked, setLooked] = useState<{ readonly survey: Survey; readonly base: Mapping | null } | null>(null)
  const chosen = plans.data?.rows.find((known) => known.plan === plan)
  const planMap = chosen?.definition.map
  const procedure = chosen?.definition.procedure

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
  const look = (fields: FormData) => {
    const saved = mappings.data?.rows.find(({ id }) => id === String(fields.get('mappingId') ?? ''))
    const base = (planMap ?? saved?.mapping ?? null) as Mapping | null
    const form = new FormData()
    form.set('file', fields.get('file') as File)
    return attempt(async () => setLooked({ survey: await sendToLook(form), base }))
  }
  const importWith = (survey: Survey, mapping: Mapping) =>
    attempt(async () => {
      const path = { id: survey.upload }
      const body = {
        ...(into === '' ? { name } : { log: into }),
        mapping: mapping as unknown as components['schemas']['LogMappingInput'],
      }
      const answer = dataOf(await api.POST('/api/log-uploads/{id}/import', { params: { path }, body }))
      setLooked(null)
      setWork({ step: 'import', ...answer })
    })
  const start = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const { submitter } = event.nativeEvent as SubmitEvent
    if (submitter?.getAttribute('value') === 'look') {
      setSending(true)
      void look(fields).finally(() => setSending(false))
      return
    }
    const form = new FormData()
    // The server reads the fields first: the file comes last.
    if (into === '') form.set('name', name)
    else form.set('log', into)
    const mappingId = String(fields.get('mappingId') ?? '')
    if (planMap) form.set('mapping', JSON.stringify(planMap))
    else if (mappingId !== '') form.set('mappingId', mappingId)
    form.set('file', fields.get('file') as File)
    setSending(true)
    void attempt(async () => setWork({ step: 'import', ...(await send(form)) })).finally(() => setSending(false))
  }
  const next = (done: Work) =>
    attempt(async () => {
      const path = { id: done.log }
      if (done.step === 'import' && plan !== '') {
        const { job } = dataOf(await api.POST('/api/logs/{id}/judge', { params: { path }, body: { plan } }))
        setWork({ step: 'judge', job, log: done.log })
      } else if (done.step !== 'conformance' && typeof procedure === 'string') {
        const body = { procedure }
        const { job } = dataOf(await api.POST('/api/logs/{id}/conformance', { params: { path }, body }))
        setWork({ step: 'conformance', job, log: done.log })
      } else {
        navigate(`/console/supervise/logs/${done.log}`)
      }
    })

  if (looked && !work) {
    return (
      <Page
        title={t('mapping.heading', { file: looked.survey.file })}
        crumbs={[{ says: t('loop.supervise'), to: '/console/supervise/logs' }, { says: t('import.title') }]}
        under={t('mapping.lead')}
      >
        {refusal && <RefusedBox refusal={refusal} />}
        <MapColumns
          survey={looked.survey}
          base={looked.base}
          importWith={(mapping) => void importWith(looked.survey, mapping)}
          back={() => setLooked(null)}
        />
      </Page>
    )
  }
  return (
    <Page
      title={t('import.title')}
      crumbs={[{ says: t('loop.supervise'), to: '/console/supervise/logs' }, { says: t('import.title') }]}
      under={t('import.lead')}
    >
      <div className="row main">
        <Card title={t('import.title')}>
          {refusal && <RefusedBox refusal={refusal} />}
          {work ? (
            <JobProgress key={work.job} id={work.job} says={t(`import.${work.step}`)} done={() => void next(work)} />
          ) : (
            <form onSubmit={start}>
              <div className="fld">
                <label htmlFor="file">{t('import.file')}</label>
                <input
                  id="file"
                  name="file"
                  type="file"
                  className="ip"
                  required
                  onChange={(event) => {
                    const chosenFile = event.target.files?.[0]
                    if (chosenFile && name === '')
                      setName(chosenFile.name.replace(/\.(?:csv|xes|txt|xlsx|jsonocel|json)(?:\.gz)?$/i, ''))
                  }}
                  aria-describedby="file-hint"
                />
                <p className="hint" id="file-hint">
                  {t('import.file-hint')}
                </p>
              </div>
              <div className="fld">
                <label htmlFor="into">{t('import.into')}</label>
                <select id="into" className="ip" value={into} onChange={(event) => setInto(event.target.value)}>
                  <option value="">{t('import.new-log')}</option>
                  {logs.data?.rows.map((log) => (
                    <option key={log.id} value={log.id}>
                      {log.name}
                    </option>
                  ))}
                </select>
                <p className="hint">{t('import.into-hint')}</p>
              </div>
              {into === '' && (
                <div className="fld">
                  <label htmlFor="name">{t('import.name')}</label>
                  <input
                    id="name"
                    className="ip"
                    required
                    maxLength={200}
                    value={name}
                    onChange={(event) => setName(event.target.value)}
                  />
                </div>
              )}
              <div className="fld">
                <label htmlFor="plan">{t('import.plan')}</label>
                <select id="plan" className="ip" value={plan} onChange={(event) => setPlan(event.target.value)}>
                  <option value="">{t('import.no-plan')}</option>
                  {plans.data?.rows.map((known) => (
                    <option key={known.plan} value={known.plan}>
                      {inLanguage(known.title, i18n.language)}
                    </option>
                  ))}
                </select>
                <p className="hint">{t(planMap ? 'import.plan-maps' : 'import.plan-hint')}</p>
              </div>
              {!planMap && (
                <div className="fld">
                  <label htmlFor="mappingId">{t('import.mapping')}</label>
                  <select id="mappingId" name="mappingId" className="ip">
                    <option value="">{t('import.guess')}</option>
                    {mappings.data?.rows.map((mapping) => (
                      <option key={mapping.id} value={mapping.id}>
                        {mapping.name}
                      </option>
                    ))}
                  </select>
                </div>
              )}
              <p className="acts">
                <button type="submit" value="look" className={planMap ? 'btn b3' : 'btn'} disabled={sending}>
                  {t(sending ? 'import.sending' : 'import.look')}
                </button>{' '}
                <button type="submit" value="import" className={planMap ? 'btn' : 'btn b3'} disabled={sending}>
                  {t('import.go')}
                </button>
              </p>
            </form>
          )}
        </Card>
        <Card title={t('import.how')}>
          <ol className="tl">
            <li>{t('import.how-1')}</li>
            <li>{t('import.how-2')}</li>
            <li>{t('import.how-3')}</li>
            <li>{t('import.how-4')}</li>
          </ol>
        </Card>
      </div>
    </Page>
  )
}
