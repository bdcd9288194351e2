import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { components } from '../../../api/generated/schema.d.ts'
import { formatInstant, formatNumber } from '../../../shared/format.ts'
import { api, dataOf, useGet } from '../../api.client.ts'
import { useElapsed } from '../../ui/elapsed.client.ts'
import { Card } from '../../ui/page.client.tsx'
import { Shown } from '../../ui/query.client.tsx'
import { type Column, DataTable } from '../../ui/table.client.tsx'
import { useLogFilter } from './filter/filter.client.ts'
import { LogFrame } from './frame.client.tsx'

type LogDetail = components['schemas']['LogDetail']
type Row = components['schemas']['LogFilteredCases']['rows'][number]

const orders = ['started', 'longest', 'shortest', 'events'] as const
const fitting = ['fitting', 'deviating', 'unsolved'] as const

/** The cases behind a number: those that the shared filter leaves, and how they keep to the procedure where asked. */
export function FilteredCases({ log }: { readonly log: LogDetail }) {
  const { t, i18n } = useTranslation('analysis')
  const elapsed = useElapsed()
  const [params, setParams] = useSearchParams()
  const { text } = useLogFilter()
  const query = {
    filter: text,
    order: orders.find((known) => known === params.get('order')) ?? ('started' as const),
    procedure: params.get('procedure') ?? log.conformance[0]?.procedure,
    fits: fitting.find((known) => known === params.get('fits')),
    deviation: params.get('deviation') ?? undefined,
  }
  const zone = log.imports[0]?.zone
  const path = { id: log.id }
  const cases = useGet('/api/logs/{id}/analysis/cases', {
    params: { path, query: { ...query, cursor: params.get('cursor') ?? undefined } },
  })
  const set = (key: string, value: string | null) => {
    const next = new URLSearchParams(params)
    if (value === null) next.delete(key)
    else next.set(key, value)
    next.delete('cursor')
    setParams(next)
  }
  const columns: readonly Column<Row>[] = [
    {
      key: 'id',
      title: t('console:case.id'),
      cell: (row) => (
        <Link to={`/console/supervise/logs/${log.id}/cases/${encodeURIComponent(row.id)}`} data-row-link>
          {row.id}
        </Link>
      ),
      csv: (row) => row.id,
    },
    {
      key: 'started',
      title: t('console:case.started'),
      cell: (row) => (row.startedAt ? formatInstant(row.startedAt, zone) : t('common:none')),
      csv: (row) => row.startedAt,
    },
    {
      key: 'ended',
      title: t('console:case.ended'),
      cell: (row) =>
        row.open ? t('console:case.open') : row.endedAt ? formatInstant(row.endedAt, zone) : t('common:none'),
      csv: (row) => row.endedAt,
    },
    {
      key: 'elapsed',
      title: t('cases.elapsed'),
      right: true,
      cell: (row) => elapsed(row.seconds),
      csv: (row) => row.seconds,
    },
    {
      key: 'events',
      title: t('figure.events'),
      right: true,
      cell: (row) => formatNumber(row.events, i18n.language),
      csv: (row) => row.events,
    },
    {
      key: 'way',
      title: t('variant.way'),
      cell: (row) => <Link to={`/console/supervise/logs/${log.id}/variants/${row.variant}`}>{t('cases.way')}</Link>,
      csv: (row) => row.variant,
    },
  ]
  const title = cases.data
    ? t('console:case.list-title', {
        count: cases.data.total,
        shown: formatNumber(cases.data.total, i18n.language),
        name: log.name,
      })
    : t('console:log.cases')
  return (
    <LogFrame log={log} tab="cases" title={title}>
      <div className="fl">
        <label className="x">
          {t('cases.order')}
          <select value={query.order} onChange={({ target }) => set('order', target.value)}>
            {orders.map((order) => (
              <option key={order} value={order}>
                {t(`cases.by.${order}`)}
              </option>
            ))}
          </select>
        </label>
        {query.fits && (
          <Chip says={t(`console:log.${query.fits}`)} what={t('console:case.fits')} drop={() => set('fits', null)} />
        )}
        {query.deviation && (
          <Chip says={query.deviation} what={t('console:filter.deviation')} drop={() => set('deviation', null)} />
        )}
      </div>
      <Card title={t('console:log.cases')} flush>
        <Shown query={cases}>
          {(page) => (
            <DataTable
              name="cases"
              caption={t('console:log.cases')}
              columns={columns}
              page={page}
              rowKey={(row) => row.id}
              all={async (cursor) =>
                dataOf(
                  await api.GET('/api/logs/{id}/analysis/cases', {
                    params: { path, query: { ...query, cursor, limit: 500 } },
                  }),
                )
              }
              empty={<Link to={`/console/supervise/logs/${log.id}`}>{t('console:case.back-to-log')}</Link>}
            />
          )}
        </Shown>
      </Card>
    </LogFrame>
  )
}

function Chip({ what, says, drop }: { readonly what: string; readonly says: string; readonly drop: () => void }) {
  const { t } = useTranslation('analysis')
  return (
    <button type="button" className="x on" onClick={drop}>
      {what} <b>{says}</b> <span aria-hidden="true">×</span>
      <span className="vh">{t('filter.remove')}</span>
    </button>
  )
}
