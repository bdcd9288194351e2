import { useTranslation } from 'react-i18next'
import { Outlet, useLocation } from 'react-router'
import { Brand } from '../shared/icons.tsx'
import { modeOf, plainPath, portalPath } from '../shared/mode.ts'
import tokens from '../shared/tokens.css?url'
import styles from './portal.css?url'

export const links = () => [
  { rel: 'stylesheet', href: tokens },
  { rel: 'stylesheet', href: styles },
]

/** The frame of every public page: who speaks, the two reading modes, and the way to the staff's door. */
export default function PortalLayout() {
  const { t } = useTranslation('portal')
  const { pathname, search } = useLocation()
  const mode = modeOf(pathname)
  const here = plainPath(pathname)
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
            <a
              href={portalPath({ ...mode, language: mode.language === 'en' ? 'zh-CN' : 'en' }, here) + search}
              lang={mode.language === 'en' ? 'zh-CN' : 'en'}
              hrefLang={mode.language === 'en' ? 'zh-CN' : 'en'}
            >
              {t('other-language')}
            </a>
            <a href="/console">{t('staff')}</a>
          </nav>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <div className="w">
          <Outlet />
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
