// Instants as a foreign log writes them, and as a sentence shows them.
import { type Day, dateOf } from '../worktime/day.ts'
import type { Zone } from '../worktime/zone.ts'

/** A moment of a log's attribute. A bare date is the whole day: as a deadline it ends at its 24:00. */
export type Moment =
  | { readonly kind: 'instant'; readonly instant: number }
  | { readonly kind: 'date'; readonly day: Day }

const bareDate = /^\d{4}-\d{2}-\d{2}$/

/** Reads an ISO text; without an offset it is wall-clock time of the zone. Null where it is no such text. */
export function momentOf(text: string, zone: Zone): Moment | null {
  const trimmed = text.trim()
  try {
    if (bareDate.test(trimmed)) {
      const date = Temporal.PlainDate.from(trimmed)
      return { kind: 'date', day: zone.dayAt(date.toZonedDateTime(zone.id).epochMilliseconds) }
    }
    if (/(?:Z|[+-]\d{2}(?::?\d{2})?)$/i.test(trimmed))
      return { kind: 'instant', instant: Number(Temporal.Instant.from(trimmed).epochNanoseconds / 1000n) / 1000 }
    const local = Temporal.PlainDateTime.from(trimmed).toZonedDateTime(zone.id)
    return { kind: 'instant', instant: Number(local.epochNanoseconds / 1000n) / 1000 }
  } catch {
    return null
  }
}

/** `2025-10-09 16:30` in the zone. */
export function shownInstant(instant: number, zone: Zone): string {
  const minute = zone.minuteAt(instant)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${dateOf(zone.dayAt(instant))} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}
