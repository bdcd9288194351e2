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
  /** What to do about a table that is no log as it stands; null where nothing is to be said. */
  readonly hint: Bilingual | null
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
  return { roles, missing, mapping: mappingOf(head, columns, known), hint: wideTable(columns, known) }
}

/** A table with one row a case and a column for each moment: its steps stand beside each other, not below. */
function wideTable(columns: readonly ColumnProfile[], known: ReadonlyMap<GuessedRole, string>): Bilingual | null {
  const times = columns.filter(({ time, filled }) => time !== null && time.share >= 0.9 && filled > 0)
  const repeats = columns.some(({ name, filled, distinct }) => name === known.get('case') && distinct < filled)
  const single = columns.some(({ rows, filled, distinct }) => rows > 5 && filled === rows && distinct === rows)
  if (known.has('activity') || repeats || !single || times.length < 2) return null
  const names = times.map(({ name }) => `“${name}”`)
  return {
    zh: `像是一件一行的宽表，时间分在${names.join('、')}几列里。日志要一步一行：请原系统按环节导出，或把每个时间列拆成一行。`,
    en: `This looks like one row a case, its times in ${names.join(', ')}. A log has one row a step: ask for an export by step, or make each column of times a row.`,
  }
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
