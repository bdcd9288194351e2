import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../../api/generated/schema.d.ts'
import { formatNumber } from '../../../../shared/format.ts'
import { useGet } from '../../../api.client.ts'
import { LineChart } from '../../../ui/chart/line-chart.client.tsx'
import { Card, Empty } from '../../../ui/page.client.tsx'
import { Shown } from '../../../ui/query.client.tsx'
import { useLogFilter } from '../filter/filter.client.ts'
import { Opens } from '../opens.client.tsx'
import { ChartTable } from './chart-table.client.tsx'

type OpenCases = components['schemas']['LogOpenCases']
const steps = ['day', 'week', 'month'] as const

/** How many cases were open over time, with what came in and what went out. */
export function OpenCasesChart({ log, printed = false }: { readonly log: string; readonly printed?: boolean }) {
  const { t } = useTranslation('analysis')
  const { text } = useLogFilter()
  const [step, setStep] = useState<(typeof steps)[number]>('week')
  const open = useGet('/api/logs/{id}/analysis/open', {
    params: { path: { id: log }, query: { filter: text, step } },
  })
  return (
    <Card
      title={t('open.title')}
      note={open.data && t(`open.end-by.${open.data.endBy}`)}
      right={
        !printed && (
          <span className="seg">
            {steps.map((one) => (
              <button key={one} type="button" aria-pressed={one === step} onClick={() => setStep(one)}>
                {t(`step.${one}`)}
              </button>
            ))}
          </span>
        )
      }
    >
      <Shown query={open}>
        {(body) => (body.rows.length === 0 ? <Empty says={t('open.none')} /> : <Drawn log={log} body={body} />)}
      </Shown>
    </Card>
  )
}

function Drawn({ log, body }: { readonly log: string; readonly body: OpenCases }) {
  const { t, i18n } = useTranslation('analysis')
  const number = (value: number) => formatNumber(value, i18n.language)
  const most = body.rows.reduce(
    (best, row) => (row.open > best.open ? row : best),
    body.rows[0] as OpenCases['rows'][number],
  )
  const last = body.rows.at(-1)
  return (
    <>
      <LineChart
        says={t('open.says', { date: most.date, most: number(most.open), last: number(last?.open ?? 0) })}
        axis={body.rows.map(({ date }) => (body.step === 'month' ? date.slice(0, 7) : date))}
        series={[
          { name: t('open.open'), values: body.rows.map((row) => row.open), look: 'ink' },
          { name: t('open.opened'), values: body.rows.map((row) => row.opened), look: 'slate' },
          { name: t('open.closed'), values: body.rows.map((row) => row.closed), look: 'green' },
        ]}
        unfinished
      />
      <p className="sm">
        {t('open.most', { date: most.date, count: most.open, shown: number(most.open) })}
        {body.withoutTime > 0 && ` ${t('open.without-time', { count: body.withoutTime })}`}
      </p>
      <ChartTable
        caption={t('open.title')}
        heads={[t('open.from'), t('open.opened'), t('open.closed'), t('open.open')]}
        rows={body.rows.map((row, at) => [
          row.date,
          number(row.opened),
          number(row.closed),
          <Opens key="open" log={log} cases={row.open} where={{ openOn: endOf(body, at) }} />,
        ])}
      />
    </>
  )
}

/** The last day of a stretch: the day before the next begins, or the last day of its week or month. */
function endOf({ rows, step }: OpenCases, at: number): string {
  const next = rows[at + 1]?.date
  const first = new Date(`${rows[at]?.date}T00:00Z`)
  if (step === 'day') return first.toISOString().slice(0, 10)
  const after = next === undefined ? new Date(first) : new Date(`${next}T00:00Z`)
  if (next === undefined) {
    if (step === 'week') after.setUTCDate(after.getUTCDate() + 7)
    else after.setUTCMonth(after.getUTCMonth() + 1)
  }
  after.setUTCDate(after.getUTCDate() - 1)
  return after.toISOString().slice(0, 10)
}
