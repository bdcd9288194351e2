/** A bar beside its number in a table: its length is the share of the greatest; the number itself stands next to it. */
export function BarOf({
  value,
  most,
  width = 90,
}: {
  readonly value: number
  readonly most: number
  readonly width?: number
}) {
  const long = most > 0 ? Math.max(value > 0 ? 1 : 0, (width * value) / most) : 0
  return (
    <svg className="ch-bar" width={width} height="10" viewBox={`0 0 ${width} 10`} aria-hidden="true" focusable="false">
      <rect width={width} height="10" className="track" />
      <rect width={Math.round(long * 10) / 10} height="10" className="fill" />
    </svg>
  )
}
