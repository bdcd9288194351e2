import { type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { officerRoles } from '../../../kernel/access/principal.ts'
import { regionLevels } from '../tables.ts'
import type { DirectoryRows } from './rows.ts'

/** The codes that the store holds already, which rows may refer to. */
export interface KnownCodes {
  readonly regions: ReadonlySet<string>
  readonly organs: ReadonlySet<string>
  readonly posts: ReadonlySet<string>
  readonly officers: ReadonlySet<string>
}

/** The region above one, by its path; null for a top region. */
export function parentOf(region: string): string | null {
  const cut = region.lastIndexOf('/')
  return cut < 0 ? null : region.slice(0, cut)
}

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}

interface Line {
  readonly what: string
  readonly code: string
}

const wrong = ({ what, code }: Line, why: string): Refusal => refuse('directory.wrong', { what, code, why })

function refersTo({ what, code }: Line, missing: string | undefined, known: ReadonlySet<string>): Refusal | null {
  return missing === undefined || known.has(missing) ? null : refuse('directory.missing', { what, code, missing })
}

function validity(line: Line, from: string, to: string | undefined): Refusal | null {
  if (!isDay(from)) return wrong(line, `from ${from}`)
  if (to !== undefined && (!isDay(to) || to < from)) return wrong(line, `to ${to}`)
  return null
}

function twice(what: string, codes: readonly string[]): Refusal | null {
  const seen = new Set<string>()
  const code = codes.find((one) => seen.size === seen.add(one).size)
  return code === undefined ? null : wrong({ what, code }, '×2')
}

/**
 * What is wrong with rows before the store sees them: the first fault as `directory.wrong` (a path that is no path, a
 * level above its parent's, a date, an unknown role, a code given twice) or `directory.missing` (a reference to nothing).
 */
export function faultIn(rows: DirectoryRows, known: KnownCodes): Refusal | null {
  const regions = new Map(rows.regions.map((row) => [row.code, row]))
  const codes = {
    regions: new Set([...known.regions, ...regions.keys()]),
    organs: new Set([...known.organs, ...rows.organs.map((row) => row.code)]),
    posts: new Set([...known.posts, ...rows.posts.map((row) => row.code)]),
    officers: new Set([...known.officers, ...rows.officers.map((row) => row.code)]),
  }
  const checks: (() => Refusal | null)[] = [
    () =>
      twice(
        'region',
        rows.regions.map((row) => row.code),
      ),
    () =>
      twice(
        'organ',
        rows.organs.map((row) => row.code),
      ),
    () =>
      twice(
        'post',
        rows.posts.map((row) => row.code),
      ),
    () =>
      twice(
        'officer',
        rows.officers.map((row) => row.code),
      ),
  ]
  for (const row of rows.regions) {
    const line = { what: 'region', code: row.code }
    const parent = parentOf(row.code)
    const above = parent === null ? undefined : regions.get(parent)
    checks.push(
      () => (/^[0-9]+(\/[0-9]+)*$/.test(row.code) ? null : wrong(line, 'code')),
      () => refersTo(line, parent ?? undefined, codes.regions),
      () => refersTo(line, row.successor, codes.regions),
      () => (regionLevels.includes(row.level) ? null : wrong(line, `level ${row.level}`)),
      () =>
        above && regionLevels.indexOf(above.level) >= regionLevels.indexOf(row.level)
          ? wrong(line, `level ${row.level} < ${above.level}`)
          : null,
      () => validity(line, row.validFrom, row.validTo),
    )
  }
  for (const row of rows.organs) {
    const line = { what: 'organ', code: row.code }
    checks.push(
      () => refersTo(line, row.region, codes.regions),
      () => refersTo(line, row.parent, codes.organs),
      () => refersTo(line, row.successorOf, codes.organs),
      () => validity(line, row.validFrom, row.validTo),
    )
  }
  for (const row of rows.posts) {
    const line = { what: 'post', code: row.code }
    const unknown = row.roles.find((role) => !officerRoles.includes(role))
    checks.push(
      () => refersTo(line, row.organ, codes.organs),
      () => (row.roles.length === 0 || unknown !== undefined ? wrong(line, `role ${unknown ?? '—'}`) : null),
    )
  }
  for (const row of rows.officers) {
    const line = { what: 'officer', code: row.code }
    for (const held of row.posts) {
      checks.push(
        () => refersTo(line, held.post, codes.posts),
        () => refersTo(line, held.standInFor, codes.officers),
        () => (held.standInFor === row.code ? wrong(line, `standInFor ${row.code}`) : null),
        () => validity(line, held.from, held.to),
      )
    }
  }
  for (const check of checks) {
    const fault = check()
    if (fault !== null) return fault
  }
  return null
}
