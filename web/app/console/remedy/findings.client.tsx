import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { components, paths } from '../../api/generated/schema.d.ts'
import { formatInstant, formatNumber, inLanguage } from '../../shared/format.ts'
import { api, dataOf, useGet } from '../api.client.ts'
import { FilterBar } from '../ui/filters.client.tsx'
import { Card, Page } from '../ui/page.client.tsx'
import { Shown } from '../ui/query.client.tsx'
import { type Column, DataTable } from '../ui/table.client.tsx'
import { FindingState, Severity } from './finding-words.client.tsx'

type Listed = components['schemas']['ListedFinding']
type Filters = NonNullable<paths['/api/findings']['get']['parameters']['query']>

const states = ['doubt', 'upheld', 'partly-upheld', 'not-upheld', 'unverifiable', 'closed'] as const
const severities = ['prompt', 'yellow', 'red'] as const
const leads = ['none', 'requested', 'approved', 'declined'] as const

/** The filters that the address holds, as the API takes them; a home's number opens the list with the same ones. */
function filtersOf(params: URLSearchParams): Filters {
  const text = (name: string) => params.get(name) ?? undefined
  const one = <T extends string>(name: string, known: readonly T[]) => known.find((value) => value === params.get(name))
  return {
    search: text('q'),
    state: one('state', states),
    severity: one('severity', severities),
    lead: one('lead', leads),
    issue: text('issue'),
    check: text('check'),
    power: text('power'),
    log: text('log'),
    plan: text('plan'),
    case: text('case'),
    region: text('region'),
    source: one('source', ['current', 'withdrawn'] as const),
  } as Filters
}

/** Findings, from doubt to decision. */
export function FindingsView() {
  const { t, i18n } = useTranslation('console')
  const [params] = useSearchParams()
  const filters = filtersOf(params)
  const query = { ...filters, cursor: params.get('cursor') ?? undefined }
  const findings = useGet('/api/findings', { params: { query } })
  const checks = useGet('/api/checks', {})
  const columns: readonly Column<Listed>[] = [
    {
      key: 'id',
      title: t('finding.id'),
      cell: (row) => (
        <Link className="mono" to={`/console/remedy/findings/${row.id}`} data-row-link>
          {row.id}
        </Link>
      ),
      csv: (row) => row.id,
    },
    {
      key: 'says',
      title: t('finding.says'),
      cell: (row) => inLanguage(row.says, i18n.language),
      csv: (row) => inLanguage(row.says, i18n.language),
    },
    {
      key: 'check',
      title: t('finding.check'),
      cell: (row) => (
        <>
          {inLanguage(row.title, i18n.language)} <span className="sm mono">{row.code}</span>
        </>
      ),
      csv: (row) => row.code,
    },
    {
      key: 'severity',
      title: t('finding.severity'),
      cell: (row) => <Severity of={row.severity} />,
      csv: (row) => t(`severity.${row.severity}`),
    },
    {
      key: 'state',
      title: t('finding.state-title'),
      cell: (row) => <FindingState finding={row} />,
      csv: (row) => t(`finding.state.${row.state}`),
    },
    { key: 'log', title: t('finding.log'), extra: true, cell: (row) => row.logName, csv: (row) => row.logName },
    {
      key: 'raised',
      title: t('finding.raised'),
      cell: (row) => formatInstant(row.raisedAt),
      csv: (row) => row.raisedAt,
    },
  ]
  const total = findings.data?.total
  const only = filters.state
  const shown = total === undefined ? '' : formatNumber(total, i18n.language)
  const title =
    total === undefined
      ? t('nav.findings')
      : t(only === 'doubt' ? 'finding.list-doubts' : 'finding.list-title', { count: total, shown })
  return (
    <Page title={title} under={t('finding.list-lead')}>
      <FilterBar
        search={t('finding.search')}
        filters={[
          {
            key: 'state',
            label: t('finding.state-title'),
            options: states.map((value) => ({ value, label: t(`finding.state.${value}`) })),
          },
          {
            key: 'severity',
            label: t('finding.severity'),
            options: severities.map((value) => ({ value, label: t(`severity.${value}`) })),
          },
          {
            key: 'check',
            label: t('finding.check'),
            options: (checks.data?.rows ?? []).map((check) => ({
              value: check.check,
              label: inLanguage(check.title, i18n.language),
            })),
          },
          {
            key: 'lead',
            label: t('finding.lead-title'),
            options: leads.map((value) => ({ value, label: t(`finding.lead.${value}`) })),
          },
        ]}
      />
      <Card title={t('nav.findings')} flush>
        <Shown query={findings}>
          {(page) => (
            <DataTable
              name="findings"
              caption={t('nav.findings')}
              columns={columns}
              page={page}
              rowKey={(row) => row.id}
              all={async (cursor) =>
                dataOf(await api.GET('/api/findings', { params: { query: { ...filters, cursor, limit: 500 } } }))
              }
              empty={<Link to="/console/supervise/logs">{t('finding.empty-next')}</Link>}
            />
          )}
        </Shown>
      </Card>
    </Page>
  )
}
