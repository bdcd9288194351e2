import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../api/generated/schema.d.ts'
import { useDays } from '../days.ts'
import { Flow } from '../diagram/flow.tsx'
import { activityNames, namedIn } from '../diagram/names.ts'
import { formatDate, inLanguage } from '../format.ts'
import { To } from '../link.tsx'
import { State } from '../marks.tsx'
import { nodeName } from '../reference.ts'
import { ScrollPart } from '../scroll.tsx'

export type PowerPage = components['schemas']['PowerPage']
type ShownBasis = components['schemas']['PowerBasis']
type Chart = NonNullable<PowerPage['chart']>

/** The chart of a power: the drawing of the very net that judges its cases, its hash, and the same steps in words. */
export function PowerChart({
  chart,
  name,
  steps,
}: {
  readonly chart: Chart | null
  readonly name: string
  /** The procedure's steps with their names in both languages, where they are known. */
  readonly steps: Parameters<typeof namedIn>[2]
}) {
  const { t, i18n } = useTranslation()
  const days = useDays()
  if (chart === null) return <p>{t('power.no-chart')}</p>
  const nameOf = activityNames(i18n.language, steps)
  const says = t('power.chart-says', { name, count: chart.steps.length })
  return (
    <>
      {chart.diagram && (
        <ScrollPart label={t('power.chart-scroll')}>
          <Flow diagram={namedIn(i18n.language, chart.diagram, steps)} says={says} />
        </ScrollPart>
      )}
      <p className="sm">
        {t('power.hash')}{' '}
        <code className="mono">
          sha256 {chart.netHash.slice(0, 16)}…{chart.netHash.slice(-4)}
        </code>
      </p>
      <details className="steps-text" open>
        <summary>{t('power.steps', { count: chart.steps.length })}</summary>
        <ol className="num">
          {chart.steps.map((step) => (
            <li key={step.element}>
              <b>{nameOf(step.activity)}</b>
              <p>
                {[
                  step.role && t(`power.role.${step.role}`, { defaultValue: step.role }),
                  step.limit && t('power.within', { days: days({ value: step.limit.days, unit: step.limit.unit }) }),
                  step.mandatory && t('power.mandatory'),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </li>
          ))}
        </ol>
      </details>
    </>
  )
}

/** What a power rests on: each basis quoted, or summed up until the text is imported, with the way to its whole article. */
export function Bases({ bases }: { readonly bases: readonly ShownBasis[] }) {
  return bases.map((basis) => (
    <OneBasis key={basis.basis.kind === 'article' ? basis.basis.ref : basis.title} shown={basis} />
  ))
}

function OneBasis({ shown }: { readonly shown: ShownBasis }) {
  const { t, i18n } = useTranslation()
  const { basis } = shown
  const name = basis.kind === 'article' ? nodeName(basis.ref, t, i18n.language) : basis.number
  const words = shown.text ?? (shown.gist && inLanguage(shown.gist, i18n.language))
  return (
    <div className="basis">
      <blockquote className="law" lang={shown.text === null ? undefined : 'zh-CN'}>
        {words && <p>{words}</p>}
        {basis.kind === 'document' && <p>{basis.quote}</p>}
        <cite>
          {shown.title} {name}
          {shown.effectiveOn && ` · ${t('law.since', { date: formatDate(shown.effectiveOn, i18n.language) })}`}
        </cite>
      </blockquote>
      {shown.refusal && (
        <p>
          <State tone="none">{inLanguage(shown.refusal.says, i18n.language)}</State>
        </p>
      )}
      <p className="sm">
        {basis.kind === 'article' && shown.text === null && `${t('law.gist-only')} `}
        {shown.law && shown.article && (
          <To path={`/laws/${encodeURIComponent(shown.law)}/articles/${encodeURIComponent(shown.article)}`} row>
            {t('power.whole-article')}
          </To>
        )}
      </p>
    </div>
  )
}

/** The changes of a power's entry, newest first. */
export function PowerHistory({ power }: { readonly power: PowerPage }): ReactNode {
  const { t, i18n } = useTranslation()
  return (
    <table className="stk">
      <caption className="vh">{t('power.history')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('power.version-title')}</th>
          <th scope="col">{t('power.state-title')}</th>
          <th scope="col">{t('power.changed')}</th>
          <th scope="col">{t('power.reason')}</th>
        </tr>
      </thead>
      <tbody>
        {power.history.toReversed().map((change) => (
          <tr key={change.step}>
            <td data-l={t('power.version-title')}>{change.version}</td>
            <td data-l={t('power.state-title')}>{t(`power.state.${change.state}`)}</td>
            <td data-l={t('power.changed')}>{formatDate(change.changedAt, i18n.language)}</td>
            <td data-l={t('power.reason')}>{change.reason ?? t('none')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
