import { likelyFormats, type TimeFormat, TimeText } from '../time-text.ts'
import { zoneClock } from '../zone-offset.ts'
import type { HeadRows } from './head-rows.ts'
import { type PersonalKind, personalKind, shownMasked } from './personal.ts'

/** So many distinct values of a column are looked at closely, and so many are shown. */
const CLOSELY = 500
const SHOWN = 4
const LONGEST = 60

/** What the first rows of a file tell of one column. */
export interface ColumnProfile {
  readonly name: string
  readonly at: number
  readonly rows: number
  /** Rows that have a value. */
  readonly filled: number
  readonly distinct: number
  /** Some of its values; those of persons masked. */
  readonly samples: readonly string[]
  /** The format that most of its values have as times, and which share of them; null where few are times. */
  readonly time: { readonly format: TimeFormat; readonly share: number; readonly open: boolean } | null
  readonly personal: PersonalKind | null
  /** Shares of its distinct values. */
  readonly numbers: number
  readonly meanLength: number
  /** The distinct values that were looked at. */
  readonly values: readonly string[]
}

/** Profiles every column of a file's first rows. */
export function profileColumns({ columns, rows }: HeadRows): ColumnProfile[] {
  return columns.map((name, at) => {
    const counts = new Map<string, number>()
    let filled = 0
    for (const row of rows) {
      const text = row[at] ?? null
      if (text === null) continue
      filled++
      counts.set(text, (counts.get(text) ?? 0) + 1)
    }
    const values = [...counts.keys()].slice(0, CLOSELY)
    const personal = personalKind(name, values)
    const shown = values.slice(0, SHOWN).map((text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text))
    const share = (is: (text: string) => boolean): number =>
      values.length === 0 ? 0 : values.filter(is).length / values.length
    return {
      name,
      at,
      rows: rows.length,
      filled,
      distinct: counts.size,
      samples: personal === null ? shown : shown.map(shownMasked),
      time: timeShape(values),
      personal,
      numbers: share((text) => /^-?\d+(\.\d+)?$/.test(text.trim())),
      meanLength: values.length === 0 ? 0 : values.reduce((sum, text) => sum + text.length, 0) / values.length,
      values,
    }
  })
}

/** The shape of times that most values have. Day-first and month-first are told apart where any value fits one only. */
function timeShape(values: readonly string[]): ColumnProfile['time'] {
  const reader = new TimeText(zoneClock('UTC'))
  const votes = new Map<TimeFormat, number>()
  for (const value of values) {
    const bytes = Buffer.from(value)
    for (const format of likelyFormats(reader, bytes, 0, bytes.length)) votes.set(format, (votes.get(format) ?? 0) + 1)
  }
  const [best] = [...votes].sort((a, b) => b[1] - a[1])
  if (best === undefined || best[1] / values.length < 0.5) return null
  const [format, count] = best
  const open = (format === 'dmy' || format === 'mdy') && votes.get('dmy') === votes.get('mdy')
  return { format, share: count / values.length, open }
}

/** Which share of the cases with several rows has more than one value in a column. */
export function variesWithin({ rows }: HeadRows, caseAt: number, at: number): number {
  const seen = new Map<string, { readonly first: string | null; several: boolean; varies: boolean }>()
  for (const row of rows) {
    const id = row[caseAt] ?? null
    if (id === null) continue
    const value = row[at] ?? null
    const known = seen.get(id)
    if (known === undefined) seen.set(id, { first: value, several: false, varies: false })
    else {
      known.several = true
      if (value !== known.first) known.varies = true
    }
  }
  const several = [...seen.values()].filter((one) => one.several)
  return several.length === 0 ? 0 : several.filter(({ varies }) => varies).length / several.length
}
