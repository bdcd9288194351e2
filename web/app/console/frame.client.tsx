import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Outlet } from 'react-router'
import { LinkContext, type LinkMaker } from '../shared/link.tsx'
import { pageNonce } from '../style-nonce.ts'
import { Refused } from './api.client.ts'
import { Bar } from './frame/bar.client.tsx'
import { KeysDialog } from './frame/keys.client.tsx'
import { menuOf } from './frame/menu.client.ts'
import { Rail } from './frame/rail.client.tsx'
import { type LoopWord, useKeyboard } from './keyboard.client.ts'
import { SessionContext, type SignedIn } from './session.client.ts'
import { antdLocale, theme } from './theme.client.ts'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal is an answer: asking again would not change it.
      retry: (count, error) => !(error instanceof Refused) && count < 2,
    },
  },
})

/** What every console page stands in: our theme, the nonce for its styles, and the answers kept. */
export function Ground({ children }: { readonly children: ReactNode }) {
  const { i18n } = useTranslation()
  return (
    <ConfigProvider
      theme={theme}
      locale={antdLocale(i18n.language)}
      csp={{ nonce: pageNonce }}
      wave={{ disabled: true }}
    >
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </ConfigProvider>
  )
}

/** Pages of laws and powers lie under the list. */
const listLink: LinkMaker = ({ path, children, row }) => (
  <Link to={`/console/list${path}`} data-row-link={row}>
    {children}
  </Link>
)

/** The console around a page: the rail with the loop's words, the bar with search and the officer, and the page. */
export function Frame({ session }: { readonly session: SignedIn }) {
  const { t } = useTranslation('console')
  const [keys, setKeys] = useState(false)
  const menu = useMemo(() => menuOf(session), [session])
  const paths = useMemo(() => {
    const first = Object.entries(menu).map(([word, pages]) => [word, pages[0]?.to])
    return Object.fromEntries(first) as Partial<Record<LoopWord, string>>
  }, [menu])
  const showKeys = useCallback(() => setKeys(true), [])
  useKeyboard(paths, showKeys)
  return (
    <Ground>
      <SessionContext value={session}>
        <LinkContext value={listLink}>
          <a className="skip" href="#main">
            {t('skip')}
          </a>
          <div className="console">
            <Rail menu={menu} session={session} />
            <div className="pg">
              <Bar session={session} showKeys={showKeys} />
              <main id="main" tabIndex={-1}>
                <Outlet />
              </main>
            </div>
          </div>
          <KeysDialog open={keys} close={() => setKeys(false)} />
        </LinkContext>
      </SessionContext>
    </Ground>
  )
}
