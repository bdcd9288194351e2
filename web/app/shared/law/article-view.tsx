import { useTranslation } from 'react-i18next'
import type { paths } from '../../api/generated/schema.d.ts'
import { formatDate, inLanguage } from '../format.ts'
import { To } from '../link.tsx'
import { State, type Tone } from '../marks.tsx'
import { articleName, nodeName } from '../reference.ts'
import { Pieces } from './pieces.tsx'

/** An article as the API gives it. */
export type ArticleBody =
  paths['/api/laws/{law}/articles/{article}']['get']['responses'][200]['content']['application/json']

type Version = ArticleBody['versions'][number]

/** How a version stands to the day that was asked for. */
function standing(version: Version, on: string): { readonly tone: Tone; readonly key: string } {
  if (version.inForce) return { tone: 'ok', key: 'law.in-force' }
  if (version.effectiveOn === null) return { tone: 'none', key: 'law.unknown' }
  if (version.effectiveOn > on) return { tone: 'none', key: 'law.future' }
  return { tone: 'none', key: 'law.past' }
}

/** An article with its versions side by side, the powers that rest on it, and its neighbours. */
export function ArticleView({ body }: { readonly body: ArticleBody }) {
  const { t, i18n } = useTranslation()
  const path = (article: string) => `/laws/${encodeURIComponent(body.law)}/articles/${encodeURIComponent(article)}`
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
      <div className="side">
        {body.versions.map((version, index) => {
          const { tone, key } = standing(version, body.on)
          const previous = body.versions[index - 1]
          return (
            <section key={version.version} className="panel" aria-labelledby={`v-${version.version}`}>
              <h2 id={`v-${version.version}`}>
                {t('law.text-of', { date: formatDate(version.version, i18n.language) })}
              </h2>
              <p>
                <State tone={tone}>{t(key)}</State>{' '}
                <span className="sm">
                  {[
                    version.effectiveOn && t('law.since', { date: formatDate(version.effectiveOn, i18n.language) }),
                    t(`law.source.${version.effectiveSource}`),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </p>
              {version.pieces.length === 0 ? (
                <p>{t('law.not-in-version')}</p>
              ) : (
                <Pieces
                  pieces={version.pieces}
                  targets={version.inForce}
                  before={previous && previous.pieces.length > 0 ? previous.pieces : undefined}
                />
              )}
              <p className="sm">{[version.issuer, version.number].filter(Boolean).join(' · ')}</p>
            </section>
          )
        })}
      </div>
      <section className="panel sec" aria-labelledby="cited">
        <h2 id="cited">{t('law.cited', { count: body.citedBy.length })}</h2>
        <ul className="rows">
          {body.citedBy.map(({ code, name, ref }) => (
            <li key={code + ref}>
              <To path={`/powers/${encodeURIComponent(code)}`} row>
                {inLanguage(name, i18n.language)}
              </To>{' '}
              <span className="sm">{nodeName(ref, t, i18n.language)}</span>
            </li>
          ))}
        </ul>
      </section>
      <nav className="pages" aria-label={t('law.neighbours')}>
        {body.neighbours.before && (
          <To path={path(body.neighbours.before)}>← {articleName(body.neighbours.before, t, i18n.language)}</To>
        )}
        {body.neighbours.after && (
          <To path={path(body.neighbours.after)}>{articleName(body.neighbours.after, t, i18n.language)} →</To>
        )}
        <To path={`/laws/${encodeURIComponent(body.law)}`}>{t('law.whole')}</To>
      </nav>
    </>
  )
}
