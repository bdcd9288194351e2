import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { components } from '../../../../api/generated/schema.d.ts'
import { formatNumber } from '../../../../shared/format.ts'
import { useGet } from '../../../api.client.ts'
import { useOrganName } from '../../../list/organ-names.client.ts'
import { HeatTable } from '../../../ui/chart/heat.client.tsx'
import { useElapsed } from '../../../ui/elapsed.client.ts'
import { type LocalColumn, LocalTable } from '../../../ui/local-table.client.tsx'
import { Card } from '../../../ui/page.client.tsx'
import { Shown } from '../../../ui/query.client.tsx'
import { useLogFilter, withFilter } from '../filter/filter.client.ts'
import { narrow } from '../filter/narrow.ts'
import { Opens } from '../opens.client.tsx'
import type { Party } from './rhythm.client.tsx'

type Handed = components['schemas']['LogHandovers']
type Row = Handed['rows'][number]

/** So many parties stand in the matrix; the table below it has all. */
const inMatrix = 12

/** Who hands over to whom: the busiest as a matrix, all of them as a table. */
export function Handovers({ log, by }: { readonly log: string; readonly by: Party }) {
  const { t } = useTranslation('analysis')
  const { text } = useLogFilter()
  const handed = useGet('/api/logs/{id}/analysis/handovers', {
    params: { path: { id: log }, query: { filter: text, by } },
  })
  return (
    <Shown query={handed}>
      {(body) =>
        body.known && body.rows.length > 0 ? (
          <>
            <Matrix log={log} by={by} body={body} />
            <All log={log} by={by} body={body} />
          </>
        ) : (
          <Card title={t('handover.title')}>{t(body.known ? 'handover.none' : 'rhythm.unknown')}</Card>
        )
      }
    </Shown>
  )
}

interface Part {
  readonly log: string
  readonly by: Party
  readonly body: Handed
}

function Matrix({ log, by, body }: Part) {
  const { t, i18n } = useTranslation('analysis')
  const organ = useOrganName()
  const { filter } = useLogFilter()
  const nameOf = (key: string) => (by === 'organ' ? organ(key) : key)
  const busiest = body.parties.toSorted((a, b) => b.gave + b.took - a.gave - a.took).slice(0, inMatrix)
  const counts = new Map(body.rows.map((row) => [`${row.from}\0${row.to}`, row.count]))
  const heads = busiest.map(({ key }) => ({ key, says: nameOf(key) }))
  return (
    <Card
      title={t('handover.title')}
      note={t('handover.note', { shown: busiest.length, all: body.allParties })}
      flush
      foot={t('handover.foot', {
        same: formatNumber(body.same, i18n.language),
        unstated: formatNumber(body.unstated, i18n.language),
      })}
    >
      <HeatTable
        caption={t('handover.title')}
        corner={t('handover.from-to')}
        rows={heads}
        columns={heads}
        value={(from, to) => counts.get(`${from}\0${to}`) ?? 0}
        cell={(from, to, value) => {
          const both = narrow(filter, { handover: [{ by, from, to }] })
          const says = formatNumber(value, i18n.language)
          return both === null ? (
            says
          ) : (
            <Link to={withFilter(`/console/supervise/logs/${log}/cases`, both)}>{says}</Link>
          )
        }}
      />
    </Card>
  )
}

function All({ log, by, body }: Part) {
  const { t, i18n } = useTranslation('analysis')
  const organ = useOrganName()
  const elapsed = useElapsed()
  const nameOf = (key: string) => (by === 'organ' ? organ(key) : key)
  const columns: readonly LocalColumn<Row>[] = [
    {
      key: 'from',
      title: t('handover.from'),
      cell: ({ from }) => nameOf(from),
      csv: ({ from }) => nameOf(from),
      sort: ({ from }) => nameOf(from),
    },
    {
      key: 'to',
      title: t('handover.to'),
      cell: ({ to }) => nameOf(to),
      csv: ({ to }) => nameOf(to),
      sort: ({ to }) => nameOf(to),
    },
    {
      key: 'count',
      title: t('graph.measure.count'),
      right: true,
      cell: ({ count }) => formatNumber(count, i18n.language),
      csv: ({ count }) => count,
      sort: ({ count }) => count,
    },
    {
      key: 'cases',
      title: t('figure.cases'),
      right: true,
      cell: ({ from, to, cases }) => <Opens log={log} cases={cases} where={{ handover: [{ by, from, to }] }} />,
      csv: ({ cases }) => cases,
      sort: ({ cases }) => cases,
    },
    {
      key: 'median',
      title: t('handover.median'),
      right: true,
      cell: ({ duration }) => elapsed(duration?.median),
      csv: ({ duration }) => duration?.median ?? null,
      sort: ({ duration }) => duration?.median ?? null,
    },
    {
      key: 'p90',
      title: t('figure.p90'),
      right: true,
      cell: ({ duration }) => elapsed(duration?.p90),
      csv: ({ duration }) => duration?.p90 ?? null,
      sort: ({ duration }) => duration?.p90 ?? null,
    },
  ]
  return (
    <Card
      title={t('handover.all')}
      flush
      foot={body.rows.length < body.total && t('graph.shortened', { count: body.rows.length })}
    >
      <LocalTable
        name={`handovers-${by}`}
        caption={t('handover.all')}
        columns={columns}
        rows={body.rows}
        rowKey={({ from, to }) => JSON.stringify([from, to])}
        find={({ from, to }) => `${nameOf(from)} ${nameOf(to)}`}
        first={15}
        empty={t('handover.none')}
      />
    </Card>
  )
}
