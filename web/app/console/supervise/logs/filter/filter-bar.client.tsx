import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../../api/generated/schema.d.ts'
import { formatNumber } from '../../../../shared/format.ts'
import { useGet } from '../../../api.client.ts'
import { useOrganName } from '../../../list/organ-names.client.ts'
import { Shown } from '../../../ui/query.client.tsx'
import { type LogFilter, useLogFilter } from './filter.client.ts'
import { useFilterWords } from './filter-words.client.ts'
import { PathChoice } from './path-choice.client.tsx'
import { TimeChoice } from './time-choice.client.tsx'

type Facets = components['schemas']['LogFacets']
type Named = 'organ' | 'post' | 'officer' | 'region' | 'power'

/** Which cases a log's pages speak of: time, unit, item, path, outcome. It stands in the address, the same on every tab. */
export function LogFilterBar({ log }: { readonly log: string }) {
  const { t, i18n } = useTranslation('analysis')
  const { filter, text, set } = useLogFilter()
  const words = useFilterWords()
  const facets = useGet('/api/logs/{id}/analysis/facets', { params: { path: { id: log } } })
  const left = useGet('/api/logs/{id}/analysis/cases', {
    params: { path: { id: log }, query: { filter: text, limit: 1 } },
  })
  const parts = words(filter)
  // A log may be too large to be asked for what it can be filtered by: that is said once, and its pages go on.
  if (facets.isError) return <Shown query={facets}>{() => null}</Shown>
  if (!facets.data) return <div className="fl" aria-busy="true" />
  const number = (value: number) => formatNumber(value, i18n.language)
  return (
    <section className="fl lf" aria-label={t('filter.label')}>
      <Choice says={t('filter.what.time')} on={filter.time !== undefined}>
        <TimeChoice facets={facets.data} filter={filter} set={set} />
      </Choice>
      {(['organ', 'post', 'power', 'region', 'officer'] as const).map((key) => (
        <NameChoice key={key} name={key} facets={facets.data} filter={filter} set={set} />
      ))}
      <Choice says={t('filter.path')} on={hasPath(filter)}>
        <PathChoice activities={facets.data.activities.map(({ value }) => value)} filter={filter} set={set} />
      </Choice>
      <label className={filter.outcome ? 'x on' : 'x'}>
        {t('filter.what.outcome')}
        <select
          value={filter.outcome ?? ''}
          onChange={({ target }) => set({ ...filter, outcome: outcomes.find((one) => one === target.value) })}
        >
          <option value="">{t('filter.all')}</option>
          {outcomes.map((one) => (
            <option key={one} value={one}>
              {t(`filter.outcome.${one}`)}
            </option>
          ))}
        </select>
      </label>
      {facets.data.attributes.length > 0 && (
        <Choice says={t('filter.what.attribute')} on={filter.attribute !== undefined}>
          <AttributeChoice facets={facets.data} filter={filter} set={set} />
        </Choice>
      )}
      {parts.map(({ key, what, says, without }) => (
        <button type="button" className="x on" key={key} onClick={() => set(without)}>
          {what} <b>{says}</b> <span aria-hidden="true">×</span>
          <span className="vh">{t('filter.remove')}</span>
        </button>
      ))}
      {parts.length > 1 && (
        <button type="button" className="link" onClick={() => set({})}>
          {t('filter.clear')}
        </button>
      )}
      <span className="of" role="status">
        {left.data &&
          (parts.length === 0
            ? t('filter.whole', { count: left.data.allCases, shown: number(left.data.allCases) })
            : t('filter.left', {
                count: left.data.cases,
                shown: number(left.data.cases),
                all: number(left.data.allCases),
              }))}
      </span>
    </section>
  )
}

const outcomes = ['ended', 'open'] as const

const hasPath = ({ contains, lacks, startsWith, endsWith, follows, variant, repeats }: LogFilter): boolean =>
  [contains, lacks, startsWith, endsWith, follows, variant, repeats].some((part) => part !== undefined)

/** A chip that opens its choices; Escape and a press elsewhere close it. */
function Choice({ says, on, children }: { readonly says: string; readonly on: boolean; readonly children: ReactNode }) {
  const place = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const close = (event: Event) => {
      const own = place.current
      if (!own?.open) return
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return
        own.querySelector('summary')?.focus()
      } else if (own.contains(event.target as Node)) return
      own.open = false
    }
    document.addEventListener('pointerdown', close)
    document.addEventListener('keydown', close)
    return () => {
      document.removeEventListener('pointerdown', close)
      document.removeEventListener('keydown', close)
    }
  }, [])
  return (
    <details ref={place} className="choice">
      <summary className={on ? 'x on' : 'x'}>{says}</summary>
      <div className="choices">{children}</div>
    </details>
  )
}

/** One of the names that the log knows; none is offered where it knows fewer than two. */
function NameChoice({
  name,
  facets,
  filter,
  set,
}: {
  readonly name: Named
  readonly facets: Facets
  readonly filter: LogFilter
  readonly set: (filter: LogFilter) => void
}) {
  const { t } = useTranslation('analysis')
  const organ = useOrganName()
  const known = facets[name]
  if (known.length < 2) return null
  const chosen = filter[name]
  return (
    <label className={chosen ? 'x on' : 'x'}>
      {t(`filter.what.${name}`)}
      <select
        value={chosen?.length === 1 ? chosen[0] : ''}
        onChange={({ target }) => set({ ...filter, [name]: target.value === '' ? undefined : [target.value] })}
      >
        <option value="">{t('filter.all')}</option>
        {known.map(({ value, cases }) => (
          <option key={value} value={value}>
            {name === 'organ' ? organ(value) : value} ({cases})
          </option>
        ))}
      </select>
    </label>
  )
}

/** A value of one of the case's own attributes. */
function AttributeChoice({
  facets,
  filter,
  set,
}: {
  readonly facets: Facets
  readonly filter: LogFilter
  readonly set: (filter: LogFilter) => void
}) {
  const { t } = useTranslation('analysis')
  const chosen = (key: string) => filter.attribute?.find((one) => one.key === key)?.values[0] ?? ''
  const choose = (key: string, value: string) => {
    const others = (filter.attribute ?? []).filter((one) => one.key !== key)
    const attribute = value === '' ? others : [...others, { key, values: [value] }]
    set({ ...filter, attribute: attribute.length === 0 ? undefined : attribute })
  }
  return facets.attributes.map(({ key, values }) => (
    <label key={key} className="line">
      {key}
      <select className="ip" value={chosen(key)} onChange={({ target }) => choose(key, target.value)}>
        <option value="">{t('filter.all')}</option>
        {values.map(({ value, cases }) => (
          <option key={value} value={value}>
            {value} ({cases})
          </option>
        ))}
      </select>
    </label>
  ))
}
