import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { components } from '../../api/generated/schema.d.ts'
import { formatInstant, inLanguage } from '../../shared/format.ts'
import { State } from '../../shared/marks.tsx'
import { nodeName } from '../../shared/reference.ts'
import { useGet } from '../api.client.ts'
import { BasisLink } from '../ui/basis.client.tsx'
import { Card, Four, Page } from '../ui/page.client.tsx'
import { Shown } from '../ui/query.client.tsx'
import { Decision } from './decision.client.tsx'
import { FindingState, Severity } from './finding-words.client.tsx'

export type Finding = components['schemas']['Finding']

/** A finding: four sentences, the evidence, what may be innocent, the law, and a person's decision. */
export function FindingView() {
  const { id = '' } = useParams()
  const finding = useGet('/api/findings/{id}', { params: { path: { id } } })
  return <Shown query={finding}>{(body) => <FindingPage finding={body} />}</Shown>
}

function FindingPage({ finding }: { readonly finding: Finding }) {
  const { t, i18n } = useTranslation('console')
  const says = (text: { readonly zh: string; readonly en: string }) => inLanguage(text, i18n.language)
  const casePath = `/console/supervise/logs/${finding.log}/cases/${encodeURIComponent(finding.caseId)}`
  return (
    <Page
      title={says(finding.says)}
      crumbs={[{ says: t('nav.findings'), to: '/console/remedy/findings' }, { says: finding.id }]}
      under={
        <>
          <FindingState finding={finding} chip />
          <Severity of={finding.severity} />
          <span className="mono">{finding.id}</span>
          <span>{formatInstant(finding.raisedAt)}</span>
          {finding.source === 'withdrawn' && <State tone="none">{t('finding.withdrawn')}</State>}
        </>
      }
    >
      <Four
        sentences={[
          [
            t('finding.four-what'),
            <>
              {says(finding.title)} · <Link to={casePath}>{t('finding.open-case', { id: finding.caseId })}</Link>
            </>,
          ],
          [t('finding.four-why'), t('finding.why-doubt')],
          [
            t('finding.four-basis'),
            finding.basis.map((basis) => (
              <div key={basis.ref}>
                <BasisLink reference={basis.ref} title={basis.title} />
              </div>
            )),
          ],
          [t('finding.four-next'), t(`finding.next.${nextOf(finding)}`)],
        ]}
      />
      <div className="row main">
        <div className="stack">
          <Evidence finding={finding} />
          <Card title={t('finding.innocent')} note={t('finding.innocent-note')} flush>
            <ul className="lines">
              {finding.innocent.map((one) => (
                <li key={one.zh}>{says(one)}</li>
              ))}
            </ul>
          </Card>
          <Card title={t('finding.basis')}>
            {finding.basis.map((basis) => (
              <div key={basis.ref} className="basis">
                <blockquote className="law">
                  <p>{basis.text ?? (basis.gist ? says(basis.gist) : '')}</p>
                  <cite>
                    {basis.title} {nodeName(basis.ref, t, i18n.language)}
                    {basis.version && ` · ${t('common:law.text-of', { date: basis.version })}`}
                  </cite>
                </blockquote>
                <p className="sm">
                  {basis.text === null && `${t('common:law.gist-only')} `}
                  <BasisLink reference={basis.ref} title={t('finding.whole-article')} />
                </p>
              </div>
            ))}
          </Card>
        </div>
        <div className="stack">
          <Card title={t('finding.guide')}>
            <p>{says(finding.guide)}</p>
            <p className="acts">
              <Link className="btn b2" to={casePath}>
                {t('finding.see-case')}
              </Link>
            </p>
          </Card>
          <Decision finding={finding} />
          <History finding={finding} />
          <Card title={t('finding.check')}>
            <p>
              <Link to={`/console/supervise/checks/${finding.check}`}>{says(finding.title)}</Link>{' '}
              <span className="mono sm">
                {finding.code} v{finding.version}
              </span>
            </p>
          </Card>
        </div>
      </div>
    </Page>
  )
}

/** What has to happen next, by where the finding stands. */
function nextOf({ state, lead }: Finding): string {
  if (state === 'doubt' || state === 'unverifiable') return 'verify'
  if (state === 'closed' || state === 'not-upheld') return 'nothing'
  if (lead === 'requested') return 'answer-lead'
  return lead === 'none' ? 'put-right' : 'passed-on'
}

/** The rows of the source that it rests on, and what was reckoned from them. */
function Evidence({ finding }: { readonly finding: Finding }) {
  const { t, i18n } = useTranslation('console')
  const columns = Object.entries(finding.columns)
    .filter(([, value]) => value !== '')
    .sort(([a], [b]) => placeOf(a) - placeOf(b))
  return (
    <Card title={t('finding.evidence')} note={t('finding.evidence-note')} flush foot={t('finding.evidence-foot')}>
      <dl className="kv facts">
        {columns.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`column.${name}`, { defaultValue: name })}</dt>
            <dd className={decisive.has(name) ? 'decisive' : undefined}>
              {typeof value === 'object' ? inLanguage(value, i18n.language) : value}
            </dd>
          </div>
        ))}
      </dl>
      <table>
        <caption className="vh">{t('finding.evidence')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('finding.row')}</th>
            <th scope="col">{t('finding.what')}</th>
            <th scope="col">{t('finding.when')}</th>
            <th scope="col">{t('finding.officer')}</th>
          </tr>
        </thead>
        <tbody>
          {finding.evidence.map((row) => (
            <tr key={`${row.row}-${row.what}-${row.instant}`}>
              <td>{row.row ?? t('common:none')}</td>
              <td>
                {row.what}
                {row.value && ` ${row.value}`}
              </td>
              <td className="nw">{row.instant ? formatInstant(row.instant) : t('common:none')}</td>
              <td className="mono">{row.officer ?? t('common:none')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

/** The order in which the facts are told: what the case is, when it ran, by when, and what came of it. */
const told = [
  'case',
  'clock',
  'started',
  'limit',
  'due',
  'ended',
  'elapsed',
  'paused',
  'remaining',
  'step',
  'reference',
  'first',
  'second',
  'officer',
]
const placeOf = (name: string): number => (told.includes(name) ? told.indexOf(name) : told.length)

/** The facts that decide stand in a black box: they are facts, not verdicts. */
const decisive: ReadonlySet<string> = new Set(['due', 'ended', 'officer', 'first', 'second', 'step', 'reference'])

/** What happened to the finding, step by step. */
function History({ finding }: { readonly finding: Finding }) {
  const { t, i18n } = useTranslation('console')
  return (
    <Card title={t('finding.history')} note={t('finding.steps', { count: finding.history.length })}>
      <ol className="tl">
        {finding.history.map((step) => (
          <li key={step.sequence}>
            <b>{t(`finding.step.${step.step}`)}</b> {t(`finding.state.${step.state}`)}
            <br />
            <time dateTime={step.happenedAt}>{formatInstant(step.happenedAt)}</time>{' '}
            <span className="sm mono">{step.officer ?? t('finding.by-system')}</span>
            {step.reason && <p>{step.reason}</p>}
            {step.before && (
              <p className="sm">{t('finding.said-before', { says: inLanguage(step.before, i18n.language) })}</p>
            )}
          </li>
        ))}
      </ol>
    </Card>
  )
}
