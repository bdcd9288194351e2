import { useTranslation } from 'react-i18next'
import type { paths } from '../../api/generated/schema.d.ts'
import { formatDate, inLanguage } from '../format.ts'
import { To } from '../link.tsx'
import { State } from '../marks.tsx'
import { nodeName } from '../reference.ts'

/** A law as the API gives it. */
export type LawBody = paths['/api/laws/{law}']['get']['responses'][200]['content']['application/json']

const articleOf = (address: string): string => address.split('.')[0] ?? address
const isDivision = (kind: string | null): boolean => kind !== null && /part|chapter|section|heading/.test(kind)

/** A law: its versions with their dates, and the outline of the one in force, each article a link. */
export function LawView({ body }: { readonly body: LawBody }) {
  const { t, i18n } = useTranslation()
  const base = `/laws/${encodeURIComponent(body.law)}`
  return (
    <>
      {body.refusal && (
        <div className="refused">
          <p>
            <State tone="none">{inLanguage(body.refusal.says, i18n.language)}</State>
          </p>
          <p>{inLanguage(body.refusal.next, i18n.language)}</p>
        </div>
      )}
      {body.laterUnknown.length > 0 && (
        <p className="note">
          <State tone="prompt">{t('law.later-unknown', { versions: body.laterUnknown.join('、') })}</State>
        </p>
      )}
      <section className="panel sec" aria-labelledby="versions">
        <h2 id="versions">{t('law.versions', { count: body.versions.length })}</h2>
        <table className="stk">
          <caption className="vh">{t('law.versions', { count: body.versions.length })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('law.version')}</th>
              <th scope="col">{t('law.effective')}</th>
              <th scope="col">{t('law.document')}</th>
            </tr>
          </thead>
          <tbody>
            {body.versions.map((version) => (
              <tr key={version.version}>
                <td data-l={t('law.version')}>{formatDate(version.version, i18n.language)}</td>
                <td data-l={t('law.effective')}>
                  {version.effectiveOn ? formatDate(version.effectiveOn, i18n.language) : t('law.unknown')}{' '}
                  <span className="sm">{t(`law.source.${version.effectiveSource}`)}</span>
                </td>
                <td data-l={t('law.document')}>
                  {[version.issuer, version.number].filter(Boolean).join(' ') || t('none')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="panel sec" aria-labelledby="articles">
        <h2 id="articles">{t('law.articles')}</h2>
        <ul className="rows outline">
          {body.pieces.map((piece) =>
            isDivision(piece.kind) ? (
              <li key={piece.address} className="division">
                {piece.label}
                {piece.text}
              </li>
            ) : (
              <li key={piece.address}>
                <To path={`${base}/articles/${encodeURIComponent(articleOf(piece.address))}`} row>
                  {nodeName(`#${piece.address}`, t, i18n.language)}
                </To>{' '}
                <span className="mut">{piece.text ?? (piece.gist && inLanguage(piece.gist, i18n.language))}</span>
              </li>
            ),
          )}
        </ul>
      </section>
    </>
  )
}
