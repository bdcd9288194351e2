import { type FormEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

/** A filter with its possible values; the first of the list, all, is added by the bar. */
export interface Filter {
  readonly key: string
  readonly label: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

/** The filters of a list as chips. They live in the address, so that a link opens the same rows. */
export function FilterBar({ filters, search }: { readonly filters: readonly Filter[]; readonly search?: string }) {
  const { t } = useTranslation('console')
  const [params, setParams] = useSearchParams()
  const input = useRef<HTMLInputElement>(null)
  const q = params.get('q') ?? ''
  useEffect(() => {
    if (input.current) input.current.value = q
  }, [q])
  const set = (key: string, value: string) => {
    const next = new URLSearchParams(params)
    if (value === '') next.delete(key)
    else next.set(key, value)
    next.delete('cursor')
    setParams(next)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    set('q', input.current?.value.trim() ?? '')
  }
  const known = new Set(['cursor', 'q', ...filters.map((filter) => filter.key)])
  const others = [...params].filter(([key]) => !known.has(key))
  const any = [...params.keys()].some((key) => key !== 'cursor')
  return (
    <div className="fl">
      {search && (
        <form className="x" onSubmit={submit}>
          <label htmlFor="filter-q">{search}</label>
          <input id="filter-q" ref={input} defaultValue={q} type="search" />
        </form>
      )}
      {filters.map((filter) => (
        <label className={params.has(filter.key) ? 'x on' : 'x'} key={filter.key}>
          {filter.label}
          <select value={params.get(filter.key) ?? ''} onChange={(event) => set(filter.key, event.target.value)}>
            <option value="">{t('filter.all')}</option>
            {filter.options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        </label>
      ))}
      {others.map(([key, value]) => (
        <button type="button" className="x on" key={key} onClick={() => set(key, '')}>
          {t(`filter.${key}`)} <b>{value}</b> <span aria-hidden="true">×</span>
          <span className="vh">{t('filter.remove')}</span>
        </button>
      ))}
      {any && (
        <button type="button" className="link" onClick={() => setParams({})}>
          {t('filter.clear')}
        </button>
      )}
    </div>
  )
}
