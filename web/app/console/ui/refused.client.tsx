import { useTranslation } from 'react-i18next'
import { inLanguage } from '../../shared/format.ts'
import { State } from '../../shared/marks.tsx'
import type { RefusalBody } from '../../shared/refusal.ts'
import { BasisLink } from './basis.client.tsx'

/** A refusal: the rule in words, its basis and code, and the way on. Neutral, never red: nothing went wrong. */
export function RefusedBox({ refusal }: { readonly refusal: RefusalBody }) {
  const { t, i18n } = useTranslation('console')
  const place = refusal.place
  return (
    <div role="alert" className="refused">
      <p>
        <State tone="none">{t('state.refused')}</State>
      </p>
      <p>
        <b>{inLanguage(refusal.says, i18n.language)}</b>
      </p>
      <p>{inLanguage(refusal.next, i18n.language)}</p>
      <p className="sm">
        {refusal.basis && (
          <>
            {t('state.basis')} <BasisLink reference={refusal.basis} /> ·{' '}
          </>
        )}
        {place?.file && (
          <>
            <span className="mono">{place.file}</span> ·{' '}
          </>
        )}
        {place?.row !== undefined && <>{t('state.row', { row: place.row })} · </>}
        {place?.column && (
          <>
            <span className="mono">{place.column}</span> ·{' '}
          </>
        )}
        {t('state.code')} <code className="mono">{refusal.code}</code>
      </p>
    </div>
  )
}
