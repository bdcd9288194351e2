import { useTranslation } from 'react-i18next'
import type { components } from '../../api/generated/schema.d.ts'
import { inLanguage } from '../format.ts'
import { nodeName } from '../reference.ts'

export type LawPiece = components['schemas']['LawPiece']

const depthOf = (address: string): number => address.split('.').length

/**
 * The text of an article, piece by piece, in the face that is for quoted law alone. Where the text is not held, the pack's
 * own sentence stands instead and says that it is one.
 */
export function Pieces({
  pieces,
  before,
  targets,
}: {
  readonly pieces: readonly LawPiece[]
  /** The same article in the version before: a piece that differs from it says so. */
  readonly before?: readonly LawPiece[]
  /** Whether an address with `#` may point into this version. */
  readonly targets?: boolean
}) {
  const { t, i18n } = useTranslation()
  const earlier = before && new Map(before.map((piece) => [piece.address, piece.text]))
  const gistsOnly = pieces.every((piece) => piece.text === null)
  return (
    <>
      <blockquote className="law" lang={gistsOnly ? undefined : 'zh-CN'}>
        {pieces.map((piece) => {
          const changed = piece.text !== null && earlier !== undefined && earlier.get(piece.address) !== piece.text
          if (piece.text === '' && piece.label === '') return null
          return (
            <p
              key={piece.address}
              id={targets ? `n-${piece.address}` : undefined}
              className={`d${depthOf(piece.address)}${changed ? ' changed' : ''}`}
            >
              {piece.text === null ? (
                <>
                  <b>{nodeName(`#${piece.address}`, t, i18n.language)}</b>{' '}
                  {piece.gist && inLanguage(piece.gist, i18n.language)}
                </>
              ) : (
                <>
                  {piece.label}
                  {piece.text}
                </>
              )}
              {changed && <span className="changed-word">{t('law.changed')}</span>}
            </p>
          )
        })}
      </blockquote>
      {gistsOnly && pieces.length > 0 && <p className="sm">{t('law.gist-only')}</p>}
    </>
  )
}
