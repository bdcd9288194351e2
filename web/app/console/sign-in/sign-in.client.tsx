import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { chooseLanguage } from '../../i18n/browser.ts'
import { languageOfTag } from '../../shared/format.ts'
import { Brand } from '../../shared/icons.tsx'
import { State } from '../../shared/marks.tsx'
import type { RefusalBody } from '../../shared/refusal.ts'
import { api, dataOf, Refused } from '../api.client.ts'
import { Ground } from '../frame.client.tsx'
import { RefusedBox } from '../ui/refused.client.tsx'

/** Only a path of the console is gone back to: an address from outside could lead elsewhere. */
const backTo = (to: string | null): string => (to !== null && /^\/console(?:[/?]|$)/.test(to) ? to : '/console')

/** The staff's door: account and password, and after it the page that was asked for. */
export function SignIn() {
  const { t, i18n } = useTranslation('console')
  const [params] = useSearchParams()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<RefusalBody | 'unreachable' | null>(null)
  const other = languageOfTag(i18n.language) === 'en' ? 'zh-CN' : 'en'

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setRefusal(null)
    try {
      const body = { account: String(form.get('account')).trim(), password: String(form.get('password')) }
      dataOf(await api.POST('/api/session', { body }))
      window.location.assign(backTo(params.get('to')))
    } catch (error) {
      setRefusal(error instanceof Refused ? error.refusal : 'unreachable')
      setBusy(false)
    }
  }

  return (
    <Ground>
      <title>{`${t('sign-in.title')} · ${t('common:brand')}`}</title>
      <main className="door">
        <form className="card" onSubmit={submit}>
          <a className="brand" href={other === 'zh-CN' ? '/en' : '/'}>
            <Brand />
            {t('common:brand')}
          </a>
          <h1>{t('sign-in.title')}</h1>
          <p className="mut">{t('sign-in.lead')}</p>
          {refusal === 'unreachable' && (
            <p role="alert" className="wrong">
              <State tone="red">{t('sign-in.unreachable')}</State>
            </p>
          )}
          {refusal !== null && refusal !== 'unreachable' && <RefusedBox refusal={refusal} />}
          <div className="fld">
            <label htmlFor="account">{t('sign-in.account')}</label>
            <input id="account" name="account" className="ip" required autoComplete="username" autoCapitalize="none" />
          </div>
          <div className="fld">
            <label htmlFor="password">{t('sign-in.password')}</label>
            <input
              id="password"
              name="password"
              type="password"
              className="ip"
              required
              autoComplete="current-password"
            />
          </div>
          <button type="submit" className="btn wide" disabled={busy}>
            {t(busy ? 'sign-in.busy' : 'sign-in.go')}
          </button>
          <p className="door-foot">
            <button type="button" className="link" lang={other} onClick={() => chooseLanguage(other)}>
              {t('common:other-language')}
            </button>
          </p>
        </form>
      </main>
    </Ground>
  )
}
