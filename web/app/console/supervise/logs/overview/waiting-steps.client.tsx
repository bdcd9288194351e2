import { useTranslation } from 'react-i18next'
import type { components } from '../../../../api/generated/schema.d.ts'
import { ScrollPart } from '../../../../shared/scroll.tsx'
import { useGet } from '../../../api.client.ts'
import { BarOf } from '../../../ui/chart/bar.client.tsx'
import { useElapsed } from '../../../ui/elapsed.client.ts'
import { Card, Empty } from '../../../ui/page.client.tsx'
import { Shown } from '../../../ui/query.client.tsx'
import { useLogFilter } from '../filter/filter.client.ts'
import { Opens } from '../opens.client.tsx'
import { useActivityName } from '../procedure.client.ts'

type Throughput = components['schemas']['LogThroughput']

/** The steps that cases wait for longest, by all their waiting together. */
export function WaitingSteps({ log }: { readonly log: string }) {
  const { t } = useTranslation('analysis')
  const { text } = useLogFilter()
  const steps = useGet('/api/logs/{id}/analysis/throughput', {
    params: { path: { id: log }, query: { filter: text, by: 'step' } },
  })
  return (
    <Card title={t('waiting.title')} note={t('waiting.note')} flush>
      <Shown query={steps}>{(body) => <Rows log={log} body={body} />}</Shown>
    </Card>
  )
}

function Rows({ log, body }: { readonly log: string; readonly body: Throughput }) {
  const { t } = useTranslation('analysis')
  const elapsed = useElapsed()
  const activityName = useActivityName(log)
  const rows = body.rows
    .filter(({ waiting }) => waiting !== null && waiting.sum > 0)
    .toSorted((a, b) => (b.waiting?.sum ?? 0) - (a.waiting?.sum ?? 0))
    .slice(0, 8)
  const most = rows[0]?.waiting?.sum ?? 0
  if (rows.length === 0) return <Empty says={t('waiting.none')} />
  return (
    <ScrollPart label={t('waiting.title')}>
      <table className="bars">
        <caption className="vh">{t('waiting.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('graph.step')}</th>
            <th scope="col" className="r">
              {t('figure.cases')}
            </th>
            <th scope="col" className="r">
              {t('figure.median')}
            </th>
            <th scope="col" className="r">
              {t('figure.p90')}
            </th>
            <th scope="col">{t('waiting.sum')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cases, waiting }) => (
            <tr key={key}>
              <td>{key === null ? t('common:none') : activityName(key)}</td>
              <td className="r">
                {key === null ? cases : <Opens log={log} cases={cases} where={{ contains: [key] }} />}
              </td>
              <td className="r">{elapsed(waiting?.median)}</td>
              <td className="r">{elapsed(waiting?.p90)}</td>
              <td className="nw">
                <BarOf value={waiting?.sum ?? 0} most={most} width={60} /> {elapsed(waiting?.sum)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollPart>
  )
}
