import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogFilter } from './filter.client.ts'

const single = ['contains', 'lacks', 'startsWith', 'endsWith', 'repeats'] as const

/** Steps that a case must have, must not have, or must have in an order. */
export function PathChoice({
  activities,
  filter,
  set,
}: {
  readonly activities: readonly string[]
  readonly filter: LogFilter
  readonly set: (filter: LogFilter) => void
}) {
  const { t } = useTranslation('analysis')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const steps = activities.toSorted((a, b) => a.localeCompare(b))
  const add = (how: 'directly' | 'eventually') => {
    set({ ...filter, follows: [...(filter.follows ?? []), { from, to, how }] })
    setFrom('')
    setTo('')
  }
  const options = (
    <>
      <option value="">{t('filter.choose')}</option>
      {steps.map((step) => (
        <option key={step} value={step}>
          {step}
        </option>
      ))}
    </>
  )
  return (
    <>
      {single.map((key) => (
        <label className="line" key={key}>
          {t(`filter.what.${key}`)}
          <select
            className="ip"
            value=""
            onChange={({ target }) => set({ ...filter, [key]: [...(filter[key] ?? []), target.value] })}
          >
            {options}
          </select>
        </label>
      ))}
      <fieldset>
        <legend>{t('filter.what.follows')}</legend>
        <label className="line">
          {t('filter.first')}
          <select className="ip" value={from} onChange={({ target }) => setFrom(target.value)}>
            {options}
          </select>
        </label>
        <label className="line">
          {t('filter.then')}
          <select className="ip" value={to} onChange={({ target }) => setTo(target.value)}>
            {options}
          </select>
        </label>
        {from !== '' && to !== '' && (
          <p className="acts">
            <button type="button" className="btn b2 small" onClick={() => add('directly')}>
              {t('filter.directly')}
            </button>{' '}
            <button type="button" className="btn b2 small" onClick={() => add('eventually')}>
              {t('filter.eventually')}
            </button>
          </p>
        )}
      </fieldset>
    </>
  )
}
