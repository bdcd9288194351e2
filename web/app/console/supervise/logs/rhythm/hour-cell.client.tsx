import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatNumber } from '../../../../shared/format.ts'
import { type LogFilter, useLogFilter, withFilter } from '../filter/filter.client.ts'
import { narrow } from '../filter/narrow.ts'

/** Events in some hours of the week; it opens the cases to which they belong. */
export function HourCell({
  log,
  value,
  hours,
}: {
  readonly log: string
  readonly value: number
  readonly hours: NonNullable<LogFilter['hours']>
}) {
  const { i18n } = useTranslation()
  const { filter } = useLogFilter()
  const both = narrow(filter, { hours: [...hours] })
  const says = formatNumber(value, i18n.language)
  return both === null ? says : <Link to={withFilter(`/console/supervise/logs/${log}/cases`, both)}>{says}</Link>
}
