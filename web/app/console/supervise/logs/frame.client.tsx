import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../session.client.ts'
import { Page } from '../../ui/page.client.tsx'
import { useLogFilter, withFilter } from './filter/filter.client.ts'
import { LogFilterBar } from './filter/filter-bar.client.tsx'

/** The tabs of a log, in the order of their questions: what is in it, which ways, where off them, who and when. */
const tabs = ['', 'variants', 'map', 'deviations', 'rhythm', 'compare', 'cases', 'report'] as const

/** Who may propose a procedure from a log, on a page of the list's own. */
const proposers: ReadonlySet<string> = new Set(['supervisor', 'list-officer'])

/** A page of a log: where it lies, its tabs, and the one filter that all of them share. */
export function LogFrame({
  log,
  title,
  tab,
  under,
  actions,
  filtered = true,
  children,
}: {
  readonly log: { readonly id: string; readonly name: string }
  readonly title: string
  readonly tab: (typeof tabs)[number]
  readonly under?: ReactNode
  readonly actions?: ReactNode
  /** Whether the page follows the filter of the address. */
  readonly filtered?: boolean
  readonly children: ReactNode
}) {
  const { t } = useTranslation('analysis')
  const { filter } = useLogFilter()
  const { post } = useSession()
  const base = `/console/supervise/logs/${log.id}`
  const own = { says: log.name, to: withFilter(base, filter) }
  return (
    <Page
      title={title}
      crumbs={[
        { says: t('console:nav.logs'), to: '/console/supervise/logs' },
        ...(tab === '' ? [{ says: log.name }] : [own, { says: t(`tab.${tab}`) }]),
      ]}
      under={under}
      actions={actions}
    >
      <nav className="tabs" aria-label={t('tab.label')}>
        {tabs.map((one) => (
          <Link
            key={one}
            to={withFilter(one === '' ? base : `${base}/${one}`, filter)}
            aria-current={one === tab ? 'page' : undefined}
          >
            {t(`tab.${one === '' ? 'overview' : one}`)}
          </Link>
        ))}
        {post.roles.some((role) => proposers.has(role)) && (
          <Link to={withFilter('/console/list/proposals/new', filter, { log: log.id })}>{t('tab.discover')}</Link>
        )}
      </nav>
      {filtered && <LogFilterBar log={log.id} />}
      {children}
    </Page>
  )
}
