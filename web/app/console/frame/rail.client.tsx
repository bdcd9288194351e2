import { useTranslation } from 'react-i18next'
import { Link, NavLink, useLocation } from 'react-router'
import { Brand } from '../../shared/icons.tsx'
import { type LoopWord, loopWords } from '../keyboard.client.ts'
import type { SessionBody } from '../session.client.ts'
import { pagesOf } from './menu.client.ts'

const stop = 44
const sub = 32

/** The loop as a line of stops: the words that this role sees, and the dashed return from putting right to the list. */
export function Rail({
  menu,
  session,
}: {
  readonly menu: Partial<Record<LoopWord, string>>
  readonly session: SessionBody
}) {
  const { t } = useTranslation('console')
  const { pathname } = useLocation()
  const words = loopWords.filter((word) => menu[word])
  const current = words.find((word) => pathname.startsWith(`/console/${word}/`))
  let y = 0
  const stops = words.map((word) => {
    const at = y + stop / 2
    const pages = word === current ? (pagesOf[word]?.filter((page) => session.pages.includes(page.to)) ?? []) : []
    y += stop + pages.length * sub
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
            <Link to={menu[word] ?? ''} aria-current={word === current ? 'true' : undefined} className="word">
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
      <p className="foot">{t('nav.loop-1')}</p>
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
  const first = stops[0]?.at ?? 0
  const last = stops.at(-1)?.at ?? 0
  return (
    <svg width="48" height={height} viewBox={`0 0 48 ${height}`} aria-hidden="true" focusable="false">
      <path d={`M28 ${first}V${last}`} className="rail-line" />
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
