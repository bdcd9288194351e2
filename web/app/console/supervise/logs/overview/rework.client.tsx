import { useTranslation } from 'react-i18next'
import type { components } from '../../../../api/generated/schema.d.ts'
import { formatNumber } from '../../../../shared/format.ts'
import { useGet } from '../../../api.client.ts'
import { useElapsed } from '../../../ui/elapsed.client.ts'
import { type LocalColumn, LocalTable } from '../../../ui/local-table.client.tsx'
import { Card } from '../../../ui/page.client.tsx'
import { Shown } from '../../../ui/query.client.tsx'
import { useLogFilter } from '../filter/filter.client.ts'
import { Opens } from '../opens.client.tsx'
import { useActivityName } from '../procedure.client.ts'

type Row = components['schemas']['LogRework']['rows'][number]

/** The steps that cases did more than once. */
export function Rework({ log }: { readonly log: string }) {
  const { t, i18n } = useTranslation('analysis')
  const elapsed = useElapsed()
  const activityName = useActivityName(log)
  const { text } = useLogFilter()
  const rework = useGet('/api/logs/{id}/analysis/rework', { params: { path: { id: log }, query: { filter: text } } })
  const count = (key: 'extra' | 'direct' | 'back' | 'most'): LocalColumn<Row> => ({
    key,
    title: t(`rework.${key}`),
    right: true,
    cell: (row) => formatNumber(row[key], i18n.language),
    csv: (row) => row[key],
    sort: (row) => row[key],
  })
  const columns: readonly LocalColumn<Row>[] = [
    {
      key: 'step',
      title: t('graph.step'),
      cell: ({ activity }) => activityName(activity),
      csv: ({ activity }) => activity,
      sort: ({ activity }) => activity,
    },
    {
      key: 'cases',
      title: t('figure.cases'),
      right: true,
      cell: ({ activity, cases }) => <Opens log={log} cases={cases} where={{ repeats: [activity] }} />,
      csv: ({ cases }) => cases,
      sort: ({ cases }) => cases,
    },
    count('extra'),
    count('direct'),
    count('back'),
    count('most'),
    {
      key: 'loop',
      title: t('rework.loop'),
      right: true,
      cell: ({ loop }) => elapsed(loop?.median),
      csv: ({ loop }) => loop?.median ?? null,
      sort: ({ loop }) => loop?.median ?? null,
    },
  ]
  return (
    <div id="rework">
      <Card title={t('rework.title')} note={t('rework.note')} flush>
        <Shown query={rework}>
          {(body) => (
            <LocalTable
              name="rework"
              caption={t('rework.title')}
              columns={columns}
              rows={body.rows}
              rowKey={({ activity }) => activity}
              first={8}
              empty={t('rework.none')}
            />
          )}
        </Shown>
      </Card>
    </div>
  )
}
