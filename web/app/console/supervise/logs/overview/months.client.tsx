import { useTranslation } from 'react-i18next'
import type { components } from '../../../../api/generated/schema.d.ts'
import { formatNumber } from '../../../../shared/format.ts'
import { LineChart } from '../../../ui/chart/line-chart.client.tsx'
import { useElapsed } from '../../../ui/elapsed.client.ts'
import { Card, Empty } from '../../../ui/page.client.tsx'
import { Opens } from '../opens.client.tsx'
import { ChartTable } from './chart-table.client.tsx'

type Months = components['schemas']['LogOverview']['months']

/** What began and what ended in each month, and how long the cases took that began in it. */
export function MonthsChart({
  log,
  months,
  lastAt,
}: {
  readonly log: string
  readonly months: Months
  readonly lastAt: string | null
}) {
  const { t, i18n } = useTranslation('analysis')
  const elapsed = useElapsed()
  const number = (value: number) => formatNumber(value, i18n.language)
  const of = (month: string) => ({ how: 'starts' as const, from: `${month}-01`, to: lastDay(month) })
  const sum = (part: 'started' | 'ended') => months.reduce((total, month) => total + month[part], 0)
  return (
    <Card title={t('months.title')} note={t('months.note')}>
      {months.length === 0 ? (
        <Empty says={t('open.none')} />
      ) : (
        <>
          <LineChart
            says={t('months.says', {
              count: months.length,
              started: number(sum('started')),
              ended: number(sum('ended')),
            })}
            axis={months.map(({ month }) => month)}
            series={[
              { name: t('months.started'), values: months.map(({ started }) => started), look: 'ink' },
              { name: t('months.ended'), values: months.map(({ ended }) => ended), look: 'green' },
            ]}
            unfinished={lastAt !== null && lastAt.slice(0, 10) < lastDay(lastAt.slice(0, 7))}
          />
          <ChartTable
            caption={t('months.title')}
            heads={[t('months.month'), t('months.started'), t('months.ended'), t('figure.median'), t('figure.p90')]}
            rows={months.map(({ month, started, ended, duration }) => [
              month,
              <Opens key="started" log={log} cases={started} where={{ time: of(month) }} />,
              <Opens key="ended" log={log} cases={ended} where={{ time: { ...of(month), how: 'ends' } }} />,
              elapsed(duration?.median),
              elapsed(duration?.p90),
            ])}
          />
        </>
      )}
    </Card>
  )
}

/** The last day of a month written YYYY-MM. */
function lastDay(month: string): string {
  const [year, number] = month.split('-').map(Number)
  return new Date(Date.UTC(year ?? 0, number ?? 1, 0)).toISOString().slice(0, 10)
}
