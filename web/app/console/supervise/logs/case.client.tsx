import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { components } from '../../../api/generated/schema.d.ts'
import { useDayCount } from '../../../shared/days.ts'
import { Clock } from '../../../shared/diagram/clock.tsx'
import { activityNames } from '../../../shared/diagram/names.ts'
import { formatDate, formatInstant, inLanguage } from '../../../shared/format.ts'
import { Chip, State } from '../../../shared/marks.tsx'
import { ScrollPart } from '../../../shared/scroll.tsx'
import { useGet } from '../../api.client.ts'
import { useOrganName } from '../../list/organ-names.client.ts'
import { FindingLines } from '../../remedy/finding-lines.client.tsx'
import { Card, Empty, Four, Page } from '../../ui/page.client.tsx'
import { Shown } from '../../ui/query.client.tsx'
import { CasePath } from './case-path.client.tsx'

type Case = components['schemas']['LogCaseDetail']
type Log = components['schemas']['LogDetail']

/** A case of a log: its path on the procedure, its clock, its doubts, and every step as it was logged. */
export function CaseView() {
  const { id = '', caseId = '' } = useParams()
  const log = useGet('/api/logs/{id}', { params: { path: { id } } })
  const procedure = log.data?.conformance[0]?.procedure
  const found = useGet(
    '/api/logs/{id}/cases/{caseId}',
    { params: { path: { id, caseId }, query: { procedure } } },
    { enabled: log.data !== undefined },
  )
  return (
    <Shown query={log}>{(detail) => <Shown query={found}>{(one) => <CasePage log={detail} one={one} />}</Shown>}</Shown>
  )
}

function CasePage({ log, one }: { readonly log: Log; readonly one: Case }) {
  const { t } = useTranslation('console')
  const zone = log.imports[0]?.zone
  const procedure = one.procedure ?? log.conformance[0]?.procedure ?? null
  const findings = useGet('/api/findings', { params: { query: { log: log.id, case: one.id, limit: 100 } } })
  const clock = useGet('/api/logs/{id}/cases/{caseId}/clock', { params: { path: { id: log.id, caseId: one.id } } })
  const doubts = findings.data?.total ?? 0
  const drawn = clock.data?.clock
  const late = drawn?.limits.findLast((limit) => limit.late)
  const title = t(doubts > 0 ? 'case.title-doubts' : 'case.title', { id: one.id, count: doubts })
  return (
    <Page
      title={title}
      crumbs={[
        { says: t('nav.logs'), to: '/console/supervise/logs' },
        { says: log.name, to: `/console/supervise/logs/${log.id}` },
        { says: t('log.cases'), to: `/console/supervise/logs/${log.id}/cases` },
        { says: one.id },
      ]}
      under={
        <>
          {late && <Chip tone={late.which === 'statutory' ? 'red' : 'yellow'}>{t(`case.late-${late.which}`)}</Chip>}
          {one.unfinished && <Chip tone="prompt">{t('case.open')}</Chip>}
          {one.power && <Link to={`/console/list/powers/${encodeURIComponent(one.power)}`}>{t('case.power')}</Link>}
          <span>{t('case.events', { count: one.events })}</span>
        </>
      }
    >
      <Four
        sentences={[
          [
            t('case.four-when'),
            `${one.startedAt ? formatInstant(one.startedAt, zone) : t('common:none')} – ${one.unfinished ? t('case.open') : one.endedAt ? formatInstant(one.endedAt, zone) : t('common:none')}`,
          ],
          [t('case.four-way'), <Way key="way" one={one} />],
          [
            t('case.four-doubts'),
            findings.data === undefined
              ? '…'
              : doubts === 0
                ? t('case.no-doubts')
                : t('case.doubts', { count: doubts }),
          ],
          [t('case.four-next'), t(doubts > 0 ? 'case.next-verify' : 'case.next-nothing')],
        ]}
      />
      <div className="stack">
        <CasePath one={one} procedure={procedure} zone={zone} />
        <Card title={t('clock.title')} note={drawn && <ClockWords clock={drawn} />}>
          <Shown query={clock}>{(body) => <ClockBody body={body} />}</Shown>
        </Card>
        <div className="row main">
          <Timeline one={one} zone={zone} procedure={procedure} />
          <div className="stack">
            <Card title={t('case.four-doubts')} flush>
              <Shown query={findings}>
                {({ rows }) =>
                  rows.length === 0 ? (
                    <Empty says={t('case.no-doubts')} next={t('case.no-doubts-next')} />
                  ) : (
                    <FindingLines rows={rows} />
                  )
                }
              </Shown>
            </Card>
            <Attributes one={one} />
          </div>
        </div>
      </div>
    </Page>
  )
}

function Way({ one }: { readonly one: Case }) {
  const { t } = useTranslation('console')
  if (!one.judged) return <State tone="none">{t('case.not-judged')}</State>
  if (one.fits === null) return <State tone="none">{t('log.unsolved')}</State>
  if (one.fits) return <State tone="ok">{t('case.kept')}</State>
  return <State tone="yellow">{t('case.left', { count: one.deviations.length })}</State>
}

type ClockData = components['schemas']['CaseClock']
type Drawn = NonNullable<ClockData['clock']>

function ClockWords({ clock }: { readonly clock: Drawn }) {
  const { t, i18n } = useTranslation('console')
  const days = useDayCount()
  return (
    <>
      {t('clock.used', { days: days({ value: clock.used, unit: clock.unit }) })}
      {clock.paused > 0 && ` · ${t('clock.paused', { days: days({ value: clock.paused, unit: clock.unit }) })}`}
      {clock.limits.map((limit) => (
        <span key={limit.which}>
          {' '}
          · {t(`clock.${limit.which}`)}{' '}
          {limit.value !== null && limit.unit ? days({ value: limit.value, unit: limit.unit }) : t('clock.recorded')}{' '}
          {t('clock.until', { date: formatDate(limit.lastOn, i18n.language) })}
        </span>
      ))}
    </>
  )
}

function ClockBody({ body }: { readonly body: ClockData }) {
  const { t, i18n } = useTranslation('console')
  const days = useDayCount()
  const { clock, lacks } = body
  if (!clock) {
    return <Empty says={t('clock.cannot', { lacks: lacks ? inLanguage(lacks.says, i18n.language) : '' })} />
  }
  const late = clock.limits.findLast((limit) => limit.late)
  const says = t('clock.says', {
    start: clock.startedOn,
    used: days({ value: clock.used, unit: clock.unit }),
    paused: days({ value: clock.paused, unit: clock.unit }),
    through: clock.throughOn,
  })
  return (
    <>
      {clock.days.length > 0 && (
        <ScrollPart label={t('clock.title')}>
          <Clock
            days={clock.days}
            through={clock.throughOn}
            says={says}
            flags={clock.limits.map((limit) => ({
              date: limit.lastOn,
              kind: limit.which,
              says: `${t(`clock.${limit.which}`)} ${limit.value ?? ''}`.trim(),
            }))}
          />
        </ScrollPart>
      )}
      <p className="sm">
        {says} {t(clock.unit === 'working-day' ? 'clock.cells-working' : 'clock.cells-calendar')}
      </p>
      {late && (
        <p>
          <State tone={late.which === 'statutory' ? 'red' : 'yellow'}>{t(`case.late-${late.which}`)}</State>
        </p>
      )}
    </>
  )
}

/** Every step as it was logged, in its order. */
function Timeline({
  one,
  zone,
  procedure,
}: {
  readonly one: Case
  readonly zone: string | undefined
  readonly procedure: string | null
}) {
  const { t, i18n } = useTranslation('console')
  const drawn = useGet(
    '/api/procedures/{procedure}',
    { params: { path: { procedure: procedure ?? '' } } },
    { enabled: procedure !== null },
  )
  const nameOf = activityNames(i18n.language, [
    ...(drawn.data?.inOrder ?? []),
    ...(drawn.data?.caseActs ?? []).map((act) => ({ ...act, element: '' })),
  ])
  const organName = useOrganName()
  const extra = new Set(one.path.filter((move) => move.kind === 'log').map((move) => move.event))
  return (
    <Card title={t('timeline.title')} note={t('timeline.note', { zone: zone ?? '' })}>
      <ol className="tl">
        {one.timeline.map((event, index) => (
          <li key={`${event.row}-${event.activity}`}>
            <b>{nameOf(event.activity)}</b> {extra.has(index) && <State tone="yellow">{t('timeline.outside')}</State>}
            <br />
            <time dateTime={event.happenedAt ?? undefined}>
              {event.happenedAt ? formatInstant(event.happenedAt, zone) : t('timeline.no-time')}
            </time>{' '}
            <span className="sm">
              {[
                event.organ && organName(event.organ),
                event.officer && t('timeline.officer', { officer: event.officer }),
              ]
                .filter(Boolean)
                .join(' · ')}{' '}
              {t('state.row', { row: event.row })}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  )
}

const shownElsewhere: ReadonlySet<string> = new Set(['power', 'region', 'start', 'end'])

/** What the source says of the case beside its steps. */
function Attributes({ one }: { readonly one: Case }) {
  const { t } = useTranslation('console')
  const entries = Object.entries(one.attributes).filter(([name]) => !shownElsewhere.has(name))
  if (entries.length === 0) return null
  return (
    <Card title={t('case.attributes')}>
      <dl className="kv">
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
