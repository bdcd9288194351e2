import { useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'

/** The seven words of the loop keep their digit for good, whether a role sees them or not. */
export const loopWords = ['list', 'run', 'share', 'supervise', 'remedy', 'disclose', 'trust'] as const
export type LoopWord = (typeof loopWords)[number]

const offKey = 'daylight.keys-off'

/** Whether single keys act as commands on this machine. */
export const keysOn = (): boolean => localStorage.getItem(offKey) === null

/** Switches the single-key commands on or off for this machine. */
export function switchKeys(on: boolean): void {
  if (on) localStorage.removeItem(offKey)
  else localStorage.setItem(offKey, '1')
}

const inField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.role === 'combobox')

/** The links that J and K walk through: the first link of each row of the page's first list. */
const rowLinks = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-row-link]')]

function walk(step: 1 | -1): void {
  const links = rowLinks()
  if (links.length === 0) return
  const at = links.indexOf(document.activeElement as HTMLElement)
  const next = at === -1 ? (step === 1 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step))
  links[next]?.focus()
}

/** Listens for `/`, J, K, G+digit and ?; Enter opens what J and K reached, since it is a link. */
export function useKeyboard(paths: Partial<Record<LoopWord, string>>, showKeys: () => void): void {
  const navigate = useNavigate()
  // Outlives the effect: a page that draws itself anew between G and the digit must not forget the G.
  const afterG = useRef(0)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || inField(event.target) || !keysOn()) return
      const key = event.key.toLowerCase()
      if (afterG.current > Date.now() - 1500 && /^[1-7]$/.test(key)) {
        const word = loopWords[Number(key) - 1]
        const path = word && paths[word]
        if (path) navigate(path)
        afterG.current = 0
        return
      }
      afterG.current = key === 'g' ? Date.now() : 0
      if (key === '/') document.getElementById('search')?.focus()
      else if (key === 'j') walk(1)
      else if (key === 'k') walk(-1)
      else if (key === '?') showKeys()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [navigate, paths, showKeys])
}
