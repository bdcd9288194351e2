import { type ReactNode, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useLocation, useMatches } from 'react-router'
import icon from './icon.svg?no-inline'
import { NonceContext } from './nonce.ts'
import { modeOf } from './shared/mode.ts'

/** A route sets `handle = { client: true }` when it runs in the browser; every other page ships no script at all. */
const isClient = (match: { readonly handle: unknown }): boolean =>
  (match.handle as { client?: boolean } | undefined)?.client === true

/** The document. Portal pages carry no script; the elders' text size is a class that the address sets. */
export function Layout({ children }: { readonly children: ReactNode }) {
  const nonce = useContext(NonceContext)
  const { i18n } = useTranslation()
  const large = modeOf(useLocation().pathname).large
  const client = useMatches().some(isClient)
  return (
    <html lang={i18n.language} className={large ? 'elder' : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <link rel="icon" href={icon} type="image/svg+xml" />
        {client && <meta name="csp-nonce" content={nonce} suppressHydrationWarning />}
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        {client && <ScrollRestoration nonce={nonce} />}
        {client && <Scripts nonce={nonce} />}
      </body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}
