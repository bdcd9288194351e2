import { useTranslation } from 'react-i18next'
import type { components } from '../../../../api/generated/schema.d.ts'
import type { LogFilter } from './filter.client.ts'

const ways = ['starts', 'ends', 'touches', 'within'] as const

/** Days between which a case begins, ends, was under way, or lies whole; and how long it took. */
export function TimeChoice({
  facets,
  filter,
  set,
}: {
  readonly facets: components['schemas']['LogFacets']
  readonly filter: LogFilter
  readonly set: (filter: LogFilter) => void
}) {
  const { t } = useTranslation('analysis')
  const time = filter.time ?? { how: 'starts' as const }
  const put = (next: NonNullable<LogFilter['time']>) =>
    set({ ...filter, time: next.from === undefined && next.to === undefined ? undefined : next })
  const days = (value: number | undefined) => (value === undefined ? '' : String(value / 86_400))
  const putDuration = (part: 'least' | 'most', text: string) => {
    const next = { ...filter.duration, [part]: text === '' ? undefined : Number(text) * 86_400 }
    set({ ...filter, duration: next.least === undefined && next.most === undefined ? undefined : next })
  }
  return (
    <>
      <label className="line">
        {t('filter.how-title')}
        <select
          className="ip"
          value={time.how}
          onChange={({ target }) => put({ ...time, how: ways.find((way) => way === target.value) ?? 'starts' })}
        >
          {ways.map((way) => (
            <option key={way} value={way}>
              {t(`filter.how.${way}`)}
            </option>
          ))}
        </select>
      </label>
      {(['from', 'to'] as const).map((end) => (
        <label className="line" key={end}>
          {t(`filter.${end}`)}
          <input
            type="date"
            className="ip"
            value={time[end] ?? ''}
            min={facets.firstOn ?? undefined}
            max={facets.lastOn ?? undefined}
            onChange={({ target }) => put({ ...time, [end]: target.value === '' ? undefined : target.value })}
          />
        </label>
      ))}
      {(['least', 'most'] as const).map((end) => (
        <label className="line" key={end}>
          {t(`filter.${end}`)}
          <input
            type="number"
            min="0"
            step="any"
            className="ip"
            value={days(filter.duration?.[end])}
            onChange={({ target }) => putDuration(end, target.value)}
          />
        </label>
      ))}
      <p className="sm">{t('filter.zone', { zone: facets.zone })}</p>
    </>
  )
}
