import type { ReactNode } from 'react'

/** A day of a clock; `number` is which day of the limit it is, from 1, and null while the clock stands still. */
export interface ClockDay {
  /** YYYY-MM-DD. */
  readonly date: string
  readonly number: number | null
}

/** A limit that runs out at the end of a day. */
export interface ClockFlag {
  readonly date: string
  readonly says: string
  readonly kind: 'promised' | 'statutory'
}

const cell = { width: 36, height: 24, perRow: 25 } as const
const row = { height: 84, top: 34 } as const

/** The clock of a case: one cell for each day that counts, pauses hatched and unnumbered, limits as flags. */
export function Clock({
  days,
  flags,
  through,
  says,
}: {
  readonly days: readonly ClockDay[]
  readonly flags: readonly ClockFlag[]
  /** The last day used: the day of the decision, or today. */
  readonly through: string
  readonly says: string
}) {
  const rows: ClockDay[][] = []
  for (let at = 0; at < days.length; at += cell.perRow) rows.push(days.slice(at, at + cell.perRow))
  const width = Math.min(days.length, cell.perRow) * cell.width + 16
  const last = days.findLast((day) => day.date <= through)?.date
  return (
    <svg
      className="clock"
      role="img"
      aria-label={says}
      width={width}
      height={rows.length * row.height}
      viewBox={`-2 0 ${width} ${rows.length * row.height}`}
    >
      <defs>
        <pattern id="c-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="7" height="7" className="c-hatch-ground" />
          <path d="M0 0V7" className="c-hatch-line" />
        </pattern>
      </defs>
      {rows.map((part, index) => (
        <g key={part[0]?.date} transform={`translate(0 ${index * row.height})`}>
          {part.map((day, at) => (
            <Cell
              key={day.date}
              day={day}
              x={at * cell.width}
              tone={toneOf(day, through, flags, day.date === last)}
              labelled={isLabelled(part, at, last)}
            />
          ))}
          {flagsOf(part, flags)}
        </g>
      ))}
    </svg>
  )
}

type CellTone = 'used' | 'last' | 'over' | 'late' | 'pause' | 'ahead'

/** A day past the promise is not yet one past the law: the two are told apart. */
function toneOf(day: ClockDay, through: string, flags: readonly ClockFlag[], isLast: boolean): CellTone {
  if (day.number === null) return 'pause'
  if (day.date > through) return 'ahead'
  const past = (kind: ClockFlag['kind']) => flags.some((flag) => flag.kind === kind && day.date > flag.date)
  if (past('statutory')) return 'late'
  if (past('promised')) return 'over'
  return isLast ? 'last' : 'used'
}

/** A date stands under the first cell, under the first after a change, and under the last day used. */
function isLabelled(part: readonly ClockDay[], at: number, last: string | undefined): boolean {
  const day = part[at] as ClockDay
  const before = part[at - 1]
  return (
    before === undefined ||
    (before.number === null) !== (day.number === null) ||
    day.date === last ||
    at === part.length - 1
  )
}

function Cell({
  day,
  x,
  tone,
  labelled,
}: {
  readonly day: ClockDay
  readonly x: number
  readonly tone: CellTone
  readonly labelled: boolean
}) {
  return (
    <g className={`c-day ${tone}`}>
      <rect x={x} y={row.top} width={cell.width - 2} height={cell.height} />
      {day.number !== null && (
        <text x={x + cell.width / 2 - 1} y={row.top + 16} textAnchor="middle">
          {day.number}
        </text>
      )}
      {labelled && (
        <text x={x + 1} y={row.top + cell.height + 14} className="c-axis">
          {day.date.slice(5)}
        </text>
      )}
    </g>
  )
}

/** The flags of the days in a row; two on one day stand above each other. */
function flagsOf(part: readonly ClockDay[], flags: readonly ClockFlag[]): ReactNode {
  const seen = new Map<string, number>()
  return flags.map((flag) => {
    const at = part.findIndex((day) => day.date === flag.date)
    if (at === -1) return null
    const above = seen.get(flag.date) ?? 0
    seen.set(flag.date, above + 1)
    const x = (at + 1) * cell.width - 1
    const early = at < 4
    return (
      <g key={flag.kind}>
        <path d={`M${x} ${row.top - 8}v${cell.height + 12}`} className={`c-flag ${flag.kind}`} />
        <text
          x={early ? 0 : x}
          y={row.top - 12 - above * 15}
          textAnchor={early ? 'start' : 'end'}
          className={`c-flag-label ${flag.kind}`}
        >
          {flag.says}
        </text>
      </g>
    )
  })
}
