import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { State } from '../../shared/marks.tsx'
import { Refused } from '../api.client.ts'
import { RefusedBox } from './refused.client.tsx'

/** Shows a query in each of its states: nothing for a blink, a skeleton, the refusal in words, an error with its way on. */
export function Shown<Data>({
  query,
  children,
}: {
  readonly query: UseQueryResult<Data>
  readonly children: (data: Data) => ReactNode
}) {
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && <Stale retry={query.refetch} />}
        {children(query.data)}
      </>
    )
  }
  if (query.error instanceof Refused) return <RefusedBox refusal={query.error.refusal} />
  if (query.isError) return <Failed retry={query.refetch} />
  return <Loading />
}

/** Nothing for the first 0.3 s, so that quick answers do not flicker; then grey lines. */
export function Loading() {
  const { t } = useTranslation('console')
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div role="status" aria-live="polite" className="skeleton">
      {late && (
        <>
          <span className="vh">{t('state.loading')}</span>
          <i />
          <i />
          <i />
        </>
      )}
    </div>
  )
}

function Failed({ retry }: { readonly retry: () => unknown }) {
  const { t } = useTranslation('console')
  return (
    <div role="alert" className="card problem">
      <p>
        <State tone="red">{t('state.failed')}</State>
      </p>
      <p>{t('state.failed-safe')}</p>
      <button type="button" className="btn" onClick={() => retry()}>
        {t('state.retry')}
      </button>
    </div>
  )
}

function Stale({ retry }: { readonly retry: () => unknown }) {
  const { t } = useTranslation('console')
  return (
    <p role="status" className="stale">
      <State tone="yellow">{t('state.stale')}</State>{' '}
      <button type="button" className="link" onClick={() => retry()}>
        {t('state.retry')}
      </button>
    </p>
  )
}
