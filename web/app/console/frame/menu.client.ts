import type { LoopWord } from '../keyboard.client.ts'
import type { SessionBody } from '../session.client.ts'

/** The pages under a word, in the order of the rail. */
export const pagesOf: Partial<Record<LoopWord, readonly { readonly key: string; readonly to: string }[]>> = {
  list: [
    { key: 'nav.powers', to: '/console/list/powers' },
    { key: 'nav.laws', to: '/console/list/laws' },
  ],
  supervise: [
    { key: 'nav.logs', to: '/console/supervise/logs' },
    { key: 'nav.checks', to: '/console/supervise/checks' },
  ],
  remedy: [{ key: 'nav.findings', to: '/console/remedy/findings' }],
  trust: [
    { key: 'nav.organs', to: '/console/trust/organs' },
    { key: 'nav.audit', to: '/console/trust/audit' },
  ],
}

/** The words that the officer's role sees, each with its first page. */
export function menuOf(session: SessionBody): Partial<Record<LoopWord, string>> {
  const menu: Partial<Record<LoopWord, string>> = {}
  for (const word of session.menu) {
    const first = pagesOf[word]?.[0]
    if (first) menu[word] = first.to
  }
  return menu
}
