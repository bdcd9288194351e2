import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { components } from '../../api/generated/schema.d.ts'
import { formatInstant } from '../../shared/format.ts'
import { State } from '../../shared/marks.tsx'
import { api, dataOf, useGet } from '../api.client.ts'
import { FilterBar } from '../ui/filters.client.tsx'
import { Card, Page } from '../ui/page.client.tsx'
import { Shown } from '../ui/query.client.tsx'
import { type Column, DataTable } from '../ui/table.client.tsx'

type Entry = components['schemas']['AuditEntry']
const decisions = ['denied', 'allowed'] as const

/** Who was let in and who was denied what, for the audit administrator. */
export function AuditView() {
  const { t } = useTranslation('console')
  const [params] = useSearchParams()
  const filters = {
    decision: decisions.find((known) => known === params.get('decision')),
    officer: params.get('q') ?? undefined,
  }
  const query = { ...filters, cursor: params.get('cursor') ?? undefined }
  const audit = useGet('/api/audit', { params: { query } })
  const columns: readonly Column<Entry>[] = [
    {
      key: 'at',
      title: t('audit.at'),
      cell: (entry) => formatInstant(entry.occurredAt),
      csv: (entry) => entry.occurredAt,
    },
    {
      key: 'decision',
      title: t('audit.decision'),
      cell: (entry) => <State tone={entry.decision === 'denied' ? 'none' : 'ok'}>{t(`audit.${entry.decision}`)}</State>,
      csv: (entry) => entry.decision,
    },
    {
      key: 'officer',
      title: t('audit.officer'),
      cell: (entry) => entry.officer ?? t('audit.public'),
      csv: (entry) => entry.officer,
    },
    {
      key: 'route',
      title: t('audit.route'),
      cell: (entry) => <span className="mono">{entry.route}</span>,
      csv: (entry) => entry.route,
    },
    {
      key: 'reason',
      title: t('audit.reason'),
      cell: (entry) => <span className="mono">{entry.reason}</span>,
      csv: (entry) => entry.reason,
    },
    {
      key: 'request',
      title: t('audit.request'),
      extra: true,
      cell: (entry) => <span className="mono">{entry.requestId}</span>,
      csv: (entry) => entry.requestId,
    },
  ]
  const total = audit.data?.total
  return (
    <Page title={total === undefined ? t('nav.audit') : t('audit.title', { count: total })}>
      <FilterBar
        search={t('audit.officer')}
        filters={[
          {
            key: 'decision',
            label: t('audit.decision'),
            options: decisions.map((value) => ({ value, label: t(`audit.${value}`) })),
          },
        ]}
      />
      <Card title={t('nav.audit')} flush>
        <Shown query={audit}>
          {(page) => (
            <DataTable
              name="audit"
              caption={t('nav.audit')}
              columns={columns}
              page={page}
              rowKey={(entry) => String(entry.id)}
              all={async (cursor) =>
                dataOf(await api.GET('/api/audit', { params: { query: { ...filters, cursor, limit: 500 } } }))
              }
              empty={null}
            />
          )}
        </Shown>
      </Card>
    </Page>
  )
}
