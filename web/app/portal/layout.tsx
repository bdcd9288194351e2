import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, useLocation, useRouteError } from 'react-router'
import { Brand } from '../shared/icons.tsx'
import { LinkContext } from '../shared/link.tsx'
import { modeOf, plainPath, portalPath } from '../shared/mode.ts'
import tokens from '../shared/tokens.css?url'
import styles from './portal.css?url'
import { Problem } from './problem.tsx'

export const links = () => [
  { rel: 'stylesheet', href: tokens },
  { rel: 'stylesheet', href: styles },
]

/** The frame of every public page: who speaks, the two reading modes, and the way to the staff's door. */
function Frame({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('portal')
  const { pathname, search } = useLocation()
  const mode = modeOf(pathname)
  const here = plainPath(pathname)
  const other = mode.language === 'en' ? 'zh-CN' : 'en'
  const to = (path: string) => portalPath(mode, path)
  return (
    <>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <header className="top">
        <div className="w">
          <a className="brand" href={to('/')}>
            <Brand size={28} />
            <span>
              {t('common:brand')} <small>{t('tagline')}</small>
            </span>
          </a>
          <nav className="util" aria-label={t('util')}>
            <a href={portalPath({ ...mode, large: !mode.large }, here) + search}>
              {t(mode.large ? 'normal-size' : 'large-size')}
            </a>
            <a href={portalPath({ ...mode, language: other }, here) + search} lang={other} hrefLang={other}>
              {t('common:other-language')}
            </a>
            <a href="/console">{t('staff')}</a>
          </nav>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <div className="w">
          <LinkContext value={({ path, children: words }) => <a href={to(path)}>{words}</a>}>{children}</LinkContext>
        </div>
      </main>
      <footer>
        <div className="w">
          <p>{t('foot')}</p>
          <p>
            <a href={to('/powers')}>{t('powers.title')}</a>
            <a href={to('/laws')}>{t('laws.title')}</a>
            <a href="/api/docs">{t('open-api')}</a>
          </p>
        </div>
      </footer>
    </>
  )
}

export default function PortalLayout() {
  return (
    <Frame>
      <Outlet />
    </Frame>
  )
}

/** What could not be shown is said inside the same frame, so that the ways on stay. */
export function ErrorBoundary() {
  return (
    <Frame>
      <Problem error={useRouteError()} />
    </Frame>
  )
}
