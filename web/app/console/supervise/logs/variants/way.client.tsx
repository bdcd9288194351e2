import { useTranslation } from 'react-i18next'
import { inLanguage } from '../../../../shared/format.ts'
import { State } from '../../../../shared/marks.tsx'
import type { Judged } from './judged.client.ts'
import { type StepKind, type StepNames, stepBounds, stepsOf } from './steps.ts'

const classOf: Readonly<Record<StepKind, string | undefined>> = {
  kept: undefined,
  extra: 'yellow',
  order: 'red',
  missing: 'missing',
}

/** A way as a row of steps: what is beside the procedure says so in its sign and words, not by colour alone. */
export function Way({
  activities,
  judged,
  names,
  most,
}: {
  readonly activities: readonly string[]
  readonly judged?: Judged | undefined
  readonly names: StepNames
  /** More steps than these are counted, not shown. */
  readonly most?: number
}) {
  const { t } = useTranslation('analysis')
  const steps = stepsOf(activities, judged, names)
  const shown = most === undefined ? steps : steps.slice(0, most)
  return (
    <ol className="steps" aria-label={t('variant.way')}>
      {shown.map(({ says, kind }, at) => (
        <li key={at} className={classOf[kind]}>
          {kind !== 'kept' && <b>{t(`variant.step.${kind}`)} </b>}
          {says}
        </li>
      ))}
      {steps.length > shown.length && (
        <li className="more">{t('variant.more', { count: steps.length - shown.length })}</li>
      )}
    </ol>
  )
}

/** Whether a way keeps to the procedure; where it was not solved, between which proven bounds its deviations lie. */
export function WayState({ judged }: { readonly judged: Judged | undefined }) {
  const { t } = useTranslation('analysis')
  if (judged === undefined) return <State tone="none">{t('console:case.not-judged')}</State>
  if (judged.fits === null) {
    const { least, most } = stepBounds(judged)
    return (
      <>
        <State tone="none">{t('console:log.unsolved')}</State>
        <br />
        <span className="sm">
          {most === null ? t('variant.at-least', { lower: least }) : t('variant.bounds', { lower: least, upper: most })}
        </span>
      </>
    )
  }
  if (judged.fits) return <State tone="ok">{t('console:log.fitting')}</State>
  const red = judged.deviations.some(({ kind }) => kind === 'order' || kind === 'skipped')
  return <State tone={red ? 'red' : 'yellow'}>{t('variant.deviations', { count: judged.deviations.length })}</State>
}

/** Every deviation of a way as a sentence. */
export function WayDeviations({ judged }: { readonly judged: Judged }) {
  const { i18n } = useTranslation('analysis')
  return (
    <ol className="deviations">
      {judged.deviations.map((one) => (
        <li key={one.says.zh}>
          <State tone={one.kind === 'order' || one.kind === 'skipped' ? 'red' : 'yellow'}>
            {inLanguage(one.says, i18n.language)}
          </State>
        </li>
      ))}
    </ol>
  )
}
