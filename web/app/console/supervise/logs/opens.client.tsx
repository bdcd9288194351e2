import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/format.ts'
import { Count } from '../../ui/page.client.tsx'
import { type LogFilter, useLogFilter, withFilter } from './filter/filter.client.ts'
import { narrow } from './filter/narrow.ts'

/** A number of cases that opens them: those of the page's filter for which `where` holds too. */
export function Opens({
  log,
  cases,
  where,
}: {
  readonly log: string
  readonly cases: number
  readonly where: LogFilter
}) {
  const { i18n } = useTranslation()
  const { filter } = useLogFilter()
  const both = narrow(filter, where)
  if (both === null || cases === 0) return formatNumber(cases, i18n.language)
  return <Count value={cases} to={withFilter(`/console/supervise/logs/${log}/cases`, both)} />
}
