import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { components } from '../../api/generated/schema.d.ts'
import { inLanguage } from '../../shared/format.ts'
import { api, dataOf, useGet } from '../api.client.ts'
import { Card, Page } from '../ui/page.client.tsx'
import { Shown } from '../ui/query.client.tsx'
import { type Column, DataTable } from '../ui/table.client.tsx'

type Organ = components['schemas']['Organ']

/** The bodies that may hold powers. */
export function OrgansView() {
  const { t, i18n } = useTranslation('console')
  const [params] = useSearchParams()
  const regions = useGet('/api/regions', { params: { query: { limit: 500 } } })
  const organs = useGet('/api/organs', { params: { query: { cursor: params.get('cursor') ?? undefined } } })
  const regionNames = new Map(regions.data?.rows.map((region) => [region.code, inLanguage(region.name, i18n.language)]))
  const columns: readonly Column<Organ>[] = [
    {
      key: 'name',
      title: t('organ.name'),
      cell: (organ) => inLanguage(organ.name, i18n.language),
      csv: (organ) => inLanguage(organ.name, i18n.language),
    },
    {
      key: 'code',
      title: t('organ.code'),
      cell: (organ) => <span className="mono">{organ.code}</span>,
      csv: (organ) => organ.code,
    },
    {
      key: 'region',
      title: t('organ.region'),
      cell: (organ) => regionNames.get(organ.region) ?? organ.region,
      csv: (organ) => organ.region,
    },
    { key: 'from', title: t('organ.from'), cell: (organ) => organ.validFrom, csv: (organ) => organ.validFrom },
    {
      key: 'to',
      title: t('organ.to'),
      cell: (organ) => organ.validTo ?? t('common:none'),
      csv: (organ) => organ.validTo,
    },
  ]
  const total = organs.data?.total
  return (
    <Page title={total === undefined ? t('nav.organs') : t('organ.list-title', { count: total })}>
      <Card title={t('nav.organs')} flush>
        <Shown query={organs}>
          {(page) => (
            <DataTable
              name="organs"
              caption={t('nav.organs')}
              columns={columns}
              page={page}
              rowKey={(organ) => organ.code}
              all={async (cursor) =>
                dataOf(await api.GET('/api/organs', { params: { query: { cursor, limit: 500 } } }))
              }
              empty={null}
            />
          )}
        </Shown>
      </Card>
    </Page>
  )
}
