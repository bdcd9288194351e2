import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { components } from '../../api/generated/schema.d.ts'
import { useDays } from '../../shared/days.ts'
import { inLanguage } from '../../shared/format.ts'
import { kinds, levels } from '../../shared/power/words.ts'
import { api, dataOf, useGet } from '../api.client.ts'
import { FilterBar } from '../ui/filters.client.tsx'
import { Card, Page } from '../ui/page.client.tsx'
import { Shown } from '../ui/query.client.tsx'
import { type Column, DataTable } from '../ui/table.client.tsx'
import { useOrganName } from './organ-names.client.ts'

type Power = components['schemas']['Power']

/** The list of powers that were published. */
export function PowersView() {
  const { t, i18n } = useTranslation('console')
  const [params] = useSearchParams()
  const days = useDays()
  const organName = useOrganName()
  const filters = {
    q: params.get('q') ?? undefined,
    kind: kinds.find((kind) => kind === params.get('kind')),
    level: levels.find((level) => level === params.get('level')),
    organ: params.get('organ') ?? undefined,
  }
  const query = { ...filters, cursor: params.get('cursor') ?? undefined }
  const powers = useGet('/api/powers', { params: { query } })
  const columns: readonly Column<Power>[] = [
    {
      key: 'name',
      title: t('power.name'),
      cell: (power) => (
        <Link to={`/console/list/powers/${encodeURIComponent(power.code)}`} data-row-link>
          {inLanguage(power.name, i18n.language)}
        </Link>
      ),
      csv: (power) => inLanguage(power.name, i18n.language),
    },
    {
      key: 'code',
      title: t('power.code'),
      cell: (power) => <span className="mono">{power.code}</span>,
      csv: (power) => power.code,
    },
    {
      key: 'kind',
      title: t('power.kind'),
      cell: (power) => power.kind && t(`common:power.kind.${power.kind}`),
      csv: (power) => power.kind && t(`common:power.kind.${power.kind}`),
    },
    {
      key: 'organ',
      title: t('power.organ'),
      cell: (power) => power.organs.slice(0, 2).map(organName).join('、') + (power.organs.length > 2 ? '…' : ''),
      csv: (power) => power.organs.map(organName).join('、'),
    },
    {
      key: 'promised',
      title: t('power.promised'),
      cell: (power) => days(power.limit.promised),
      csv: (power) => days(power.limit.promised),
    },
    {
      key: 'statutory',
      title: t('power.statutory'),
      cell: (power) => days(power.limit.statutory),
      csv: (power) => days(power.limit.statutory),
    },
    {
      key: 'state',
      title: t('power.state'),
      cell: (power) => t(`common:power.state.${power.state}`),
      csv: (power) => t(`common:power.state.${power.state}`),
    },
    {
      key: 'level',
      title: t('power.level'),
      extra: true,
      cell: (power) => power.level && t(`common:power.level.${power.level}`),
      csv: (power) => power.level && t(`common:power.level.${power.level}`),
    },
  ]
  const total = powers.data?.total
  return (
    <Page title={total === undefined ? t('nav.powers') : t('power.list-title', { count: total })}>
      <FilterBar
        search={t('power.search')}
        filters={[
          {
            key: 'kind',
            label: t('power.kind'),
            options: kinds.map((value) => ({ value, label: t(`common:power.kind.${value}`) })),
          },
          {
            key: 'level',
            label: t('power.level'),
            options: levels.map((value) => ({ value, label: t(`common:power.level.${value}`) })),
          },
        ]}
      />
      <Card title={t('nav.powers')} flush>
        <Shown query={powers}>
          {(page) => (
            <DataTable
              name="powers"
              caption={t('nav.powers')}
              columns={columns}
              page={page}
              rowKey={(power) => power.code}
              all={async (cursor) =>
                dataOf(await api.GET('/api/powers', { params: { query: { ...filters, cursor, limit: 500 } } }))
              }
              empty={t('power.none-next')}
            />
          )}
        </Shown>
      </Card>
    </Page>
  )
}
