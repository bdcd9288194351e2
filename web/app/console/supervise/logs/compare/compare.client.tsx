import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import type { components } from '../../../../api/generated/schema.d.ts'
import { formatNumber } from '../../../../shared/format.ts'
import { ScrollPart } from '../../../../shared/scroll.tsx'
import { useGet } from '../../../api.client.ts'
import { useElapsed } from '../../../ui/elapsed.client.ts'
import { Card, Count, Empty } from '../../../ui/page.client.tsx'
import { Shown } from '../../../ui/query.client.tsx'
import { filterText, type LogFilter, readFilter, useLogFilter, withFilter } from '../filter/filter.client.ts'
import { narrow } from '../filter/narrow.ts'
import { LogFrame } from '../frame.client.tsx'
import { useJudgedBy } from '../procedure.client.ts'
import { Choose } from './choose.client.tsx'
import { Differences } from './differences.client.tsx'
import { useSides } from './sides.client.ts'

type LogDetail = components['schemas']['LogDetail']
type Comparison = components['schemas']['LogComparison']

/** Two periods or two units of a log side by side: what differs, what matters first, and how sure it is. */
export function CompareView() {
  const { id = '' } = useParams()
  const log = useGet('/api/logs/{id}', { params: { path: { id } } })
  const facets = useGet('/api/logs/{id}/analysis/facets', { params: { path: { id } } })
  return (
    <Shown query={log}>
      {(detail) => <Shown query={facets}>{(known) => <ComparePage log={detail} facets={known} />}</Shown>}
    </Shown>
  )
}

function ComparePage({
  log,
  facets,
}: {
  readonly log: LogDetail
  readonly facets: components['schemas']['LogFacets']
}) {
  const { t } = useTranslation('analysis')
  const [params, setParams] = useSearchParams()
  const { filter } = useLogFilter()
  const sides = useSides(facets)
  const { procedure } = useJudgedBy(log)
  const a = params.has('a') ? readFilter(params.get('a')) : sides.first.a
  const b = params.has('b') ? readFilter(params.get('b')) : sides.first.b
  const [wholeA, wholeB] = [narrow(filter, a), narrow(filter, b)]
  const asked = wholeA !== null && wholeB !== null
  const compared = useGet(
    '/api/logs/{id}/analysis/compare',
    {
      params: {
        path: { id: log.id },
        query: { a: filterText(wholeA ?? {}), b: filterText(wholeB ?? {}), procedure },
      },
    },
    { enabled: asked },
  )
  const choose = (next: { readonly a: LogFilter; readonly b: LogFilter }) => {
    const query = new URLSearchParams(params)
    query.set('a', JSON.stringify(next.a))
    query.set('b', JSON.stringify(next.b))
    setParams(query)
  }
  const sure = compared.data?.differences.filter((one) => one.sure === 'sure').length
  return (
    <LogFrame
      log={log}
      tab="compare"
      title={
        sure === undefined ? t('tab.compare') : t('compare.title', { count: sure, a: sides.says(a), b: sides.says(b) })
      }
    >
      <div className="stack">
        <Choose facets={facets} sides={sides} a={a} b={b} choose={choose} />
        {asked ? (
          <Shown query={compared}>
            {(body) => (
              <>
                <Both log={log.id} body={body} a={sides.says(a)} b={sides.says(b)} />
                <Differences log={log.id} body={body} a={sides.says(a)} b={sides.says(b)} />
              </>
            )}
          </Shown>
        ) : (
          <Empty says={t('compare.nothing-left')} />
        )}
      </div>
    </LogFrame>
  )
}

/** The two sides in their key figures. */
function Both({
  log,
  body,
  a,
  b,
}: {
  readonly log: string
  readonly body: Comparison
  readonly a: string
  readonly b: string
}) {
  const { t, i18n } = useTranslation('analysis')
  const elapsed = useElapsed()
  const number = (value: number) => formatNumber(value, i18n.language)
  const cases = ({ cases, filter }: Comparison['a']) => (
    <Count value={cases} to={withFilter(`/console/supervise/logs/${log}/cases`, filter ?? {})} />
  )
  const rows = [
    [t('figure.cases'), cases(body.a), cases(body.b)],
    [t('figure.events'), number(body.a.events), number(body.b.events)],
    [t('figure.median'), elapsed(body.a.duration?.median), elapsed(body.b.duration?.median)],
    [t('figure.p90'), elapsed(body.a.duration?.p90), elapsed(body.b.duration?.p90)],
  ] as const
  return (
    <Card title={t('compare.both')} flush>
      <ScrollPart label={t('compare.both')}>
        <table>
          <caption className="vh">{t('compare.both')}</caption>
          <thead>
            <tr>
              <td />
              <th scope="col" className="r">
                {t('compare.a')} {a}
              </th>
              <th scope="col" className="r">
                {t('compare.b')} {b}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([says, left, right]) => (
              <tr key={says}>
                <th scope="row">{says}</th>
                <td className="r">{left}</td>
                <td className="r">{right}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPart>
    </Card>
  )
}
