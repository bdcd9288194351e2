import { useTranslation } from 'react-i18next'
import type { components } from '../../../../api/generated/schema.d.ts'
import { formatNumber, formatShare } from '../../../../shared/format.ts'
import { HeatTable } from '../../../ui/chart/heat.client.tsx'
import { Card, Empty } from '../../../ui/page.client.tsx'
import { HourCell } from './hour-cell.client.tsx'

type Rhythm = components['schemas']['LogRhythm']

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** The hours that are worth a column: from the first to the last in which anything happened. */
export function hoursShown(weeks: readonly Rhythm['hours'][]): readonly number[] {
  const used = Array.from({ length: 24 }, (_, hour) => weeks.some((week) => week.some((day) => (day[hour] ?? 0) > 0)))
  const [first, last] = [used.indexOf(true), used.lastIndexOf(true)]
  return first < 0 ? [] : Array.from({ length: last - first + 1 }, (_, at) => first + at)
}

/** Events by weekday and hour: every cell opens the cases with an event in that hour. */
export function WeekCard({ log, body }: { readonly log: string; readonly body: Rhythm }) {
  const { t, i18n } = useTranslation('analysis')
  const number = (value: number) => formatNumber(value, i18n.language)
  const hours = hoursShown([body.hours])
  const all = sum(body.hours.flat())
  const weekend = sum(body.hours.slice(5).flat())
  const night = sum(body.hours.flatMap((day) => [...day.slice(0, 7), ...day.slice(20)]))
  return (
    <Card
      title={t('rhythm.week')}
      note={t('rhythm.zone', { zone: body.zone })}
      flush
      foot={
        <>
          {t('rhythm.foot', {
            weekend: number(weekend),
            weekendShare: formatShare(weekend, all),
            night: number(night),
            nightShare: formatShare(night, all),
          })}
          {body.atMidnight > 0 &&
            ` ${t('rhythm.midnight', { count: body.atMidnight, shown: number(body.atMidnight) })}`}
          {body.withoutTime > 0 && ` ${t('rhythm.without-time', { count: body.withoutTime })}`}
        </>
      }
    >
      {hours.length === 0 ? (
        <Empty says={t('open.none')} />
      ) : (
        <HeatTable
          caption={t('rhythm.week')}
          corner={t('rhythm.hour')}
          rows={weekdays.map((weekday) => ({ key: String(weekday), says: t(`weekday.${weekday}`) }))}
          columns={hours.map((hour) => ({ key: String(hour), says: hour }))}
          value={(weekday, hour) => body.hours[Number(weekday) - 1]?.[Number(hour)] ?? 0}
          cell={(weekday, hour, value) => (
            <HourCell log={log} value={value} hours={[{ weekday: Number(weekday), hour: Number(hour) }]} />
          )}
          total={t('rhythm.sum')}
        />
      )}
    </Card>
  )
}
