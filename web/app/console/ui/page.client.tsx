import { Fragment, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

/** Where a page lies: the words that lead to it; the last has no address. */
export interface Crumb {
  readonly says: string
  readonly to?: string
}

/** The frame of a page: crumbs, the H1 that states the finding, a line under it, actions, and the document's title. */
export function Page({
  title,
  crumbs = [],
  under,
  actions,
  children,
}: {
  readonly title: string
  readonly crumbs?: readonly Crumb[]
  readonly under?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}) {
  const { t } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // A new page is announced from its heading; a reload leaves the focus where the browser put it.
    if (document.activeElement === document.body || document.activeElement === null) heading.current?.focus()
  }, [])
  return (
    <div className="in">
      <title>{`${title} · ${t('brand')}`}</title>
      {crumbs.length > 0 && (
        <nav className="crumb" aria-label={t('crumbs')}>
          {crumbs.map((crumb, index) => (
            <Fragment key={crumb.says}>
              {index > 0 && ' › '}
              {crumb.to ? <Link to={crumb.to}>{crumb.says}</Link> : <span aria-current="page">{crumb.says}</span>}
            </Fragment>
          ))}
        </nav>
      )}
      <div className="hd">
        <div>
          <h1 tabIndex={-1} ref={heading}>
            {title}
          </h1>
          {under && <div className="under">{under}</div>}
        </div>
        {actions && <div className="r">{actions}</div>}
      </div>
      {children}
    </div>
  )
}

/** The four sentences that head every detail page: what, why it is a doubt, on what basis, what next. */
export function Four({ sentences }: { readonly sentences: readonly (readonly [says: string, what: ReactNode])[] }) {
  return (
    <dl className="four">
      {sentences.map(([says, what]) => (
        <div key={says}>
          <dt>{says}</dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A panel with its heading. */
export function Card({
  title,
  note,
  right,
  foot,
  flush,
  children,
}: {
  readonly title: string
  readonly note?: ReactNode
  readonly right?: ReactNode
  readonly foot?: ReactNode
  /** A table fills the panel to its edge. */
  readonly flush?: boolean
  readonly children: ReactNode
}) {
  return (
    <section className="card" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {note && <span className="sm">{note}</span>}
        {right && <span className="r">{right}</span>}
      </header>
      {flush ? children : <div className="bd">{children}</div>}
      {foot && <p className="ft">{foot}</p>}
    </section>
  )
}

/** An empty list says what comes next, never only that there is nothing. */
export function Empty({ says, next }: { readonly says: string; readonly next?: ReactNode }) {
  return (
    <div className="empty">
      <p>
        <b>{says}</b>
      </p>
      {next && <p>{next}</p>}
    </div>
  )
}

/** A number that opens its rows. */
export function Count({ value, to }: { readonly value: number; readonly to: string }) {
  const { i18n } = useTranslation()
  return (
    <Link className="n" to={to}>
      {new Intl.NumberFormat(i18n.language).format(value)}
    </Link>
  )
}
