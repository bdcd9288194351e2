import { useTranslation } from 'react-i18next'
import type { components } from '../../../api/generated/schema.d.ts'
import { formatNumber } from '../../../shared/format.ts'

/** How well a proposal tells its cases, in a sentence. */
export function QualityWords({ quality }: { readonly quality: components['schemas']['ProposalQuality'] }) {
  const { t, i18n } = useTranslation('proposal')
  const { cases, open, fitting, unsolved, fitness, precision } = quality
  const number = (value: number) => formatNumber(value, i18n.language)
  const share = (value: number | null) => (value === null ? t('not-told') : value.toFixed(3))
  return (
    <>
      {t('quality', {
        fitting: number(fitting),
        cases: number(cases),
        fitness: share(fitness),
        precision: share(precision),
      })}
      {open > 0 && ` ${t('quality-open', { open: number(open) })}`}
      {unsolved > 0 && ` ${t('quality-unsolved', { unsolved: number(unsolved) })}`}
    </>
  )
}
