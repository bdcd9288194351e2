// Officers under the codes by which their log shows them, so that results never hold a name.
import { createHash } from 'node:crypto'
import { namesIn, separatorOf } from '../../../core/check/officers.ts'
import type { EventLog } from '../../../core/eventlog/event-log.ts'
import { officerMark } from '../../../core/finding/officer-mark.ts'
import { pseudonym } from '../logs/pseudonym.ts'
import type { Plan } from '../plans/plan-file.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The marks of the officers whom a text of a masked log shows; see `officerMark`. */
export type OfficerMarks = (shown: string) => readonly string[]

/**
 * Masks the column of officers and the further ones that the plan names. Where a cell names several, each is masked by
 * itself and the plan's separator stays between them.
 */
export function maskOfficers(
  log: EventLog,
  plan: Pick<Plan, 'officers'>,
  name: string,
  key: Buffer,
): { readonly log: EventLog; readonly marksOf: OfficerMarks } {
  const separator = separatorOf(plan)
  const marks = new Map<string, string>()
  const mask = (officer: string): string => {
    const shown = pseudonym(key, officer)
    marks.set(shown, officerMark(sha256, name, officer))
    return shown
  }
  const columns = new Map(log.eventAttributes)
  for (const name of ['officer', ...(plan.officers?.also ?? [])]) {
    const column = log.eventAttributes.get(name)
    if (column === undefined) continue
    const dictionary = column.dictionary.map((cell) =>
      namesIn(cell, separator)
        .map(mask)
        .join(separator ?? ''),
    )
    columns.set(name, { ...column, dictionary })
  }
  return {
    log: { ...log, eventAttributes: columns },
    marksOf: (shown) => namesIn(shown, separator).flatMap((one) => marks.get(one) ?? []),
  }
}
