import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '../refusal/refusal.ts'
import { type Calendar, compileCalendar } from './calendar.ts'
import { type ClockTerms, deadline, elapsed, isLate, type Limit, type Pause, pausedDays } from './clock.ts'
import { dateOf, dayOf, weekdayOf, yearOf } from './day.ts'
import { minuteOf, zoneOf } from './zone.ts'

/** The October of 2025 and what lies around it, as its notice arranged it. */
const cn: Calendar = {
  id: 'cn',
  weekend: [6, 7],
  years: [
    { year: 2024, notice: 'n', off: [], work: [] },
    {
      year: 2025,
      notice: 'n',
      off: [
        { from: '2025-01-28', to: '2025-02-04' },
        { from: '2025-05-01', to: '2025-05-05' },
        { from: '2025-10-01', to: '2025-10-08' },
      ],
      work: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
    },
    { year: 2026, notice: 'n', off: [{ from: '2026-01-01', to: '2026-01-03' }], work: ['2026-01-04'] },
  ],
}
const zone = zoneOf('Asia/Shanghai')
const calendar = compileCalendar(cn)
const terms: ClockTerms = { zone, calendar }
const at = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime('Asia/Shanghai').epochMilliseconds
const working = (value: number): Limit => ({ value, unit: 'working-day' })
const natural = (value: number): Limit => ({ value, unit: 'calendar-day' })
const lastDay = (start: string, limit: Limit, pauses: readonly Pause[] = [], more: Partial<ClockTerms> = {}) => {
  const end = deadline(at(start), limit, pauses, { ...terms, ...more })
  if (isRefusal(end)) return end.says.en
  return end.kind === 'paused' ? 'paused' : dateOf(end.lastDay)
}
const pause = (from: string, to: string | null): Pause => ({ from: at(from), to: to === null ? null : at(to) })

describe('days', () => {
  it('agree with Temporal over four centuries', () => {
    fc.assert(
      fc.property(fc.integer({ min: -80_000, max: 80_000 }), (n) => {
        const date = new Temporal.PlainDate(1970, 1, 1).add({ days: n })
        expect(dateOf(n)).toBe(date.toString())
        expect(dayOf(date.toString())).toBe(n)
        expect(weekdayOf(n)).toBe(date.dayOfWeek)
        expect(yearOf(n)).toBe(date.year)
      }),
    )
  })
  it('are read in the zone that is named, across changes of the clock', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Asia/Shanghai', 'Europe/Amsterdam', 'America/St_Johns', 'UTC'),
        fc.integer({ min: 0, max: 1_900_000_000_000 }),
        (id, instant) => {
          const there = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(id)
          expect(dateOf(zoneOf(id).dayAt(instant))).toBe(there.toPlainDate().toString())
          expect(zoneOf(id).minuteAt(instant)).toBe(there.hour * 60 + there.minute)
        },
      ),
    )
  })
})

describe('a limit of working days', () => {
  it('does not count its first day', () => {
    expect(lastDay('2025-03-03T09:00', working(1))).toBe('2025-03-04')
    expect(lastDay('2025-03-03T23:59', working(5))).toBe('2025-03-10')
  })
  it('passes over the October holiday and counts the make-up Saturday', () => {
    expect(lastDay('2025-09-30T10:00', working(1))).toBe('2025-10-09')
    expect(lastDay('2025-09-30T10:00', working(3))).toBe('2025-10-11')
    expect(lastDay('2025-09-30T10:00', working(4))).toBe('2025-10-13')
  })
  it('counts the make-up Sunday before the holiday', () => {
    expect(lastDay('2025-09-26T10:00', working(1))).toBe('2025-09-28')
  })
  it('ends at 24:00 of its last day', () => {
    const end = deadline(at('2025-03-03T09:00'), working(1), [], terms)
    if (isRefusal(end)) throw new Error(end.code)
    expect(isLate(at('2025-03-04T23:59:59.999'), end)).toBe(false)
    expect(isLate(at('2025-03-05T00:00'), end)).toBe(true)
  })
  it('ends at close of business where a pack says so', () => {
    const end = deadline(at('2025-03-03T09:00'), working(1), [], { ...terms, closes: minuteOf('17:30') })
    if (isRefusal(end)) throw new Error(end.code)
    expect(isLate(at('2025-03-04T17:30'), end)).toBe(false)
    expect(isLate(at('2025-03-04T17:30:01'), end)).toBe(true)
  })
  it('counts a receipt after hours from the next working day where a pack says so', () => {
    const hours = { receiptCloses: minuteOf('17:30') }
    expect(lastDay('2025-03-03T17:29', working(1), [], hours)).toBe('2025-03-04')
    expect(lastDay('2025-03-03T17:30', working(1), [], hours)).toBe('2025-03-05')
    expect(lastDay('2025-03-08T10:00', working(1), [], hours)).toBe('2025-03-11')
    expect(lastDay('2025-03-08T10:00', working(1))).toBe('2025-03-10')
  })
})

describe('a limit of calendar days', () => {
  it('moves on when its last day is a holiday or a weekend', () => {
    expect(lastDay('2025-09-24T10:00', natural(7))).toBe('2025-10-09')
    expect(lastDay('2025-03-03T10:00', natural(5))).toBe('2025-03-10')
  })
  it('does not move on from a make-up Saturday, which is worked', () => {
    expect(lastDay('2025-10-08T10:00', natural(3))).toBe('2025-10-11')
  })
  it('does not move for a holiday in its middle', () => {
    expect(lastDay('2025-09-29T10:00', natural(15))).toBe('2025-10-14')
  })
})

describe('pauses', () => {
  it('across the October holiday move the deadline by their working days only', () => {
    expect(lastDay('2025-09-22T10:00', working(10))).toBe('2025-10-11')
    expect(lastDay('2025-09-22T10:00', working(10), [pause('2025-09-29T10:00', '2025-10-10T10:00')])).toBe('2025-10-15')
  })
  it('that overlap or nest count once', () => {
    const both = [pause('2025-03-04T09:00', '2025-03-07T09:00'), pause('2025-03-05T09:00', '2025-03-06T09:00')]
    expect(lastDay('2025-03-03T09:00', working(5), both)).toBe('2025-03-13')
    expect(lastDay('2025-03-03T09:00', working(5), both.slice(0, 1))).toBe('2025-03-13')
  })
  it('that begin and end on one day move nothing', () => {
    expect(lastDay('2025-03-03T09:00', working(5), [pause('2025-03-05T09:00', '2025-03-05T17:00')])).toBe('2025-03-10')
  })
  it('that lie before the start or after the end move nothing', () => {
    expect(lastDay('2025-03-03T09:00', working(5), [pause('2025-02-10T09:00', '2025-02-20T09:00')])).toBe('2025-03-10')
    expect(lastDay('2025-03-03T09:00', working(5), [pause('2025-03-11T09:00', '2025-03-20T09:00')])).toBe('2025-03-10')
  })
  it('that began before the start and end after it count from the start', () => {
    expect(lastDay('2025-03-03T09:00', working(5), [pause('2025-02-27T09:00', '2025-03-06T09:00')])).toBe('2025-03-13')
    expect(lastDay('2025-03-03T09:00', natural(5), [pause('2025-02-27T09:00', '2025-03-06T09:00')])).toBe('2025-03-11')
    // Received after hours: the clock starts on the 4th, so that only the 5th and 6th stand still.
    const hours = { receiptCloses: minuteOf('17:30') }
    const over = [pause('2025-03-03T18:00', '2025-03-06T09:00')]
    expect(lastDay('2025-03-03T17:40', working(5), over, hours)).toBe('2025-03-13')
  })
  it('of a limit of calendar days that end in a holiday move the last day behind it', () => {
    expect(lastDay('2025-09-20T10:00', natural(7), [pause('2025-09-22T10:00', '2025-09-27T10:00')])).toBe('2025-10-09')
  })
  it('that begin on a last day which a holiday moved still hold it', () => {
    expect(lastDay('2025-09-24T10:00', natural(7), [pause('2025-10-09T09:00', '2025-10-15T09:00')])).toBe('2025-10-15')
  })
  it('that begin on the last day still hold it, as one begun the day before would', () => {
    expect(lastDay('2025-03-03T09:00', working(5), [pause('2025-03-10T09:00', '2025-03-20T09:00')])).toBe('2025-03-20')
    expect(lastDay('2025-03-03T09:00', natural(5), [pause('2025-03-10T09:00', '2025-03-20T09:00')])).toBe('2025-03-20')
    expect(lastDay('2025-03-03T09:00', working(5), [pause('2025-03-10T09:00', null)])).toBe('paused')
  })
  it('that last hold the limit open, unless it ran out before', () => {
    expect(lastDay('2025-03-03T09:00', working(5), [pause('2025-03-05T09:00', null)])).toBe('paused')
    expect(lastDay('2025-03-03T09:00', working(5), [pause('2025-03-12T09:00', null)])).toBe('2025-03-10')
  })
  it('are left out of what has elapsed', () => {
    const stop = [pause('2025-09-29T10:00', '2025-10-10T10:00')]
    expect(elapsed(at('2025-09-22T10:00'), at('2025-10-15T10:00'), 'working-day', stop, terms)).toBe(10)
    expect(elapsed(at('2025-09-22T10:00'), at('2025-10-01T10:00'), 'working-day', stop, terms)).toBe(6)
  })
})

describe('the turn of a year', () => {
  it('passes over New Year and counts its make-up Sunday', () => {
    expect(lastDay('2025-12-31T10:00', working(1))).toBe('2026-01-04')
    expect(lastDay('2025-12-29T10:00', working(4))).toBe('2026-01-05')
    expect(lastDay('2025-12-27T10:00', natural(5))).toBe('2026-01-04')
  })
  it('takes a day of December that the next year’s notice arranges', () => {
    const bridge = compileCalendar({
      ...cn,
      years: cn.years.map((entry) =>
        entry.year === 2025 ? { ...entry, off: [{ from: '2024-12-30', to: '2025-01-01' }] } : entry,
      ),
    })
    expect(lastDay('2024-12-27T10:00', working(1), [], { calendar: bridge })).toBe('2025-01-02')
  })
  it('of a leap year loses no day', () => {
    expect(lastDay('2024-02-28T10:00', natural(1))).toBe('2024-02-29')
    expect(lastDay('2024-02-28T10:00', natural(2))).toBe('2024-03-01')
  })
  it('starts a clock on the first working day of the new year where receipt came after hours', () => {
    const hours = { receiptCloses: minuteOf('17:30') }
    expect(lastDay('2025-12-31T17:30', working(1), [], hours)).toBe('2026-01-05')
    expect(lastDay('2026-12-31T17:30', working(1), [], hours)).toContain('no published notice for 2027')
  })
})

describe('a year without a published notice', () => {
  it('is said and not guessed', () => {
    expect(lastDay('2031-03-03T09:00', working(5))).toContain('no published notice for 2031')
    expect(lastDay('2026-12-28T09:00', working(5))).toContain('no published notice for 2027')
    expect(lastDay('2026-12-21T09:00', working(5))).toBe('2026-12-28')
  })
  it('is found between published years too', () => {
    const holed = compileCalendar({ ...cn, years: cn.years.filter((entry) => entry.year !== 2025) })
    expect(lastDay('2024-12-30T09:00', working(5), [], { calendar: holed })).toContain('2025')
    expect(lastDay('2024-12-20T09:00', working(5), [], { calendar: holed })).toBe('2024-12-27')
  })
  it('matters to a limit of calendar days only on its last day', () => {
    expect(lastDay('2023-12-20T09:00', natural(15))).toBe('2024-01-04')
  })
})

describe('what always holds of clocks', () => {
  const day = fc.integer({ min: dayOf('2024-02-01'), max: dayOf('2026-06-30') })
  const instant = day.map((value) => zone.startOf(value) + 10 * 3_600_000)
  const unit = fc.constantFrom<Limit['unit']>('working-day', 'calendar-day')
  const pauses = fc.array(
    fc.tuple(instant, fc.integer({ min: 0, max: 30 })).map(([from, days]) => ({ from, to: from + days * 86_400_000 })),
    { maxLength: 4 },
  )
  const due = (start: number, limit: Limit, stops: readonly Pause[]) => {
    const end = deadline(start, limit, stops, terms)
    if (isRefusal(end) || end.kind !== 'due') throw new Error('a due day was expected')
    return end
  }

  it('a longer limit never ends earlier, nor does a later start', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 40 }), unit, pauses, (start, value, u, stops) => {
        const here = due(start, { value, unit: u }, stops).due
        expect(due(start, { value: value + 1, unit: u }, stops).due).toBeGreaterThanOrEqual(here)
        expect(due(start + 86_400_000, { value, unit: u }, stops).due).toBeGreaterThanOrEqual(here)
      }),
    )
  })
  const elapsedOn = (start: number, on: number, stops: readonly Pause[]) =>
    elapsed(start, zone.startOf(on) + 43_200_000, 'working-day', stops, terms)
  /** Whether a pause begins on the very day on which the limit is reached: that day has counted, and the end moves on. */
  const heldAtTheEnd = (start: number, value: number, stops: readonly Pause[]) =>
    pausedDays(zone.dayAt(start), stops, zone).some(({ from }) => elapsedOn(start, from, stops) === value)

  it('exactly the limit has elapsed when the last working day ends, and less the day before', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 40 }), pauses, (start, value, stops) => {
        fc.pre(!heldAtTheEnd(start, value, stops))
        const { lastDay } = due(start, working(value), stops)
        expect(elapsedOn(start, lastDay, stops)).toBe(value)
        expect(elapsedOn(start, lastDay - 1, stops)).toBe(value - 1)
      }),
    )
  })
  it('a pause begun on the last day holds the clock there until it ends', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 30 }), (start, value, days) => {
        const reached = due(start, working(value), []).lastDay
        const from = zone.startOf(reached) + 10 * 3_600_000
        const stop = { from, to: from + days * 86_400_000 }
        const end = due(start, working(value), [stop]).lastDay
        expect(end).toBeGreaterThanOrEqual(reached + days)
        for (let on = reached; on <= reached + days; on++) expect(elapsedOn(start, on, [stop])).toBe(value)
        // Where the pause ends on a day of rest, the end is the next working day, and no later.
        expect(elapsedOn(start, end - 1, [stop])).toBe(value)
      }),
    )
  })
  it('a pause of n working days inside the limit moves the last day by n working days', () => {
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 1, max: 30 }),
        fc.nat(1_000),
        fc.integer({ min: 1, max: 40 }),
        (start, value, where, length) => {
          const before = due(start, working(value), [])
          const first = zone.dayAt(start)
          const from = first + (where % (before.lastDay - first))
          const stop = { from: zone.startOf(from) + 36_000_000, to: zone.startOf(from + length) + 36_000_000 }
          const n = calendar.workingDaysBetween(from, from + length)
          const after = due(start, working(value), [stop])
          expect(calendar.workingDaysBetween(before.lastDay, after.lastDay)).toBe(n)
        },
      ),
    )
  })
  it('cutting a pause in two, or giving it twice, changes nothing', () => {
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 1, max: 30 }),
        unit,
        instant,
        fc.nat(20),
        fc.nat(20),
        (start, value, u, from, a, b) => {
          const middle = from + a * 86_400_000
          const to = middle + b * 86_400_000
          const whole = due(start, { value, unit: u }, [{ from, to }])
          const cut = [
            { from: middle, to },
            { from, to: middle },
            { from: middle, to },
          ]
          expect(due(start, { value, unit: u }, cut)).toEqual(whole)
        },
      ),
    )
  })
  it('paused days are apart, ascending and after the start', () => {
    fc.assert(
      fc.property(day, pauses, (start, stops) => {
        const stretches = pausedDays(start, stops, zone)
        stretches.forEach((stretch, i) => {
          expect(stretch.from).toBeGreaterThanOrEqual(i === 0 ? start : (stretches[i - 1]?.to ?? 0) + 1)
          expect(stretch.to).toBeGreaterThan(stretch.from)
        })
      }),
    )
  })
  it('the working days between two days are those that Temporal walks over', () => {
    fc.assert(
      fc.property(day, fc.nat(60), (after, length) => {
        let walked = 0
        for (let d = after + 1; d <= after + length; d++) if (calendar.isWorking(d) === true) walked++
        expect(calendar.workingDaysBetween(after, after + length)).toBe(walked)
        if (walked > 0) expect(calendar.workingDayAfter(after, walked)).toBeLessThanOrEqual(after + length)
      }),
    )
  })
})
