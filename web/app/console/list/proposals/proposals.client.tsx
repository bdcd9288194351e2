import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { components } from '../../../api/generated/schema.d.ts'
import { formatInstant, formatNumber } from '../../../shared/format.ts'
import { State } from '../../../shared/marks.tsx'
import { api, dataOf, useGet } from '../../api.client.ts'
import { Card, Page } from '../../ui/page.client.tsx'
import { Shown } from '../../ui/query.client.tsx'
import { type Column, DataTable } from '../../ui/table.client.tsx'

type Proposal = components['schemas']['Proposal']

const tones = { sound: 'ok', unsound: 'yellow', undecided: 'none' } as const

/** The saved proposals: what practice shows, corrected by a person, and not a procedure. */
export function ProposalsView() {
  const { t, i18n } = useTranslation('proposal')
  const [params] = useSearchParams()
  const cursor = params.get('cursor') ?? undefined
  const found = useGet('/api/proposals', { params: { query: { cursor } } })
  const columns: readonly Column<Proposal>[] = [
    {
      key: 'name',
      title: t('name'),
      cell: (row) => (
        <Link to={`/console/list/proposals/${row.id}`} data-row-link>
          {row.name}
        </Link>
      ),
      csv: (row) => row.name,
    },
    { key: 'log', title: t('log'), cell: (row) => row.logName, csv: (row) => row.logName },
    {
      key: 'cases',
      title: t('cases'),
      right: true,
      cell: (row) => formatNumber(row.quality.cases, i18n.language),
      csv: (row) => row.quality.cases,
    },
    { key: 'steps', title: t('steps'), right: true, cell: (row) => row.steps, csv: (row) => row.steps },
    {
      key: 'soundness',
      title: t('soundness-title'),
      cell: (row) => <State tone={tones[row.soundness]}>{t(`soundness.${row.soundness}`)}</State>,
      csv: (row) => row.soundness,
    },
    {
      key: 'saved',
      title: t('saved-at'),
      cell: (row) => formatInstant(row.savedAt),
      csv: (row) => row.savedAt,
    },
  ]
  const total = found.data?.total
  return (
    <Page
      title={total === undefined ? t('title') : t('list-title', { count: total })}
      under={t('lead')}
      actions={
        <Link className="btn" to="/console/list/proposals/new">
          {t('new')}
        </Link>
      }
    >
      <Card title={t('title')} flush>
        <Shown query={found}>
          {(page) => (
            <DataTable
              name="proposals"
              caption={t('title')}
              columns={columns}
              page={page}
              rowKey={(row) => row.id}
              all={async (next) =>
                dataOf(await api.GET('/api/proposals', { params: { query: { cursor: next, limit: 500 } } }))
              }
              empty={<Link to="/console/list/proposals/new">{t('new')}</Link>}
            />
          )}
        </Shown>
      </Card>
    </Page>
  )
}
