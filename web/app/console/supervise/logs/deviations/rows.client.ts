import type { components } from '../../../../api/generated/schema.d.ts'
import { useLogFilter, withFilter } from '../filter/filter.client.ts'

export type Deviations = components['schemas']['LogDeviations']
export type DeviationRow = Deviations['deviations'][number]

/** The address of the cases of a log that keep to a procedure in a way, within the page's filter. */
export function useCasesOf(log: string, procedure: string) {
  const { filter } = useLogFilter()
  return (query: { readonly deviation: string } | { readonly fits: 'fitting' | 'deviating' | 'unsolved' }): string =>
    withFilter(`/console/supervise/logs/${log}/cases`, filter, { procedure, ...query })
}

/** The tone of a kind: what the procedure forbids is red, what it only does not have is yellow. */
export const toneOf = (kind: string): 'red' | 'yellow' => (kind === 'skipped' || kind === 'order' ? 'red' : 'yellow')
