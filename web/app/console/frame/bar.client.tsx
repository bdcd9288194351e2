import { useTranslation } from 'react-i18next'
import { Form } from 'react-router'
import { chooseLanguage } from '../../i18n/browser.ts'
import { inLanguage, languageOfTag } from '../../shared/format.ts'
import { Icon } from '../../shared/icons.tsx'
import { api, dataOf } from '../api.client.ts'
import type { SignedIn } from '../session.client.ts'

/** The bar over every console page: search, who acts in which post, the language, and the way out. */
export function Bar({ session, showKeys }: { readonly session: SignedIn; readonly showKeys: () => void }) {
  const { t, i18n } = useTranslation('console')
  const other = languageOfTag(i18n.language) === 'en' ? 'zh-CN' : 'en'
  const signOut = async () => {
    dataOf(await api.DELETE('/api/session'))
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
        <kbd>/</kbd>
      </Form>
      <div className="me">
        <span>
          <b>{session.name}</b> <PostChoice session={session} />
        </span>
        <button type="button" className="link" onClick={showKeys}>
          {t('keys.open')}
        </button>
        <button type="button" className="link" lang={other} onClick={() => chooseLanguage(other)}>
          {t('common:other-language')}
        </button>
        <button type="button" className="link" onClick={signOut}>
          {t('sign-out')}
        </button>
      </div>
    </header>
  )

  /** An officer with several posts acts in one at a time, and says in which. */
  function PostChoice({ session: { post, posts } }: { readonly session: SignedIn }) {
    const named = (held: typeof post) =>
      `${inLanguage(held.organName, i18n.language)} · ${inLanguage(held.title, i18n.language)}`
    const choose = async (code: string) => {
      dataOf(await api.POST('/api/session/post', { body: { post: code } }))
      window.location.assign('/console')
    }
    if (posts.length < 2) return <>{named(post)}</>
    return (
      <select aria-label={t('post')} value={post.code} onChange={(event) => choose(event.target.value)}>
        {posts.map((held) => (
          <option key={held.code} value={held.code}>
            {named(held)}
          </option>
        ))}
      </select>
    )
  }
}
