import { useTranslation } from 'react-i18next'
import { isRouteErrorResponse, useLocation } from 'react-router'
import { inLanguage } from '../shared/format.ts'
import { modeOf, portalPath } from '../shared/mode.ts'
import type { RefusalBody } from '../shared/refusal.ts'

/** A page that cannot be shown: the refusal in words with its way on, or the plain sentence that nothing is there. */
export function Problem({ error }: { readonly error: unknown }) {
  const { t, i18n } = useTranslation('portal')
  const mode = modeOf(useLocation().pathname)
  const refusal = isRouteErrorResponse(error) ? (error.data as { refusal?: RefusalBody } | null)?.refusal : undefined
  const missing = isRouteErrorResponse(error) && error.status === 404
  const title = refusal ? inLanguage(refusal.says, i18n.language) : t(missing ? 'missing.title' : 'broken.title')
  return (
    <>
      <title>{`${title} · ${t('common:brand')}`}</title>
      <h1>{title}</h1>
      <p className="lead">
        {refusal ? inLanguage(refusal.next, i18n.language) : t(missing ? 'missing.next' : 'broken.next')}
      </p>
      {refusal && (
        <p className="sm">
          {t('code')} <code className="mono">{refusal.code}</code>
        </p>
      )}
      <p className="sec">
        <a className="btn b2" href={portalPath(mode, '/powers')}>
          {t('powers.title')}
        </a>
      </p>
    </>
  )
}
