import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../api/generated/schema.d.ts'
import { useDays } from '../../../shared/days.ts'
import { type Bilingual, formatNumber, formatShare, inLanguage } from '../../../shared/format.ts'
import { State } from '../../../shared/marks.tsx'
import { ScrollPart } from '../../../shared/scroll.tsx'
import { api, dataOf, useGet } from '../../api.client.ts'
import { BasisLink } from '../../ui/basis.client.tsx'
import { JobProgress } from '../../ui/job.client.tsx'
import { Card } from '../../ui/page.client.tsx'
import { RefusedBox } from '../../ui/refused.client.tsx'
import { useAttempt } from './attempt.client.ts'

interface Following {
  readonly cases: number
  readonly fitting: number
  readonly deviating: number
  readonly unsolved: number
}

type Presence = 'always' | 'sometimes' | 'never' | null

/** What the job of a comparison found. */
interface Compared {
  readonly onlyInPractice: readonly { readonly activity: string; readonly caseAct: string | null }[]
  readonly onlyInLaw: readonly { readonly activity: string; readonly mandatory: boolean }[]
  readonly common: readonly string[]
  readonly orders: readonly {
    readonly kind: 'contrary' | 'looser' | 'stricter'
    readonly a: string
    readonly b: string
  }[]
  readonly consistency: number | null
  readonly duties: readonly {
    readonly activity: string
    readonly mandatory: boolean
    readonly limit: {
      readonly days: number
      readonly unit: 'working-day' | 'calendar-day'
      readonly from: string
    } | null
    readonly basis: readonly string[]
    readonly inLaw: Presence
    readonly inPractice: Presence
    readonly lackedBy: number | null
    readonly skippedBy: number | null
  }[]
  /** Activity of the listed procedure → its name in English. */
  readonly english: Readonly<Record<string, string>>
  readonly says: { readonly orders: readonly Bilingual[] }
  readonly practice: Following
  readonly law: Following
}

/** Order differences shown at first. */
const shownAtFirst = 12

/** A saved proposal beside a listed procedure. */
export function Comparison({
  proposal,
  unsaved,
}: {
  readonly proposal: components['schemas']['ProposalPage']
  readonly unsaved: boolean
}) {
  const { t, i18n } = useTranslation('proposal')
  const procedures = useGet('/api/procedures', {})
  const [procedure, setProcedure] = useState('')
  const [job, setJob] = useState<string | null>(null)
  const [told, setTold] = useState<Compared | null>(null)
  const { refusal, attempt } = useAttempt()
  const start = () =>
    attempt(async () => {
      setTold(null)
      const path = { proposal: proposal.id }
      const answer = await api.POST('/api/proposals/{proposal}/comparison', { params: { path }, body: { procedure } })
      setJob(dataOf(answer).job)
    })
  const done = (id: string) =>
    attempt(async () => {
      const { result } = dataOf(await api.GET('/api/jobs/{id}', { params: { path: { id } } }))
      setTold(result as unknown as Compared)
      setJob(null)
    })
  return (
    <>
      <Card title={t('compare')} note={t('compare-note')}>
        {refusal && <RefusedBox refusal={refusal} />}
        {unsaved && <p className="sm">{t('compare-saved')}</p>}
        <form
          className="discover"
          onSubmit={(event) => {
            event.preventDefault()
            void start()
          }}
        >
          <div className="fld">
            <label htmlFor="procedure">{t('listed')}</label>
            <select
              id="procedure"
              className="ip"
              required
              value={procedure}
              onChange={(event) => setProcedure(event.target.value)}
            >
              <option value="">{t('choose-procedure')}</option>
              {procedures.data?.rows.map((known) => (
                <option key={known.procedure} value={known.procedure}>
                  {inLanguage(known.title, i18n.language)}
                </option>
              ))}
            </select>
          </div>
          <button type="submit" className="btn">
            {t('compare-go')}
          </button>
        </form>
        {job && <JobProgress key={job} id={job} says={t('comparing')} done={() => void done(job)} />}
      </Card>
      {told && <Differences told={told} />}
    </>
  )
}

function Differences({ told }: { readonly told: Compared }) {
  const { t, i18n } = useTranslation('proposal')
  const [all, setAll] = useState(false)
  const number = (value: number) => formatNumber(value, i18n.language)
  const follow = ({ cases, fitting, deviating, unsolved }: Following) => (
    <>
      {t('follow', { fitting: number(fitting), deviating: number(deviating) })} ({formatShare(fitting, cases)})
      {unsolved > 0 && ` ${t('quality-unsolved', { unsolved: number(unsolved) })}`}
    </>
  )
  const orders = told.orders.map((order, index) => ({ ...order, says: told.says.orders[index] as Bilingual }))
  const shown = all ? orders : orders.filter(({ kind }) => kind !== 'stricter').slice(0, shownAtFirst)
  const nameOf = (activity: string) =>
    inLanguage({ zh: activity, en: told.english[activity] ?? activity }, i18n.language)
  return (
    <>
      <Card title={t('result', { count: told.onlyInPractice.length + told.onlyInLaw.length + told.orders.length })}>
        <dl className="kv">
          <dt>{t('by-practice')}</dt>
          <dd>{follow(told.practice)}</dd>
          <dt>{t('by-law')}</dt>
          <dd>{follow(told.law)}</dd>
          <dt>{t('in-both')}</dt>
          <dd>{number(told.common.length)}</dd>
          <dt>{t('agreeing')}</dt>
          <dd>{told.consistency === null ? t('common:none') : `${(100 * told.consistency).toFixed(1)}%`}</dd>
          <dt>{t('only-practice')}</dt>
          <dd>
            <Names
              names={told.onlyInPractice.map(({ activity, caseAct }) =>
                caseAct === null ? activity : t('is-case-act', { name: nameOf(activity) }),
              )}
            />
          </dd>
          <dt>{t('only-law')}</dt>
          <dd>
            <Names names={told.onlyInLaw.map(({ activity }) => nameOf(activity))} />
          </dd>
        </dl>
      </Card>
      <Card title={t('duties', { count: told.duties.length })} note={t('duties-note')} flush>
        <Duties duties={told.duties} nameOf={nameOf} />
      </Card>
      {orders.length > 0 && (
        <Card title={t('orders', { count: orders.length })} note={t('orders-note')}>
          <ul className="orders">
            {shown.map(({ kind, a, b, says }) => (
              <li key={`${a} ${b}`}>
                <State tone={kind === 'contrary' ? 'yellow' : kind === 'looser' ? 'prompt' : 'none'}>
                  {t(`order.${kind}`)}
                </State>{' '}
                {inLanguage(says, i18n.language)}
              </li>
            ))}
          </ul>
          {orders.length > shown.length && (
            <button type="button" className="link" onClick={() => setAll(true)}>
              {t('show-all', { count: orders.length })}
            </button>
          )}
        </Card>
      )}
    </>
  )
}

function Names({ names }: { readonly names: readonly string[] }) {
  const { t } = useTranslation('proposal')
  if (names.length === 0) return <>{t('no-such-step')}</>
  return (
    <ul className="names">
      {names.map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  )
}

/** Whether practice does without a step that the procedure does not do without. */
const weaker = ({ inLaw, inPractice }: Compared['duties'][number]): boolean =>
  (inLaw === 'always' && inPractice === 'sometimes') || (inLaw !== 'never' && inPractice === 'never')

/** The mandatory and limited steps of the listed procedure, and what becomes of them. */
function Duties({
  duties,
  nameOf,
}: {
  readonly duties: Compared['duties']
  readonly nameOf: (activity: string) => string
}) {
  const { t, i18n } = useTranslation('proposal')
  const days = useDays()
  return (
    <ScrollPart label={t('duties', { count: duties.length })}>
      <table className="duties">
        <caption className="vh">{t('duties', { count: duties.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('step')}</th>
            <th scope="col">{t('duty')}</th>
            <th scope="col">{t('in-law')}</th>
            <th scope="col">{t('in-practice')}</th>
            <th scope="col" className="r">
              {t('skipped-by')}
            </th>
            <th scope="col" className="r">
              {t('lacked-by')}
            </th>
            <th scope="col">{t('basis')}</th>
          </tr>
        </thead>
        <tbody>
          {duties.map((duty) => (
            <tr key={duty.activity}>
              <th scope="row">{nameOf(duty.activity)}</th>
              <td>
                {[
                  ...(duty.mandatory ? [t('mandatory')] : []),
                  ...(duty.limit ? [days({ value: duty.limit.days, unit: duty.limit.unit })] : []),
                ].join(' · ')}
              </td>
              <td>{t(`presence.${duty.inLaw ?? 'unknown'}`)}</td>
              <td>
                <State tone={weaker(duty) ? 'yellow' : duty.inPractice === null ? 'none' : 'ok'}>
                  {t(`presence.${duty.inPractice ?? 'unknown'}`)}
                </State>
              </td>
              <td className="r">
                {duty.skippedBy === null ? (
                  t('common:none')
                ) : duty.skippedBy > 0 ? (
                  <State tone="yellow">{formatNumber(duty.skippedBy, i18n.language)}</State>
                ) : (
                  0
                )}
              </td>
              <td className="r">
                {duty.lackedBy === null ? t('common:none') : formatNumber(duty.lackedBy, i18n.language)}
              </td>
              <td>
                {duty.basis.map((reference) => (
                  <div key={reference}>
                    <BasisLink reference={reference} />
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollPart>
  )
}
