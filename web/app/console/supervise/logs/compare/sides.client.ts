import { useTranslation } from 'react-i18next'
import type { components } from '../../../../api/generated/schema.d.ts'
import type { LogFilter } from '../filter/filter.client.ts'
import { useFilterWords } from '../filter/filter-words.client.ts'
import { middleOf } from './halves.ts'

type Facets = components['schemas']['LogFacets']

/** What two sides may differ in. */
export const kinds = ['time', 'organ', 'post', 'officer', 'region', 'power'] as const
export type SideKind = (typeof kinds)[number]

/** The sides that a log can be compared by: its two halves in time, or its two busiest units. */
export function useSides(facets: Facets) {
  const { t } = useTranslation('analysis')
  const words = useFilterWords()
  const halves = (): { readonly a: LogFilter; readonly b: LogFilter } => {
    const { until, after } = middleOf(facets.firstOn ?? '2000-01-01', facets.lastOn ?? '2000-01-02')
    return {
      a: { time: { how: 'starts', from: facets.firstOn ?? undefined, to: until } },
      b: { time: { how: 'starts', from: after, to: facets.lastOn ?? undefined } },
    }
  }
  const busiest = (kind: Exclude<SideKind, 'time'>): { readonly a: LogFilter; readonly b: LogFilter } => {
    const [first, second] = facets[kind]
    return { a: { [kind]: [first?.value ?? ''] }, b: { [kind]: [second?.value ?? ''] } }
  }
  return {
    first: halves(),
    of: (kind: SideKind) => (kind === 'time' ? halves() : busiest(kind)),
    /** Kinds of which the log knows two at least. */
    kinds: kinds.filter((kind) => kind === 'time' || facets[kind].length > 1),
    /** A side in words. */
    says: (side: LogFilter): string =>
      words(side)
        .map(({ says }) => says)
        .join(' · ') || t('compare.all'),
  }
}
