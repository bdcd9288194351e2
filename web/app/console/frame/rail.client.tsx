import { useTranslation } from 'react-i18next'
import { Link, NavLink, useLocation } from 'react-router'
import { inLanguage } from '../../shared/format.ts'
import { Brand } from '../../shared/icons.tsx'
import { type LoopWord, loopWords } from '../keyboard.client.ts'
import type { SignedIn } from '../session.client.ts'
import type { Menu } from './menu.client.ts'

const stopHeight = 44
const pageHeight = 32

/** The loop as a line of stops: the words that this post sees, and the dashed return from remedy to the list. */
export function Rail({ menu, session }: { readonly menu: Menu; readonly session: SignedIn }) {
  const { t, i18n } = useTranslation('console')
  const { pathname } = useLocation()
  const words = loopWords.filter((word) => menu[word])
  const current = words.find((word) => pathname.startsWith(`/console/${word}/`))
  let y = 0
  const stops = words.map((word) => {
    const at = y + stopHeight / 2
    const pages = word === current ? (menu[word] ?? []) : []
    y += stopHeight + pages.length * pageHeight
    return { word, at, pages }
  })
  return (
    <aside className="rail">
      <Link className="brand" to="/console">
        <Brand />
        {t('common:brand')}
      </Link>
      <nav aria-label={t('nav.label')}>
        <Line stops={stops} height={y} current={current} />
        {stops.map(({ word, pages }) => (
          <div key={word}>
            <Link to={menu[word]?.[0]?.to ?? ''} aria-current={word === current ? 'true' : undefined}>
              {t(`loop.${word}`)}
            </Link>
            {pages.map((page) => (
              <NavLink key={page.to} to={page.to} className="sub">
                {t(page.key)}
              </NavLink>
            ))}
          </div>
        ))}
      </nav>
      <p className="foot">{t('nav.loop')}</p>
      <p className="foot">
        {inLanguage(session.post.regionName, i18n.language)}
        {session.demo && (
          <>
            <br />
            {t('nav.demo')}
          </>
        )}
      </p>
    </aside>
  )
}

/** The line through the stops: a drawing only, the links beside it carry the meaning. */
function Line({
  stops,
  height,
  current,
}: {
  readonly stops: readonly { readonly word: LoopWord; readonly at: number }[]
  readonly height: number
  readonly current: LoopWord | undefined
}) {
  const at = (word: LoopWord) => stops.find((entry) => entry.word === word)?.at
  const list = at('list')
  const remedy = at('remedy')
  return (
    <svg width="48" height={height} viewBox={`0 0 48 ${height}`} aria-hidden="true" focusable="false">
      <path d={`M28 ${stops[0]?.at ?? 0}V${stops.at(-1)?.at ?? 0}`} className="rail-line" />
      {list !== undefined && remedy !== undefined && (
        <>
          <path d={`M28 ${remedy}H16a4 4 0 0 1-4-4V${list + 4}a4 4 0 0 1 4-4h8`} className="rail-return" />
          <path d={`m20.500 ${list - 3.5} 4 3.500-4 3.500`} className="rail-return-tip" />
        </>
      )}
      {stops.map(({ word, at: y }) => (
        <circle
          key={word}
          cx="28"
          cy={y}
          r={word === current ? 5 : 3.5}
          className={word === current ? 'on' : undefined}
        />
      ))}
    </svg>
  )
}
