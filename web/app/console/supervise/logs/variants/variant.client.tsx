import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { components } from '../../../../api/generated/schema.d.ts'
import { Flow } from '../../../../shared/diagram/flow.tsx'
import { fold } from '../../../../shared/diagram/fold.ts'
import { namedIn } from '../../../../shared/diagram/names.ts'
import { paintOf } from '../../../../shared/diagram/paint.ts'
import { formatInstant, formatNumber, formatShare } from '../../../../shared/format.ts'
import { ScrollPart } from '../../../../shared/scroll.tsx'
import { useGet } from '../../../api.client.ts'
import { useElapsed } from '../../../ui/elapsed.client.ts'
import { Card, Empty, Four } from '../../../ui/page.client.tsx'
import { Shown } from '../../../ui/query.client.tsx'
import { useLogFilter, withFilter } from '../filter/filter.client.ts'
import { narrow } from '../filter/narrow.ts'
import { LogFrame } from '../frame.client.tsx'
import { Opens } from '../opens.client.tsx'
import { useJudgedBy } from '../procedure.client.ts'
import { type Judged, useJudged } from './judged.client.ts'
import { Way, WayDeviations, WayState } from './way.client.tsx'

type LogDetail = components['schemas']['LogDetail']

/** One way that cases went: its steps, how it keeps to the procedure, and its cases. */
export function VariantView() {
  const { id = '', variant = '' } = useParams()
  const log = useGet('/api/logs/{id}', { params: { path: { id } } })
  const { filter } = useLogFilter()
  const own = narrow(filter, { variant: [variant] }) ?? { variant: [variant] }
  const found = useGet('/api/logs/{id}/analysis/variants', {
    params: { path: { id }, query: { filter: JSON.stringify(own), limit: 1 } },
  })
  return (
    <Shown query={log}>
      {(detail) => <Shown query={found}>{(body) => <VariantPage log={detail} name={variant} body={body} />}</Shown>}
    </Shown>
  )
}

function VariantPage({
  log,
  name,
  body,
}: {
  readonly log: LogDetail
  readonly name: string
  readonly body: components['schemas']['LogVariants']
}) {
  const { t, i18n } = useTranslation('analysis')
  const elapsed = useElapsed()
  const judgedBy = useJudgedBy(log)
  const judged = useJudged(log.id, judgedBy.procedure, [name]).get(name)
  const { filter } = useLogFilter()
  const [row] = body.rows
  if (!row) {
    return (
      <LogFrame log={log} title={t('variant.none')} tab="variants">
        <Empty
          says={t('variant.none')}
          next={<Link to={`/console/supervise/logs/${log.id}/variants`}>{t('variant.all')}</Link>}
        />
      </LogFrame>
    )
  }
  const number = (value: number) => formatNumber(value, i18n.language)
  return (
    <LogFrame
      log={log}
      tab="variants"
      title={t('variant.title', { count: row.cases, shown: number(row.cases), steps: row.activities.length })}
      under={<Link to={withFilter(`/console/supervise/logs/${log.id}/variants`, filter)}>{t('variant.all')}</Link>}
    >
      <Four
        sentences={[
          [
            t('variant.four-cases'),
            <>
              <Opens log={log.id} cases={row.cases} where={{ variant: [name] }} /> {t('unit.cases')}{' '}
              {formatShare(row.cases, body.allCases)}
            </>,
          ],
          [
            t('variant.four-time'),
            t('variant.four-time-says', { median: elapsed(row.duration?.median), p90: elapsed(row.duration?.p90) }),
          ],
          [t('variant.four-way'), <WayState key="way" judged={judged} />],
          [
            t('variant.four-basis'),
            judgedBy.procedure === undefined ? (
              t('variants.not-judged')
            ) : (
              <Link to={`/console/list/procedures/${judgedBy.procedure}`}>{t('variant.procedure')}</Link>
            ),
          ],
        ]}
      />
      <div className="stack">
        <Card title={t('variant.way')} note={t('variants.foot')}>
          <Way activities={row.activities} judged={judged} names={judgedBy} />
          {judged && <WayDeviations judged={judged} />}
        </Card>
        {judged && judged.path.length > 0 && judgedBy.page && (
          <OnDiagram judged={judged} judgedBy={judgedBy} activities={row.activities} />
        )}
        <VariantCases log={log} name={name} total={row.cases} />
      </div>
    </LogFrame>
  )
}

/** The way on the procedure's own drawing. */
function OnDiagram({
  judged,
  judgedBy,
  activities,
}: {
  readonly judged: Judged
  readonly judgedBy: ReturnType<typeof useJudgedBy>
  readonly activities: readonly string[]
}) {
  const { t, i18n } = useTranslation('analysis')
  if (!judgedBy.page) return null
  const { diagram, inOrder } = judgedBy.page
  const deviations = judged.deviations as unknown as Parameters<typeof paintOf>[2]
  const told = (event: number) => ({ activity: activities[event] ?? '', note: t('variant.nth', { count: event + 1 }) })
  const paint = paintOf(diagram, judged.path, deviations, told, judged.unfinished)
  const shown = fold(diagram, new Set(Object.keys(paint.nodes)))
  return (
    <Card title={t('variant.on-diagram')} note={t('console:path.note')}>
      <ScrollPart label={t('variant.on-diagram')}>
        <Flow
          diagram={namedIn(i18n.language, shown, inOrder)}
          says={t('console:path.says', { count: judged.deviations.length })}
          paint={paint}
        />
      </ScrollPart>
    </Card>
  )
}

const first = 20

/** The cases that went this way, the longest first. */
function VariantCases({
  log,
  name,
  total,
}: {
  readonly log: LogDetail
  readonly name: string
  readonly total: number
}) {
  const { t } = useTranslation('analysis')
  const elapsed = useElapsed()
  const { filter } = useLogFilter()
  const own = narrow(filter, { variant: [name] }) ?? { variant: [name] }
  const zone = log.imports[0]?.zone
  const cases = useGet('/api/logs/{id}/analysis/cases', {
    params: { path: { id: log.id }, query: { filter: JSON.stringify(own), order: 'longest', limit: first } },
  })
  return (
    <Card
      title={t('variant.cases')}
      note={t('variant.cases-note')}
      flush
      foot={
        <Link to={withFilter(`/console/supervise/logs/${log.id}/cases`, own)}>
          {t('variant.cases-all', { count: total })}
        </Link>
      }
    >
      <Shown query={cases}>
        {({ rows }) => (
          <ScrollPart label={t('variant.cases')}>
            <table>
              <caption className="vh">{t('variant.cases')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('console:case.id')}</th>
                  <th scope="col">{t('console:case.started')}</th>
                  <th scope="col">{t('console:case.ended')}</th>
                  <th scope="col" className="r">
                    {t('cases.elapsed')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((one) => (
                  <tr key={one.id}>
                    <td>
                      <Link to={`/console/supervise/logs/${log.id}/cases/${encodeURIComponent(one.id)}`}>{one.id}</Link>
                    </td>
                    <td>{one.startedAt ? formatInstant(one.startedAt, zone) : t('common:none')}</td>
                    <td>
                      {one.open
                        ? t('console:case.open')
                        : one.endedAt
                          ? formatInstant(one.endedAt, zone)
                          : t('common:none')}
                    </td>
                    <td className="r">{elapsed(one.seconds)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollPart>
        )}
      </Shown>
    </Card>
  )
}
