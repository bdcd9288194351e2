import { z } from 'zod'
import { exampleCaseKind, specialKind } from './power-file.ts'

const text = z.string().min(1)
const clock = z.string().regex(/^\d{2}:\d{2}$/, 'hh:mm')
const share = z.number().min(0).max(1)
const named = <Key extends string>(keys: readonly Key[]) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, text])) as Record<Key, typeof text>)

/** The steps of the example's procedure that the generator writes, by what they are. */
export const stepNames = [
  'apply',
  'correct',
  'notNeeded',
  'otherBody',
  'supplementNotice',
  'supplement',
  'deemed',
  'reject',
  'accept',
  'decideOnTheSpot',
  'review',
  'inspect',
  'tellInterested',
  'hear',
  'specialStart',
  'specialEnd',
  'check',
  'grant',
  'refuse',
  'deliver',
  'deliverRefusal',
  'publish',
  'archive',
] as const
const columnNames = [
  'case',
  'power',
  'kind',
  'region',
  'ended',
  'activity',
  'time',
  'officer',
  'organ',
  'partner',
  'special',
  'note',
] as const
const actNames = ['withdraw', 'extend'] as const
const varietyNames = [
  'supplement',
  'correct',
  'special',
  'inspect',
  'interested',
  'extended',
  'refused',
  'rejected',
  'notNeeded',
  'otherBody',
  'withdrawn',
  'deemed',
  'lastMoment',
  'holidayEnd',
  'instant',
  'commitment',
  'waiting',
] as const

/** The rules whose breaches are planted. */
export const plantedRules = ['EM-01', 'EM-02', 'EM-03', 'EM-04', 'EM-09', 'EM-10', 'EM-15'] as const

const limit = z.strictObject({
  value: z.int().positive(),
  unit: z.enum(['working-day', 'calendar-day']),
  basis: text,
})

/** `packs/example/cases.yml`: what the generator of cases is told. */
export const caseFile = z.strictObject({
  title: z.strictObject({ zh: text, en: text }).describe('The title of the plan'),
  procedure: text,
  region: text.describe('The region whose bodies, and those below, act in the log'),
  zone: text,
  calendar: text,
  firstOn: z.iso.date().describe('The first day of applications'),
  asOf: z.iso.datetime({ offset: true }).describe('The instant at which the log was taken'),
  hours: z.array(z.strictObject({ from: clock, to: clock })).min(1),
  months: z.array(z.number().positive()).length(12),
  columns: named(columnNames),
  kinds: z.record(exampleCaseKind, text),
  specials: z.record(specialKind, text),
  unlawfulSpecial: text,
  steps: named(stepNames),
  acts: named(actNames),
  answerWithin: limit,
  deliverWithin: limit,
  separate: z.array(z.array(z.enum(stepNames)).min(2)),
  notes: z.strictObject({
    refused: z.array(text).min(1),
    rejected: z.array(text).min(1),
    withdrawn: z.array(text).min(1),
    extended: z.array(text).min(1),
  }),
  varieties: z.strictObject(
    Object.fromEntries(varietyNames.map((name) => [name, share])) as Record<
      (typeof varietyNames)[number],
      typeof share
    >,
  ),
  irregularities: z.strictObject({
    atLeast: z.int().min(0),
    perThousand: z.record(z.enum(plantedRules), z.number().min(0)),
  }),
  demand: z.record(z.string(), z.number().positive()),
})

/** What the generator of cases is told. */
export type CaseTerms = z.output<typeof caseFile>
/** A step, by what it is. */
export type StepName = (typeof stepNames)[number]
/** A case act, by what it is. */
export type ActName = (typeof actNames)[number]
/** A rule whose breaches are planted. */
export type PlantedRule = (typeof plantedRules)[number]
