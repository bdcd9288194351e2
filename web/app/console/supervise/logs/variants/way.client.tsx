import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '../../../../shared/format.ts'
import { State } from '../../../../shared/marks.tsx'
import type { Judged } from './judged.client.ts'

/** What a step of a way is to the procedure. */
type StepKind = 'kept' | 'extra' | 'order' | 'missing'

interface Step {
  readonly says: string
  readonly kind: StepKind
}

/** The steps of a way with what the procedure misses put in where it has it; only the steps where it was not judged. */
export function stepsOf(
  activities: readonly string[],
  judged: Pick<Judged, 'path' | 'deviations'> | undefined,
  { nameOf, activityName }: StepNames,
): readonly Step[] {
  if (judged === undefined || judged.path.length === 0) {
    return activities.map((activity) => ({ says: activityName(activity), kind: 'kept' as const }))
  }
  const outOfOrder = new Set(
    judged.deviations.flatMap((one) =>
      one.kind === 'order' && Array.isArray(one.events) ? (one.events as number[]) : [],
    ),
  )
  // What may happen from anywhere (a withdrawal, say) is no move of the alignment: it stands where it came.
  let next = 0
  const beside = (until: number): readonly Step[] =>
    activities.slice(next, until).map((activity) => ({ says: activityName(activity), kind: 'kept' as const }))
  const steps = judged.path.flatMap(({ kind, event, element }): readonly Step[] => {
    if (kind === 'silent') return []
    if (event === null) {
      const says = element === null ? undefined : nameOf(element)
      return says === undefined ? [] : [{ says, kind: 'missing' }]
    }
    const before = beside(event)
    next = event + 1
    const says = activityName(activities[event] ?? '')
    if (kind === 'synchronous') return [...before, { says, kind: 'kept' }]
    return [...before, { says, kind: outOfOrder.has(event) ? 'order' : 'extra' }]
  })
  return [...steps, ...beside(activities.length)]
}

/** How elements of the diagram and activities of the log are named. */
interface StepNames {
  readonly nameOf: (element: string) => string | undefined
  readonly activityName: (activity: string) => string
}

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
    return (
      <>
        <State tone="none">{t('console:log.unsolved')}</State>
        <br />
        <span className="sm">{bounds(judged, t)}</span>
      </>
    )
  }
  if (judged.fits) return <State tone="ok">{t('console:log.fitting')}</State>
  const red = judged.deviations.some(({ kind }) => kind === 'order' || kind === 'skipped')
  return <State tone={red ? 'red' : 'yellow'}>{t('variant.deviations', { count: judged.deviations.length })}</State>
}

const perDeviation = 10_000

/** Between how many deviations a way surely has: its cost counts 10000 for each, and one for each silent step. */
function bounds({ lower, upper }: Judged, t: TFunction<'analysis'>): string {
  const least = Math.floor((lower ?? 0) / perDeviation)
  if (upper === null) return t('variant.at-least', { lower: least })
  return t('variant.bounds', { lower: least, upper: Math.floor(upper / perDeviation) })
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
