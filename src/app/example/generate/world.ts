// What every case of the example is written from: the county's powers and officers, its office hours, its terms.
import { type Day, dayOf } from '../../../core/worktime/day.ts'
import { minuteOf, zoneOf } from '../../../core/worktime/zone.ts'
import type { ActName, CaseTerms, StepName } from '../case-file.ts'
import type { ExampleCaseKind, ExamplePower } from '../power-file.ts'
import type { Example } from '../read-example.ts'
import { type Office, officeOf } from './office.ts'
import type { Random } from './random.ts'

/** The officers of one organ, by what they are there for. */
export interface Staff {
  readonly window: readonly string[]
  readonly review: readonly string[]
  readonly chief: readonly string[]
  readonly head: readonly string[]
  readonly archive: readonly string[]
}

/** One event of a case as it is written. */
export interface CaseEvent {
  readonly name: StepName | ActName
  readonly instant: number
  /** Null for what the applicant or the system does. */
  readonly officer: string | null
  readonly partner?: string
  /** The kind of special procedure, in the log's word. */
  readonly special?: string
  readonly note?: string
}

/** A case before it has a number. */
export interface CaseDraft {
  readonly power: ExamplePower
  readonly organ: string
  readonly region: string
  readonly kind: ExampleCaseKind
  /** In the order of their instants. */
  readonly events: readonly CaseEvent[]
}

/** What cases are written from. */
export interface World {
  readonly terms: CaseTerms
  readonly office: Office
  readonly random: Random
  /** The instant at which the log is taken, and its day. */
  readonly asOf: number
  readonly today: Day
  readonly firstDay: Day
  /** The powers whose procedure the log follows, with their demand. */
  readonly powers: readonly { readonly value: ExamplePower; readonly weight: number }[]
  readonly staffOf: (organ: string) => Staff
  readonly regionOf: (organ: string) => string
  /** The words of special procedures that a law names: only they stop a clock. */
  readonly lawfulSpecials: ReadonlySet<string>
}

/** The powers whose cases the log holds: by its procedure, and exercised by bodies of its region. */
export function powersOfLog({ powers, organs, cases }: Example): readonly ExamplePower[] {
  const inside = (region: string) => region === cases.region || region.startsWith(`${cases.region}/`)
  const acting = new Set(organs.organs.filter(({ region }) => inside(region)).map(({ code }) => code))
  return powers.filter(
    (power) => power.procedure === cases.procedure && power.organs.every((organ) => acting.has(organ)),
  )
}

/** Prepares the example for the generator. */
export function worldOf(example: Example, random: Random): World {
  const terms = example.cases
  const zone = zoneOf(terms.zone)
  const asOf = Temporal.Instant.from(terms.asOf).epochMilliseconds
  const today = zone.dayAt(asOf)
  const hours = terms.hours.map((stretch) => ({ from: minuteOf(stretch.from), to: minuteOf(stretch.to) }))
  const lastYear = Temporal.Instant.from(terms.asOf).toZonedDateTimeISO(terms.zone).year
  const office = officeOf(example.calendar, zone, hours, terms.firstOn, `${lastYear + 1}-12-31`)

  const byPost = new Map<string, string[]>()
  for (const officer of example.officers.officers)
    byPost.set(officer.post, [...(byPost.get(officer.post) ?? []), officer.code])
  const regions = new Map(example.organs.organs.map((organ) => [organ.code, organ.region]))
  const duty = (organ: string, name: keyof Staff): readonly string[] => {
    const officers = byPost.get(`${organ}.${name}`)
    if (officers === undefined) throw new RangeError(`${organ} has nobody in the post ${name}`)
    return officers
  }
  return {
    terms,
    office,
    random,
    asOf,
    today,
    firstDay: dayOf(terms.firstOn),
    powers: powersOfLog(example).map((power) => ({ value: power, weight: terms.demand[power.code] ?? 1 })),
    staffOf: (organ) => ({
      window: duty(organ, 'window'),
      review: duty(organ, 'review'),
      chief: duty(organ, 'chief'),
      head: duty(organ, 'head'),
      archive: duty(organ, 'archive'),
    }),
    regionOf(organ) {
      const region = regions.get(organ)
      if (region === undefined) throw new RangeError(`${organ} is no organ of the example`)
      return region
    },
    lawfulSpecials: new Set(Object.values(terms.specials)),
  }
}
