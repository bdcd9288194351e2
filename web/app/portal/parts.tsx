import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { modeOf, portalPath } from '../shared/mode.ts'

/** Makes a path of this page's language and text size. */
export function usePortalPath(): (path: string) => string {
  const mode = modeOf(useLocation().pathname)
  return (path) => portalPath(mode, path)
}

/** The title of a page, alone or with its place. */
export function Title({ children }: { readonly children: string }) {
  const { t } = useTranslation()
  return <title>{`${children} · ${t('common:brand')}`}</title>
}

/** Where a page lies. */
export function Crumbs({ trail }: { readonly trail: readonly (readonly [says: string, path?: string])[] }) {
  const { t } = useTranslation()
  const to = usePortalPath()
  return (
    <nav className="crumb" aria-label={t('common:crumbs')}>
      {trail.map(([says, path], index) => (
        <span key={says}>
          {index > 0 && ' › '}
          {path === undefined ? <span aria-current="page">{says}</span> : <a href={to(path)}>{says}</a>}
        </span>
      ))}
    </nav>
  )
}

/** Links to the next rows of a list and back to its first, with the same filters. */
export function Pages({ path, next }: { readonly path: string; readonly next: string | null }) {
  const { t } = useTranslation('portal')
  const to = usePortalPath()
  const params = new URLSearchParams(useLocation().search)
  const here = (cursor: string | null) => {
    const query = new URLSearchParams(params)
    if (cursor === null) query.delete('cursor')
    else query.set('cursor', cursor)
    return `${to(path)}?${query}`
  }
  if (next === null && !params.has('cursor')) return null
  return (
    <p className="pages">
      {params.has('cursor') && <a href={here(null)}>{t('powers.first')}</a>}
      {next !== null && <a href={here(next)}>{t('powers.next')}</a>}
    </p>
  )
}
