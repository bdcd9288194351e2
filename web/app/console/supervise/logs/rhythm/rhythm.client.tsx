import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import type { components } from '../../../../api/generated/schema.d.ts'
import { formatNumber } from '../../../../shared/format.ts'
import { useGet } from '../../../api.client.ts'
import { useOrganName } from '../../../list/organ-names.client.ts'
import { HeatTable } from '../../../ui/chart/heat.client.tsx'
import { Card } from '../../../ui/page.client.tsx'
import { Shown } from '../../../ui/query.client.tsx'
import { useLogFilter } from '../filter/filter.client.ts'
import { LogFrame } from '../frame.client.tsx'
import { Handovers } from './handovers.client.tsx'
import { Throughput } from './throughput.client.tsx'
import { hoursShown, sum, WeekCard } from './week.client.tsx'

type LogDetail = components['schemas']['LogDetail']
type Rhythm = components['schemas']['LogRhythm']

export const parties = ['organ', 'post', 'officer'] as const
export type Party = (typeof parties)[number]

/** Who and when: events by weekday and hour, by unit; what each carries; who hands over to whom. */
export function RhythmView() {
  const { id = '' } = useParams()
  const log = useGet('/api/logs/{id}', { params: { path: { id } } })
  return <Shown query={log}>{(detail) => <RhythmPage log={detail} />}</Shown>
}

function RhythmPage({ log }: { readonly log: LogDetail }) {
  const { t, i18n } = useTranslation('analysis')
  const [params, setParams] = useSearchParams()
  const { text } = useLogFilter()
  const by = parties.find((known) => known === params.get('by')) ?? 'organ'
  const rhythm = useGet('/api/logs/{id}/analysis/rhythm', {
    params: { path: { id: log.id }, query: { filter: text, by } },
  })
  const choose = (party: Party) => {
    const query = new URLSearchParams(params)
    query.set('by', party)
    setParams(query)
  }
  const busiest = rhythm.data && busiestHour(rhythm.data.hours)
  const title = busiest
    ? t('rhythm.title', {
        weekday: t(`weekday.${busiest.weekday}`),
        hour: busiest.hour,
        count: busiest.events,
        shown: formatNumber(busiest.events, i18n.language),
      })
    : t('tab.rhythm')
  return (
    <LogFrame
      log={log}
      title={title}
      tab="rhythm"
      under={<span>{t('rhythm.masked')}</span>}
      actions={
        <span className="seg">
          {parties.map((party) => (
            <button key={party} type="button" aria-pressed={party === by} onClick={() => choose(party)}>
              {t(`filter.what.${party}`)}
            </button>
          ))}
        </span>
      }
    >
      <div className="stack">
        <Shown query={rhythm}>
          {(body) => (
            <>
              <WeekCard log={log.id} body={body} />
              <GroupCard body={body} by={by} />
            </>
          )}
        </Shown>
        <Throughput log={log.id} by={by} />
        <Handovers log={log.id} by={by} />
      </div>
    </LogFrame>
  )
}

/** The hour of the week with most events. */
function busiestHour(hours: Rhythm['hours']) {
  let best = { weekday: 1, hour: 0, events: 0 }
  hours.forEach((day, weekday) => {
    day.forEach((events, hour) => {
      if (events > best.events) best = { weekday: weekday + 1, hour, events }
    })
  })
  return best.events === 0 ? null : best
}

/** The same by unit, post or officer's mark, over all days of the week. */
function GroupCard({ body, by }: { readonly body: Rhythm; readonly by: Party }) {
  const { t } = useTranslation('analysis')
  const organ = useOrganName()
  if (!body.known) return <Card title={t(`rhythm.by.${by}`)}>{t('rhythm.unknown')}</Card>
  const hours = hoursShown(body.groups.map((group) => group.hours))
  const groups = body.groups.slice(0, 25)
  const weeks = new Map(groups.map((group) => [group.key, group.hours]))
  const value = (key: string, hour: string) => sum((weeks.get(key) ?? []).map((day) => day[Number(hour)] ?? 0))
  return (
    <Card
      title={t(`rhythm.by.${by}`)}
      note={t('rhythm.by-note', { shown: groups.length, all: body.groups.length })}
      flush
      foot={t('rhythm.posts-only')}
    >
      <HeatTable
        caption={t(`rhythm.by.${by}`)}
        corner={t(`filter.what.${by}`)}
        rows={groups.map(({ key }) => ({ key, says: by === 'organ' ? organ(key) : key }))}
        columns={hours.map((hour) => ({ key: String(hour), says: hour }))}
        value={value}
        total={t('rhythm.sum')}
      />
    </Card>
  )
}
