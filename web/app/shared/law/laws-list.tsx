import { useTranslation } from 'react-i18next'
import type { components } from '../../api/generated/schema.d.ts'
import { formatDate } from '../format.ts'
import { To } from '../link.tsx'

/** Laws with what is held of each. */
export function LawsList({
  rows,
  caption,
}: {
  readonly rows: readonly components['schemas']['Law'][]
  readonly caption: string
}) {
  const { t, i18n } = useTranslation()
  return (
    <table className="stk">
      <caption className="vh">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('law.title')}</th>
          <th scope="col">{t('law.rank-title')}</th>
          <th scope="col">{t('law.newest')}</th>
          <th scope="col">{t('law.effective')}</th>
          <th scope="col" className="r">
            {t('law.held-versions')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((law) => (
          <tr key={law.law}>
            <td className="hd1">
              <To path={`/laws/${encodeURIComponent(law.law)}`} row>
                {law.title}
              </To>
              {!law.hasText && <span className="sm"> {t('law.facts-only')}</span>}
            </td>
            <td data-l={t('law.rank-title')}>{law.rank ? t(`law.rank.${law.rank}`) : t('none')}</td>
            <td data-l={t('law.newest')}>{formatDate(law.newest, i18n.language)}</td>
            <td data-l={t('law.effective')}>
              {law.effectiveOn ? formatDate(law.effectiveOn, i18n.language) : t('law.unknown')}
            </td>
            <td data-l={t('law.held-versions')} className="r">
              {law.versions}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
