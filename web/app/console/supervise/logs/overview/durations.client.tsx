import { useTranslation } from 'react-i18next'
import type { components } from '../../../../api/generated/schema.d.ts'
import { formatShare } from '../../../../shared/format.ts'
import { ScrollPart } from '../../../../shared/scroll.tsx'
import { BarOf } from '../../../ui/chart/bar.client.tsx'
import { useElapsed } from '../../../ui/elapsed.client.ts'
import { Card, Empty } from '../../../ui/page.client.tsx'
import { Opens } from '../opens.client.tsx'

/** How long cases took, from their first event to their last: each row opens its cases. */
export function DurationChart({
  log,
  overview,
}: {
  readonly log: string
  readonly overview: components['schemas']['LogOverview']
}) {
  const { t } = useTranslation('analysis')
  const elapsed = useElapsed()
  const { histogram, duration } = overview
  const most = Math.max(0, ...histogram.map(({ cases }) => cases))
  return (
    <Card
      title={t('duration.title')}
      note={t('duration.note')}
      flush
      foot={
        duration &&
        t('duration.foot', {
          median: elapsed(duration.median),
          p90: elapsed(duration.p90),
          max: elapsed(duration.max),
        })
      }
    >
      {histogram.length === 0 ? (
        <Empty says={t('duration.none')} />
      ) : (
        <ScrollPart label={t('duration.title')}>
          <table className="bars">
            <caption className="vh">{t('duration.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('duration.between')}</th>
                <th scope="col" className="r">
                  {t('figure.cases')}
                </th>
                <th scope="col">{t('duration.share')}</th>
              </tr>
            </thead>
            <tbody>
              {histogram.map(({ from, to, cases }) => (
                <tr key={from}>
                  <td>
                    {elapsed(from)} – {elapsed(to)}
                  </td>
                  <td className="r">
                    <Opens log={log} cases={cases} where={{ duration: { least: from, most: below(to) } }} />
                  </td>
                  <td className="nw">
                    <BarOf value={cases} most={most} /> {formatShare(cases, overview.cases)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollPart>
      )}
    </Card>
  )
}

/** Stretches are open at their upper end, filters include it: a millisecond less is the same for times in milliseconds. */
const below = (seconds: number): number => Math.round(seconds * 1000 - 1) / 1000
