import { useTranslation } from 'react-i18next'
import { useOrganName } from '../../../list/organ-names.client.ts'
import { useElapsed } from '../../../ui/elapsed.client.ts'
import type { LogFilter } from './filter.client.ts'

/** Parts of a filter, each as a word for what it is, what it says, and the filter without it. */
export interface FilterPart {
  readonly key: string
  readonly what: string
  readonly says: string
  readonly without: LogFilter
}

/** A filter in words, part by part, in the order in which the bar offers them. */
export function useFilterWords(): (filter: LogFilter) => readonly FilterPart[] {
  const { t } = useTranslation('analysis')
  const organ = useOrganName()
  const elapsed = useElapsed()
  const list = (all: readonly string[]) => all.join(t('filter.or'))
  return (filter) => {
    const parts: FilterPart[] = []
    const part = (key: keyof LogFilter, says: string | undefined) => {
      if (says === undefined) return
      const { [key]: _, ...without } = filter
      parts.push({ key, what: t(`filter.what.${key}`), says, without })
    }
    const { time, duration, outcome } = filter
    part('time', time && `${t(`filter.how.${time.how}`)} ${time.from ?? '…'} – ${time.to ?? '…'}`)
    part('organ', filter.organ && list(filter.organ.map(organ)))
    part('officer', filter.officer && list(filter.officer))
    part('post', filter.post && list(filter.post))
    part('region', filter.region && list(filter.region))
    part('power', filter.power && list(filter.power))
    part('contains', filter.contains?.join(t('filter.and')))
    part('lacks', filter.lacks?.join(t('filter.and')))
    part('startsWith', filter.startsWith && list(filter.startsWith))
    part('endsWith', filter.endsWith && list(filter.endsWith))
    part('follows', filter.follows?.map(({ from, to, how }) => t(`filter.follows.${how}`, { from, to })).join('；'))
    part('repeats', filter.repeats?.join(t('filter.and')))
    part('variant', filter.variant && t('filter.variants', { count: filter.variant.length }))
    part('outcome', outcome && t(`filter.outcome.${outcome}`))
    part('endBy', filter.endBy && list(filter.endBy))
    part('attribute', filter.attribute?.map(({ key, values }) => `${key} = ${list(values)}`).join('；'))
    part('duration', duration && `${elapsed(duration.least)} – ${elapsed(duration.most)}`)
    part('openOn', filter.openOn)
    part('handover', filter.handover?.map(({ from, to }) => `${from} → ${to}`).join('；'))
    part(
      'hours',
      filter.hours
        ?.slice(0, 3)
        .map(({ weekday, hour }) => t('filter.hour', { weekday: t(`weekday.${weekday}`), hour }))
        .concat(filter.hours.length > 3 ? ['…'] : [])
        .join('、'),
    )
    return parts
  }
}
