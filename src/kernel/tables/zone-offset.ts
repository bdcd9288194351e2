const DAY = 86_400_000

/** Turns wall-clock readings of one zone into instants. */
export interface ZoneClock {
  readonly zone: string
  /** The instant, in ms, of a wall-clock reading given as the ms that it would be in UTC. */
  instant(wall: number): number
}

/** A span of wall-clock readings, more than a day away from any clock change, with its one offset. */
interface Span {
  readonly from: number
  readonly to: number
  readonly offset: number
}

function resolved(zone: string, wall: number): Temporal.ZonedDateTime {
  const reading = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC').toPlainDateTime()
  return reading.toZonedDateTime(zone, { disambiguation: 'compatible' })
}

/** True where the name is a zone that the runtime knows, e.g. `Asia/Shanghai` or `+08:00`. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}

/** The span around a resolved reading, between the clock changes before and after it. */
function spanAround(moment: Temporal.ZonedDateTime): Span {
  const offset = Math.round(moment.offsetNanoseconds / 1e6)
  const before = moment.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')
  const after = moment.getTimeZoneTransition('next')
  return {
    from: before === null ? Number.NEGATIVE_INFINITY : before.epochMilliseconds + offset + DAY,
    to: after === null ? Number.POSITIVE_INFINITY : after.epochMilliseconds + offset - DAY,
    offset,
  }
}

/**
 * A clock of a zone that remembers the spans between clock changes: a zone look-up for each of five million rows would
 * cost more than all other reading. Readings near a change are looked up one by one; one that a change skips or repeats
 * is taken as Temporal's `compatible` takes it (skipped: later; repeated: earlier).
 */
export function zoneClock(zone: string): ZoneClock {
  const spans: Span[] = []
  let last: Span = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY, offset: 0 }
  return {
    zone,
    instant(wall) {
      if (wall >= last.from && wall < last.to) return wall - last.offset
      if (Number.isNaN(wall)) return wall
      const known = spans.find(({ from, to }) => wall >= from && wall < to)
      if (known !== undefined) {
        last = known
        return wall - known.offset
      }
      const whole = Math.floor(wall)
      const moment = resolved(zone, whole)
      const span = spanAround(moment)
      if (whole >= span.from && whole < span.to) {
        spans.push(span)
        last = span
      }
      return moment.epochMilliseconds + (wall - whole)
    },
  }
}
