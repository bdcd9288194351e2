import type { Bilingual } from '../../../core/refusal/refusal.ts'
import type { LogMapping } from '../log-mapping.ts'
import type { ColumnProfile } from './column-profile.ts'
import type { HeadRows } from './head-rows.ts'
import { type GuessedRole, type Sign, signsOf } from './role-signs.ts'

/** A guess: which column has a role, how sure that is (0 to 1), and why. */
export interface RoleGuess {
  readonly role: GuessedRole
  readonly column: string
  readonly confidence: number
  readonly why: readonly Bilingual[]
}

/** The guesses of a file and the mapping that they make; null where case or activity stay open. */
export interface Guess {
  readonly roles: readonly RoleGuess[]
  readonly missing: readonly GuessedRole[]
  readonly mapping: LogMapping | null
}

/** Below this a guess is none. */
const LEAST: Readonly<Record<GuessedRole, number>> = {
  case: 0.35,
  activity: 0.3,
  time: 0.35,
  officer: 0.35,
  organ: 0.35,
}

const sum = (signs: readonly Sign[]): number => signs.reduce((total, { weight }) => total + weight, 0)

/**
 * Guesses the roles of a file's columns from their names and contents, one role after another: the case first, since
 * what changes within a case tells steps and times from facts about the whole case. Personal data are left out of the
 * mapping: nobody has to remember to drop them.
 */
export function guessRoles(head: HeadRows, columns: readonly ColumnProfile[]): Guess {
  const taken = new Set<number>()
  const roles: RoleGuess[] = []
  let caseAt = -1
  for (const role of ['case', 'activity', 'time', 'officer', 'organ'] as const) {
    const ranked = columns
      .filter(({ at }) => !taken.has(at))
      .map((column) => ({ column, signs: signsOf(role, column, head, caseAt) }))
      .sort((a, b) => sum(b.signs) - sum(a.signs) || a.column.at - b.column.at)
    const [best] = ranked
    if (best === undefined || sum(best.signs) < LEAST[role]) continue
    taken.add(best.column.at)
    if (role === 'case') caseAt = best.column.at
    const confidence = Math.round(Math.min(0.99, Math.max(0, sum(best.signs))) * 100) / 100
    roles.push({ role, column: best.column.name, confidence, why: best.signs.map(({ says }) => says) })
  }
  const known = new Map(roles.map(({ role, column }) => [role, column]))
  const missing = (['case', 'activity', 'time'] as const).filter((role) => !known.has(role))
  return { roles, missing, mapping: mappingOf(head, columns, known) }
}

function mappingOf(
  { choice, format }: HeadRows,
  columns: readonly ColumnProfile[],
  known: ReadonlyMap<GuessedRole, string>,
): LogMapping | null {
  const id = known.get('case')
  const activity = known.get('activity')
  if (id === undefined || activity === undefined) return null
  const officer = known.get('officer')
  const organ = known.get('organ')
  const used = new Set(known.values())
  const personal = columns.filter(({ personal, name }) => personal !== null && !used.has(name)).map(({ name }) => name)
  return {
    case: id,
    activity,
    time: known.get('time') ?? null,
    ...(officer === undefined ? {} : { officer }),
    ...(organ === undefined ? {} : { organ }),
    ...(personal.length === 0 ? {} : { attributes: { exclude: personal } }),
    ...(format === 'xlsx' && choice !== null && choice.names.length > 1 ? { sheet: choice.chosen } : {}),
    ...(choice?.kind === 'objectType' ? { objectType: choice.chosen } : {}),
  }
}
