import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import type { components } from '../../../api/generated/schema.d.ts'
import { formatInstant, formatNumber, inLanguage } from '../../../shared/format.ts'
import { State } from '../../../shared/marks.tsx'
import { api, dataOf, useGet } from '../../api.client.ts'
import { FilterBar } from '../../ui/filters.client.tsx'
import { Card } from '../../ui/page.client.tsx'
import { Shown } from '../../ui/query.client.tsx'
import { type Column, DataTable } from '../../ui/table.client.tsx'
import { FilteredCases } from './filtered-cases.client.tsx'
import { LogFrame } from './frame.client.tsx'

type LogCase = components['schemas']['LogCase']
const fitting = ['fitting', 'deviating', 'unsolved'] as const

/** The cases of a log: those of the filter that its pages share, or all, by how they kept to the procedure. */
export function CasesView() {
  const { id = '' } = useParams()
  const [params] = useSearchParams()
  const log = useGet('/api/logs/{id}', { params: { path: { id } } })
  return (
    <Shown query={log}>
      {(detail) => (params.has('filter') ? <FilteredCases log={detail} /> : <AllCases log={detail} />)}
    </Shown>
  )
}

function AllCases({ log }: { readonly log: components['schemas']['LogDetail'] }) {
  const { t, i18n } = useTranslation('console')
  const { id } = log
  const [params] = useSearchParams()
  const judged = params.get('procedure') ?? log.conformance[0]?.procedure
  const filters = {
    search: params.get('q') ?? undefined,
    variant: params.get('variant') ?? undefined,
    deviation: params.get('deviation') ?? undefined,
    fits: fitting.find((known) => known === params.get('fits')),
    procedure: judged,
  }
  const query = { ...filters, cursor: params.get('cursor') ?? undefined }
  const cases = useGet('/api/logs/{id}/cases', { params: { path: { id }, query } })
  const zone = log.imports[0]?.zone
  const columns: readonly Column<LogCase>[] = [
    {
      key: 'id',
      title: t('case.id'),
      cell: (row) => (
        <Link to={`/console/supervise/logs/${id}/cases/${encodeURIComponent(row.id)}`} data-row-link>
          {row.id}
        </Link>
      ),
      csv: (row) => row.id,
    },
    {
      key: 'started',
      title: t('case.started'),
      cell: (row) => (row.startedAt ? formatInstant(row.startedAt, zone) : t('common:none')),
      csv: (row) => row.startedAt,
    },
    {
      key: 'ended',
      title: t('case.ended'),
      cell: (row) =>
        row.unfinished ? t('case.open') : row.endedAt ? formatInstant(row.endedAt, zone) : t('common:none'),
      csv: (row) => row.endedAt,
    },
    {
      key: 'events',
      title: t('log.events'),
      right: true,
      cell: (row) => formatNumber(row.events, i18n.language),
      csv: (row) => row.events,
    },
    {
      key: 'fits',
      title: t('case.fits'),
      cell: (row) => <Fits row={row} />,
      csv: (row) => (row.fits === null ? null : String(row.fits)),
    },
    {
      key: 'deviations',
      title: t('case.deviations'),
      cell: (row) => row.deviations.map((deviation) => inLanguage(deviation.says, i18n.language)).join('；'),
      csv: (row) => row.deviations.map((deviation) => deviation.says.zh).join('；'),
    },
  ]
  const title =
    cases.data === undefined
      ? t('log.cases')
      : t('case.list-title', {
          count: cases.data.total,
          shown: formatNumber(cases.data.total, i18n.language),
          name: log.name,
        })
  return (
    <LogFrame log={log} tab="cases" title={title}>
      <FilterBar
        search={t('case.id')}
        filters={[
          {
            key: 'fits',
            label: t('case.fits'),
            options: fitting.map((value) => ({ value, label: t(`log.${value}`) })),
          },
        ]}
      />
      <Card title={t('log.cases')} flush>
        <Shown query={cases}>
          {(page) => (
            <DataTable
              name="cases"
              caption={t('log.cases')}
              columns={columns}
              page={page}
              rowKey={(row) => row.id}
              all={async (cursor) =>
                dataOf(
                  await api.GET('/api/logs/{id}/cases', {
                    params: { path: { id }, query: { ...filters, cursor, limit: 500 } },
                  }),
                )
              }
              empty={<Link to={`/console/supervise/logs/${id}`}>{t('case.back-to-log')}</Link>}
            />
          )}
        </Shown>
      </Card>
    </LogFrame>
  )
}

function Fits({ row }: { readonly row: LogCase }) {
  const { t } = useTranslation('console')
  if (!row.judged) return <State tone="none">{t('case.not-judged')}</State>
  if (row.fits === null) return <State tone="none">{t('log.unsolved')}</State>
  return row.fits ? <State tone="ok">{t('log.fitting')}</State> : <State tone="yellow">{t('log.deviating')}</State>
}
