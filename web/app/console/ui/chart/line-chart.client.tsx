import { useTranslation } from 'react-i18next'
import { settleRow } from '../../../shared/diagram/layered/place.ts'
import { widthOf } from '../../../shared/diagram/text.ts'
import { formatNumber } from '../../../shared/format.ts'
import { evenly, ticksTo } from './scale.ts'
import { useWidth } from './width.client.ts'

/** A line of a chart; a value is null where nothing is known. */
export interface Series {
  readonly name: string
  readonly values: readonly (number | null)[]
  /** Lines differ in colour, in dashes and in their marks. */
  readonly look: 'ink' | 'slate' | 'green'
}

const height = 220
const pad = { top: 14, bottom: 24, left: 46 } as const
const marks: Readonly<Record<Series['look'], (x: number, y: number) => string>> = {
  ink: (x, y) => `M${x - 2.5} ${y}a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0`,
  slate: (x, y) => `M${x} ${y - 3.5}L${x + 3.5} ${y + 2.5}H${x - 3.5}z`,
  green: (x, y) => `M${x - 2.5} ${y - 2.5}h5v5h-5z`,
}

/**
 * Lines over time, from zero, named at their ends. With `unfinished`, the last point is one that is still growing: it is
 * drawn hollow and dotted, so that it does not look like a fall. Whoever shows it puts the numbers beside it as a table.
 */
export function LineChart({
  says,
  axis,
  series,
  unfinished = false,
}: {
  /** The chart in a sentence, for who does not see it. */
  readonly says: string
  /** A name for each place of the values, such as 2026-03. */
  readonly axis: readonly string[]
  readonly series: readonly Series[]
  readonly unfinished?: boolean
}) {
  const { i18n } = useTranslation()
  const [place, width] = useWidth<HTMLDivElement>()
  const most = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)))
  const ticks = ticksTo(most, 4)
  const top = ticks.at(-1) as number
  const right = Math.max(...series.map(({ name }) => widthOf(name))) * 12 + 14
  const inner = { width: Math.max(60, width - pad.left - right), height: height - pad.top - pad.bottom }
  const x = (at: number) => round(pad.left + (axis.length < 2 ? 0 : (at * inner.width) / (axis.length - 1)))
  const y = (value: number) => round(pad.top + inner.height * (1 - value / top))
  const named = series.flatMap((line) => {
    const at = line.values.findLastIndex((value) => value !== null)
    return at < 0 ? [] : [{ line, at, y: y(line.values[at] as number) }]
  })
  const ordered = named.toSorted((a, b) => a.y - b.y)
  const labelsAt = settleRow(
    ordered.map((one) => one.y),
    ordered.map(() => 1),
    ordered.slice(1).map(() => 15),
  )
  const room = Math.max(2, Math.min(9, Math.floor(inner.width / 76)))
  return (
    <div ref={place} className="chart">
      <svg role="img" aria-label={says} viewBox={`0 0 ${width} ${height}`} width={width} height={height}>
        {ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${pad.left} ${y(tick)}h${inner.width}`} className={tick === 0 ? 'ch-base' : 'ch-grid'} />
            <text x={pad.left - 6} y={y(tick) + 4} textAnchor="end" className="ch-axis">
              {formatNumber(tick, i18n.language)}
            </text>
          </g>
        ))}
        {evenly(axis.length, room).map((at) => (
          <text
            key={at}
            x={x(at)}
            y={height - 6}
            textAnchor={at === 0 ? 'start' : at === axis.length - 1 ? 'end' : 'middle'}
            className="ch-axis"
          >
            {axis[at]}
          </text>
        ))}
        {series.map((line) => (
          <Line key={line.name} line={line} x={x} y={y} unfinished={unfinished} marked={axis.length <= 40} />
        ))}
        {ordered.map(({ line, at }, index) => (
          <text key={line.name} x={x(at) + 8} y={(labelsAt[index] as number) + 4} className={`ch-name ${line.look}`}>
            {line.name}
          </text>
        ))}
      </svg>
    </div>
  )
}

const round = (value: number): number => Math.round(value * 10) / 10

function Line({
  line,
  x,
  y,
  unfinished,
  marked,
}: {
  readonly line: Series
  readonly x: (at: number) => number
  readonly y: (value: number) => number
  readonly unfinished: boolean
  readonly marked: boolean
}) {
  const { values, look } = line
  const last = values.length - 1
  const spots = values.map((value, at) => (value === null ? null : { x: x(at), y: y(value) }))
  const path = spots
    .slice(0, unfinished ? -1 : undefined)
    .map((spot, at) => (spot === null ? '' : `${spots[at - 1] ? 'L' : 'M'}${spot.x} ${spot.y}`))
    .join('')
  const [before, end] = [spots[last - 1], spots[last]]
  return (
    <g className={`ch-line ${look}`}>
      <path d={path} />
      {unfinished && before && end && <path d={`M${before.x} ${before.y}L${end.x} ${end.y}`} className="growing" />}
      {spots.map((spot, at) =>
        spot === null || !(marked || at === last) ? null : (
          <path
            key={at}
            d={marks[look](spot.x, spot.y)}
            className={unfinished && at === last ? 'mark hollow' : 'mark'}
          />
        ),
      )}
    </g>
  )
}
