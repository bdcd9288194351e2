import { useTranslation } from 'react-i18next'
import { Form, useNavigate } from 'react-router'
import { chooseLanguage } from '../../i18n/browser.ts'
import { languageOfTag } from '../../shared/format.ts'
import { Icon } from '../../shared/icons.tsx'
import { api } from '../api.client.ts'
import type { SessionBody } from '../session.client.ts'

/** The bar over every console page: search, who acts in which post, the language, and the way out. */
export function Bar({ session, showKeys }: { readonly session: SessionBody; readonly showKeys: () => void }) {
  const { t, i18n } = useTranslation('console')
  const other = languageOfTag(i18n.language) === 'en' ? 'zh-CN' : 'en'
  const signOut = async () => {
    await api.DELETE('/api/session')
    window.location.assign('/console/sign-in')
  }
  return (
    <header className="bar">
      <Form action="/console/search" role="search" className="q">
        <Icon name="search" />
        <label className="vh" htmlFor="search">
          {t('search.label')}
        </label>
        <input id="search" name="q" type="search" placeholder={t('search.label')} autoComplete="off" />
        <kbd aria-hidden="true">/</kbd>
      </Form>
      <span className="me">
        <b>…</b>
        <button type="button" className="link" onClick={showKeys}>
          {t('keys.open')}
        </button>
        <button type="button" className="link" lang={other} onClick={() => chooseLanguage(other)}>
          {t('other-language')}
        </button>
        <button type="button" className="link" onClick={signOut}>
          {t('sign-out')}
        </button>
      </span>
    </header>
  )
}
