const SLOT = 15 * 60_000

/** Turns wall-clock readings of one zone into instants. */
export interface ZoneClock {
  readonly zone: string
  /** The instant, in ms, of a wall-clock reading given as the ms that it would be in UTC. */
  instant(wall: number): number
}

function offsetAt(zone: string, wall: number): number {
  const reading = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC').toPlainDateTime()
  return wall - reading.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds
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

/**
 * A clock of a zone that remembers the offset of each quarter of an hour: a zone look-up for each of five million rows
 * would cost more than all other reading. A reading that a clock change skips or repeats is taken as Temporal's
 * `compatible` takes it (skipped: later; repeated: earlier).
 */
export function zoneClock(zone: string): ZoneClock {
  const offsets = new Map<number, number>()
  let lastSlot = Number.NaN
  let lastOffset = 0
  return {
    zone,
    instant(wall) {
      const slot = Math.floor(wall / SLOT)
      if (slot === lastSlot) return wall - lastOffset
      const known = offsets.get(slot)
      if (known !== undefined) {
        lastSlot = slot
        lastOffset = known
        return wall - known
      }
      const start = offsetAt(zone, slot * SLOT)
      // before 1901 zones change at odd seconds: such a slot is never remembered
      if (start !== offsetAt(zone, slot * SLOT + SLOT - 1)) return wall - offsetAt(zone, Math.floor(wall))
      if (offsets.size > 200_000) offsets.clear()
      offsets.set(slot, start)
      lastSlot = slot
      lastOffset = start
      return wall - start
    },
  }
}
