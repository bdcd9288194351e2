import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { components } from '../../../api/generated/schema.d.ts'
import { activityNames } from '../../../shared/diagram/names.ts'
import { inLanguage } from '../../../shared/format.ts'
import { useGet } from '../../api.client.ts'

type LogDetail = components['schemas']['LogDetail']

/** The procedure that a log's pages compare with: the address names it, or the first that the log was judged by. */
export function useJudgedBy(log: LogDetail | undefined) {
  const { i18n } = useTranslation()
  const [params] = useSearchParams()
  const wanted = params.get('procedure')
  const conformance = log?.conformance.find((one) => one.procedure === wanted) ?? log?.conformance[0]
  const procedure = conformance?.procedure
  const page = useGet(
    '/api/procedures/{procedure}',
    { params: { path: { procedure: procedure ?? '' } } },
    { enabled: procedure !== undefined },
  )
  const names = new Map(page.data?.inOrder.map((step) => [step.element, inLanguage(step.name, i18n.language)]))
  const inOrder = page.data?.inOrder
  const activityName = useMemo(() => activityNames(i18n.language, inOrder ?? []), [i18n.language, inOrder])
  return {
    procedure,
    conformance,
    page: page.data,
    /** The name of an element of the diagram in the reader's language. */
    nameOf: (element: string): string | undefined => names.get(element),
    /** The name of an activity of the log in the reader's language; the log's own word where the procedure has none. */
    activityName,
  }
}

/** The name of an activity of a log in the reader's language, on pages that know the log by its id only. */
export function useActivityName(log: string): (activity: string) => string {
  const detail = useGet('/api/logs/{id}', { params: { path: { id: log } } })
  return useJudgedBy(detail.data).activityName
}
