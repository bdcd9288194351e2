import { useTranslation } from 'react-i18next'
import type { components } from '../../../../api/generated/schema.d.ts'
import { formatNumber } from '../../../../shared/format.ts'
import { useGet } from '../../../api.client.ts'
import { useOrganName } from '../../../list/organ-names.client.ts'
import { useElapsed } from '../../../ui/elapsed.client.ts'
import { type LocalColumn, LocalTable } from '../../../ui/local-table.client.tsx'
import { Card } from '../../../ui/page.client.tsx'
import { Shown } from '../../../ui/query.client.tsx'
import { useLogFilter } from '../filter/filter.client.ts'
import { Opens } from '../opens.client.tsx'
import type { Party } from './rhythm.client.tsx'

type Row = components['schemas']['LogThroughput']['rows'][number]

/** What each unit, post or officer's mark carries, and how long cases wait for it. A load, not a mark for a person. */
export function Throughput({ log, by }: { readonly log: string; readonly by: Party }) {
  const { t, i18n } = useTranslation('analysis')
  const organ = useOrganName()
  const elapsed = useElapsed()
  const { text } = useLogFilter()
  const load = useGet('/api/logs/{id}/analysis/throughput', {
    params: { path: { id: log }, query: { filter: text, by } },
  })
  const nameOf = ({ key }: Row) => (key === null ? t('rhythm.unstated') : by === 'organ' ? organ(key) : key)
  const time = (key: 'waiting' | 'handling', part: 'median' | 'p90', title: string): LocalColumn<Row> => ({
    key: `${key} ${part}`,
    title,
    right: true,
    cell: (row) => elapsed(row[key]?.[part]),
    csv: (row) => row[key]?.[part] ?? null,
    sort: (row) => row[key]?.[part] ?? null,
  })
  const columns: readonly LocalColumn<Row>[] = [
    { key: 'name', title: t(`filter.what.${by}`), cell: nameOf, csv: nameOf, sort: nameOf },
    {
      key: 'events',
      title: t('figure.events'),
      right: true,
      cell: ({ events }) => formatNumber(events, i18n.language),
      csv: ({ events }) => events,
      sort: ({ events }) => events,
    },
    {
      key: 'cases',
      title: t('figure.cases'),
      right: true,
      cell: ({ key, cases }) =>
        key === null ? formatNumber(cases, i18n.language) : <Opens log={log} cases={cases} where={{ [by]: [key] }} />,
      csv: ({ cases }) => cases,
      sort: ({ cases }) => cases,
    },
    {
      key: 'per-week',
      title: t('figure.per-week'),
      right: true,
      cell: ({ perWeek }) => formatNumber(Math.round(perWeek * 10) / 10, i18n.language),
      csv: ({ perWeek }) => perWeek,
      sort: ({ perWeek }) => perWeek,
    },
    time('waiting', 'median', t('load.waiting-median')),
    time('waiting', 'p90', t('load.waiting-p90')),
    time('handling', 'median', t('load.handling-median')),
  ]
  return (
    <Card
      title={t('load.title')}
      note={t('load.note')}
      flush
      foot={
        load.data && load.data.rows.length < load.data.total
          ? `${t('graph.shortened', { count: load.data.rows.length })} ${t('rhythm.posts-only')}`
          : t('rhythm.posts-only')
      }
    >
      <Shown query={load}>
        {(body) => (
          <LocalTable
            name={`load-${by}`}
            caption={t('load.title')}
            columns={columns}
            rows={body.rows}
            rowKey={({ key }) => key ?? ''}
            find={nameOf}
            empty={t('rhythm.unknown')}
          />
        )}
      </Shown>
    </Card>
  )
}
