import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../api/generated/schema.d.ts'
import { formatNumber } from '../../shared/format.ts'
import { State } from '../../shared/marks.tsx'
import type { RefusalBody } from '../../shared/refusal.ts'
import { api, dataOf, useGet } from '../api.client.ts'
import { RefusedBox } from './refused.client.tsx'

type Job = components['schemas']['Job']

const over = (job: Job): boolean => job.state !== 'waiting' && job.state !== 'running'

/** Long work as it goes on: rows, share, time left, a way to cancel it, and leave to go away. */
export function JobProgress({
  id,
  says,
  done,
}: {
  readonly id: string
  readonly says: string
  /** Called once, when it has ended well. */
  readonly done: () => void
}) {
  const { t, i18n } = useTranslation('console')
  const job = useGet('/api/jobs/{id}', { params: { path: { id } } }, { everyMs: 400, while: (known) => !over(known) })
  const [since] = useState(Date.now)
  const state = job.data?.state
  useEffect(() => {
    if (state === 'done') done()
  }, [state])
  if (!job.data) return <p role="status">{says}</p>
  const { total, stage } = job.data
  if (job.data.state === 'refused' && job.data.refusal) {
    return <RefusedBox refusal={job.data.refusal as unknown as RefusalBody} />
  }
  if (over(job.data) && job.data.state !== 'done') {
    return (
      <p role="alert">
        <State tone="red">{t(`job.${job.data.state}`)}</State> {t('job.nothing-kept')}
      </p>
    )
  }
  const share = total === null || total === 0 ? null : job.data.done / total
  const left =
    share === null || share < 0.05 ? null : Math.ceil(((Date.now() - since) / share - (Date.now() - since)) / 1000)
  const cancel = async () => {
    dataOf(await api.DELETE('/api/jobs/{id}', { params: { path: { id } } }))
    await job.refetch()
  }
  return (
    <div className="job">
      <p>
        <b>{says}</b> {stage && t(`job.stage.${stage}`, { defaultValue: '' })}{' '}
        {formatNumber(job.data.done, i18n.language)}
        {total !== null && ` / ${formatNumber(total, i18n.language)}`}
        {share !== null && ` · ${Math.floor(share * 100)}%`}
      </p>
      <progress aria-label={says} max={total ?? undefined} value={total === null ? undefined : job.data.done} />
      {!over(job.data) && (
        <>
          <p className="sm">
            {left !== null && `${t('job.left', { count: left })} `}
            {t('job.may-leave')}
          </p>
          <button type="button" className="btn b3 small" onClick={cancel}>
            {t('job.cancel')}
          </button>
        </>
      )}
    </div>
  )
}
