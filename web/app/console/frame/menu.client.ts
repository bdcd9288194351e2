import type { LoopWord } from '../keyboard.client.ts'
import type { SignedIn } from '../session.client.ts'

/** A page under a word; `only` names the roles that it is for, where the word is open to more. */
interface MenuPage {
  readonly key: string
  readonly to: string
  readonly only?: readonly SignedIn['post']['roles'][number][]
}

const pages: Partial<Record<LoopWord, readonly MenuPage[]>> = {
  list: [
    { key: 'console:nav.powers', to: '/console/list/powers' },
    { key: 'console:nav.laws', to: '/console/list/laws' },
    { key: 'console:nav.proposals', to: '/console/list/proposals', only: ['supervisor', 'list-officer'] },
  ],
  supervise: [
    { key: 'console:nav.logs', to: '/console/supervise/logs' },
    { key: 'console:nav.checks', to: '/console/supervise/checks' },
  ],
  remedy: [{ key: 'console:nav.findings', to: '/console/remedy/findings' }],
  trust: [
    { key: 'console:nav.organs', to: '/console/trust/organs' },
    { key: 'console:nav.audit', to: '/console/trust/audit', only: ['audit-admin'] },
  ],
}

/** The words that this post sees, each with its pages; the first page is where the word leads. */
export type Menu = Partial<Record<LoopWord, readonly MenuPage[]>>

export function menuOf(session: SignedIn): Menu {
  const menu: Menu = {}
  for (const word of session.menu) {
    const open = (pages[word] ?? []).filter(
      (page) => page.only?.some((role) => session.post.roles.includes(role)) ?? true,
    )
    if (open.length > 0) menu[word] = open
  }
  return menu
}
