import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../../api/generated/schema.d.ts'
import { inLanguage } from '../../../../shared/format.ts'
import type { RefusalBody } from '../../../../shared/refusal.ts'
import { api, dataOf, Refused, useGet } from '../../../api.client.ts'
import { useSession } from '../../../session.client.ts'
import { JobProgress } from '../../../ui/job.client.tsx'
import { Card } from '../../../ui/page.client.tsx'
import { RefusedBox } from '../../../ui/refused.client.tsx'

type LogDetail = components['schemas']['LogDetail']

/** Judging by a plan, again or anew. */
export function Judge({ log }: { readonly log: LogDetail }) {
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
