import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { components } from '../../../../api/generated/schema.d.ts'
import { formatNumber } from '../../../../shared/format.ts'
import { useGet } from '../../../api.client.ts'
import { useElapsed } from '../../../ui/elapsed.client.ts'
import { type LocalColumn, LocalTable } from '../../../ui/local-table.client.tsx'
import { Card } from '../../../ui/page.client.tsx'
import { Shown } from '../../../ui/query.client.tsx'
import { useLogFilter } from '../filter/filter.client.ts'
import { useActivityName } from '../procedure.client.ts'

type Far = components['schemas']['LogTemporal']['rows'][number]

/** How many standard deviations count as far: six is the usual choice of the method's authors' tools. */
const zetas = [2, 3, 4, 6, 10] as const
const most = 500

/** Intervals between steps that are far from the usual: between which, how long, how far, in which case. */
export function Intervals({ log }: { readonly log: string }) {
  const { t, i18n } = useTranslation('analysis')
  const elapsed = useElapsed()
  const activityName = useActivityName(log)
  const { text } = useLogFilter()
  const [zeta, setZeta] = useState<number>(6)
  const found = useGet('/api/logs/{id}/analysis/temporal', {
    params: { path: { id: log }, query: { filter: text, zeta, limit: most } },
  })
  const number = (value: number) => formatNumber(value, i18n.language)
  const time = (key: 'seconds' | 'mean' | 'sd', title: string): LocalColumn<Far> => ({
    key,
    title,
    right: true,
    cell: (row) => elapsed(row[key]),
    csv: (row) => row[key],
    sort: (row) => row[key],
  })
  const columns: readonly LocalColumn<Far>[] = [
    {
      key: 'case',
      title: t('console:case.id'),
      cell: (row) => (
        <Link to={`/console/supervise/logs/${log}/cases/${encodeURIComponent(row.case)}`}>{row.case}</Link>
      ),
      csv: (row) => row.case,
      sort: (row) => row.case,
    },
    {
      key: 'from',
      title: t('graph.from'),
      cell: ({ from }) => activityName(from),
      csv: ({ from }) => from,
      sort: ({ from }) => from,
    },
    { key: 'to', title: t('graph.to'), cell: ({ to }) => activityName(to), csv: ({ to }) => to, sort: ({ to }) => to },
    time('seconds', t('interval.seconds')),
    time('mean', t('figure.mean')),
    time('sd', t('interval.sd')),
    {
      key: 'deviates',
      title: t('interval.deviates'),
      right: true,
      cell: ({ deviates }) => (deviates === null ? t('interval.always') : number(Math.round(deviates * 10) / 10)),
      csv: ({ deviates }) => deviates,
      sort: ({ deviates }) => deviates ?? Number.POSITIVE_INFINITY,
    },
  ]
  return (
    <Card
      title={t('interval.title')}
      note={t('interval.note')}
      right={
        <label>
          {t('interval.zeta')}{' '}
          <select value={zeta} onChange={({ target }) => setZeta(Number(target.value))}>
            {zetas.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
      }
      flush
      foot={
        found.data && (
          <>
            {t('interval.foot', {
              count: found.data.total,
              shown: number(found.data.total),
              cases: number(found.data.deviatingCases),
            })}
            {found.data.total > most && ` ${t('interval.first', { count: most })}`}
            {found.data.leftOut > 0 && ` ${t('interval.left-out', { count: found.data.leftOut })}`}
          </>
        )
      }
    >
      <Shown query={found}>
        {(body) => (
          <LocalTable
            name="intervals"
            caption={t('interval.title')}
            columns={columns}
            rows={body.rows}
            rowKey={(row) => String(body.rows.indexOf(row))}
            find={(row) => `${row.case} ${row.from} ${row.to}`}
            first={10}
            empty={t('interval.none')}
          />
        )}
      </Shown>
    </Card>
  )
}
