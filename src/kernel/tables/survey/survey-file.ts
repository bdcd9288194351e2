import { basename } from 'node:path'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import { type ColumnProfile, profileColumns } from './column-profile.ts'
import { type Guess, guessRoles } from './guess-roles.ts'
import { type HeadChoice, type HeadRows, readHead } from './head-rows.ts'

/** A refusal that speaks of the file by the name that people gave it, where it lies under another. */
export function named(refusal: Refusal, path: string, name: string): Refusal {
  const own = basename(path)
  const said = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value).replaceAll(own, JSON.stringify(name).slice(1, -1))) as T
  return own === name ? refusal : said(refusal)
}

/** So many rows are looked at: enough to tell steps from facts, and read in a moment. */
export const SURVEYED = 10_000

/** What the first rows of a file tell: its columns, and what they are likely to mean. */
export interface Survey extends Guess {
  readonly head: HeadRows
  readonly columns: readonly ColumnProfile[]
}

/** Looks at the first rows of a file before it is imported. Refuses what readLog refuses of a file; `name` is what people call it. */
export async function surveyFile(
  path: string,
  choice: HeadChoice = {},
  name = basename(path),
): Promise<Survey | Refusal> {
  const head = await readHead(path, SURVEYED, choice)
  if (isRefusal(head)) return named(head, path, name)
  const columns = profileColumns(head)
  return { head, columns, ...guessRoles(head, columns) }
}
