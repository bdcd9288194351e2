import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { components } from '../../../api/generated/schema.d.ts'
import { formatInstant, formatNumber } from '../../../shared/format.ts'
import { Icon } from '../../../shared/icons.tsx'
import { api, dataOf, useGet } from '../../api.client.ts'
import { useSession } from '../../session.client.ts'
import { FilterBar } from '../../ui/filters.client.tsx'
import { Card, Count, Page } from '../../ui/page.client.tsx'
import { Shown } from '../../ui/query.client.tsx'
import { type Column, DataTable } from '../../ui/table.client.tsx'

type Log = components['schemas']['Log']

/** The logs of other systems that were imported. */
export function LogsView() {
  const { t, i18n } = useTranslation('console')
  const [params] = useSearchParams()
  const { post } = useSession()
  const filters = { search: params.get('q') ?? undefined }
  const logs = useGet('/api/logs', { params: { query: { ...filters, cursor: params.get('cursor') ?? undefined } } })
  const columns: readonly Column<Log>[] = [
    {
      key: 'name',
      title: t('log.name'),
      cell: (log) => (
        <Link to={`/console/supervise/logs/${log.id}`} data-row-link>
          {log.name}
        </Link>
      ),
      csv: (log) => log.name,
    },
    {
      key: 'cases',
      title: t('log.cases'),
      right: true,
      cell: (log) => <Count value={log.summary.cases} to={`/console/supervise/logs/${log.id}/cases`} />,
      csv: (log) => log.summary.cases,
    },
    {
      key: 'events',
      title: t('log.events'),
      right: true,
      cell: (log) => formatNumber(log.summary.events, i18n.language),
      csv: (log) => log.summary.events,
    },
    {
      key: 'variants',
      title: t('log.variants'),
      right: true,
      extra: true,
      cell: (log) => formatNumber(log.summary.variants, i18n.language),
      csv: (log) => log.summary.variants,
    },
    {
      key: 'reported',
      title: t('log.reported'),
      right: true,
      cell: (log) => formatNumber(log.lastImport.rows.reported, i18n.language),
      csv: (log) => log.lastImport.rows.reported,
    },
    {
      key: 'imported',
      title: t('log.imported'),
      cell: (log) => formatInstant(log.lastImport.importedAt),
      csv: (log) => log.lastImport.importedAt,
    },
  ]
  const total = logs.data?.total
  const may = post.roles.includes('supervisor')
  return (
    <Page
      title={total === undefined ? t('nav.logs') : t('log.list-title', { count: total })}
      actions={
        may && (
          <Link className="btn" to="/console/supervise/logs/import">
            <Icon name="upload" />
            {t('log.import')}
          </Link>
        )
      }
    >
      <FilterBar filters={[]} search={t('log.name')} />
      <Card title={t('nav.logs')} flush>
        <Shown query={logs}>
          {(page) => (
            <DataTable
              name="logs"
              caption={t('nav.logs')}
              columns={columns}
              page={page}
              rowKey={(log) => log.id}
              all={async (cursor) =>
                dataOf(await api.GET('/api/logs', { params: { query: { ...filters, cursor, limit: 500 } } }))
              }
              empty={<Link to="/console/supervise/logs/import">{t('log.import')}</Link>}
            />
          )}
        </Shown>
      </Card>
    </Page>
  )
}
