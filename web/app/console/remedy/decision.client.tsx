import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RefusalBody } from '../../shared/refusal.ts'
import { api, dataOf, Refused } from '../api.client.ts'
import { Card } from '../ui/page.client.tsx'
import { RefusedBox } from '../ui/refused.client.tsx'
import type { Finding } from './finding.client.tsx'

const outcomes = ['upheld', 'partly-upheld', 'not-upheld', 'unverifiable'] as const
type Choice = (typeof outcomes)[number] | 'lead' | 'approve' | 'decline'
const shortest = 10

const letters = (text: string): number => text.replace(/[\s\p{P}]/gu, '').length

/** What a person may decide now. What may not be done stays in sight once tried, with the rule that forbids it. */
function choicesOf({ state, lead }: Finding): readonly Choice[] {
  if (state === 'doubt' || state === 'unverifiable') return outcomes
  if (lead === 'requested') return ['approve', 'decline']
  if ((state === 'upheld' || state === 'partly-upheld') && lead !== 'approved') return ['lead']
  return []
}

/** A person's decision: no option chosen beforehand, a reason with its count, and the refusal in words if it is refused. */
export function Decision({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation('console')
  const client = useQueryClient()
  const [choice, setChoice] = useState<Choice | null>(null)
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<RefusalBody | null>(null)
  const [busy, setBusy] = useState(false)
  const choices = choicesOf(finding)
  if (choices.length === 0) return null
  const params = { path: { id: finding.id } }

  const send = async (chosen: Choice) => {
    if (chosen === 'lead') return dataOf(await api.POST('/api/findings/{id}/lead', { params, body: { reason } }))
    if (chosen === 'approve' || chosen === 'decline') {
      const body = { approve: chosen === 'approve', reason }
      return dataOf(await api.POST('/api/findings/{id}/lead/approval', { params, body }))
    }
    return dataOf(await api.POST('/api/findings/{id}/verification', { params, body: { outcome: chosen, reason } }))
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (choice === null) return
    setBusy(true)
    setRefusal(null)
    try {
      await send(choice)
      setChoice(null)
      setReason('')
      await client.invalidateQueries()
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setRefusal(error.refusal)
    } finally {
      setBusy(false)
    }
  }
  const count = letters(reason)
  return (
    <Card title={t('decide.title')}>
      {refusal && <RefusedBox refusal={refusal} />}
      <form onSubmit={submit}>
        <fieldset className="fld rad">
          <legend>{t(choices.length > 2 ? 'decide.outcome' : 'decide.lead')}</legend>
          {choices.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="choice"
                value={one}
                required
                checked={choice === one}
                onChange={() => setChoice(one)}
              />
              <span>
                <b>{t(`decide.choice.${one}`)}</b> <span className="sm">{t(`decide.means.${one}`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="fld">
          <label htmlFor="reason">{t('decide.reason')}</label>
          <textarea
            id="reason"
            className="ta"
            rows={4}
            required
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            aria-describedby="reason-hint"
          />
          <p className="hint" id="reason-hint" aria-live="polite">
            {t('decide.count', { count, least: shortest })}
          </p>
        </div>
        <button type="submit" className="btn" disabled={busy}>
          {t('decide.go')}
        </button>
        <p className="hint">{t('decide.kept')}</p>
      </form>
    </Card>
  )
}
