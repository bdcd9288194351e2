import type { LawNode } from './node.ts'
import { asciiDigits, NUMERAL, readChineseDate } from './numeral.ts'
import type { HeadEvent } from './statute.ts'

/** Where a version's effective date comes from, strongest first; `unknown` never counts as in force. */
export type EffectiveSource = 'set' | 'pack' | 'clause' | 'unknown'

/** When a version takes effect, and who says so. `on` is null exactly where the source is `unknown`. */
export interface Effective {
  readonly on: string | null
  readonly source: EffectiveSource
}

/**
 * What made a version. `enacted`: the first text. `revised` (修订): the whole text anew, so its own clause speaks of this
 * version. `amended` (修正, a decision to amend): single articles changed, while the clause still dates the first text.
 * `unstated`: the head says nothing of this version's day.
 */
export type MadeBy = 'enacted' | 'revised' | 'amended' | 'unstated'

/** Reads from a head's dated lines what made the version of the day `version`. */
export function madeBy(events: readonly HeadEvent[], version: string): MadeBy {
  const own = events.filter((event) => event.on === version)
  if (own.length === 0) return 'unstated'
  if (own.some((event) => /修正|(?:关于|部分).*(?:修改|修订).*决定|决定》.*修订/.test(event.what))) return 'amended'
  if (own.some((event) => /修订|修改/.test(event.what))) return 'revised'
  const changedBefore = events.some((event) => event.on < version && /修正|修订|修改/.test(event.what))
  return changedBefore ? 'unstated' : 'enacted'
}

/** What a statute's own 施行 clause says: a date, or that it takes effect on the day of its publication. */
export type EffectClause = { readonly kind: 'dated'; readonly on: string } | { readonly kind: 'on-publication' }

const SUBJECT =
  '(?:本(?:法|条例|规定|办法|细则|规则|决定|实施细则|实施办法|规范|规程|通则|章程|程序|准则|制度|方案|通知|命令|规约))?'
const FROM = '[，,]?\\s*(?:从|自|于)'
const DATE = `([${NUMERAL}]{4}\\s*年\\s*[${NUMERAL}]{1,3}\\s*月\\s*[${NUMERAL}]{1,3}\\s*日)`
const VERB = '(?:正式)?(?:施行|实施|生效|执行|试行)'
const DATED = new RegExp(`^${SUBJECT}${FROM}${DATE}(?:起|开始)?(?:正式)?${VERB}`)
const PUBLISHED = new RegExp(`^${SUBJECT}${FROM}(?:公布|发布|颁布|批准|印发)(?:之)?日起?${VERB}`)

/**
 * The clause of a statute's main text that dates the whole statute. Sentences that date single articles or other statutes
 * are passed over; null where there is none, or where two disagree.
 */
export function effectClause(nodes: readonly LawNode[]): EffectClause | null {
  const found: EffectClause[] = []
  for (const node of nodes) {
    if (node.kind !== 'paragraph' || !/^\d/.test(node.address)) continue
    for (const sentence of asciiDigits(node.text).split(/[。；]/)) {
      const date = readChineseDate(DATED.exec(sentence.trim())?.[1] ?? '')
      if (date !== null) found.push({ kind: 'dated', on: date })
      else if (PUBLISHED.test(sentence.trim())) found.push({ kind: 'on-publication' })
    }
  }
  const last = found.at(-1)
  if (last === undefined) return null
  const same = (clause: EffectClause): boolean =>
    clause.kind === 'dated' ? last.kind === 'dated' && clause.on === last.on : last.kind === 'on-publication'
  return found.every(same) ? last : null
}

/**
 * What the clause proves for this version. A text that was amended by decision keeps the clause of its first text, so a
 * date before the version's own day, or "on publication", proves nothing there; the same holds where the head does not
 * say what made the version. A clause of a first or wholly revised text speaks of that text.
 */
export function clauseEvidence(
  clause: EffectClause | null,
  version: string,
  made: MadeBy,
  events: readonly HeadEvent[],
): string | null {
  if (clause === null) return null
  if (clause.kind === 'dated') return clause.on >= version || made === 'enacted' ? clause.on : null
  if (made !== 'enacted' && made !== 'revised') return null
  const published = events.filter((event) => event.on >= version && /公布|发布|颁布/.test(event.what))
  return published.at(-1)?.on ?? version
}
