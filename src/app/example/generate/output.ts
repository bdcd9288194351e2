// The generated log as any other system would hand it over: a table, how to read it, and the plan to judge it by.
import { stringify } from 'yaml'
import type { z } from 'zod'
import type { LogMapping } from '../../../kernel/tables/log-mapping.ts'
import type { planFile } from '../../../modules/supervise/plans/plan-file.ts'
import type { CaseTerms } from '../case-file.ts'
import type { ExamplePower } from '../power-file.ts'
import type { Example } from '../read-example.ts'
import type { GeneratedCases, PlantedCase } from './generate.ts'
import { type CaseDraft, powersOfLog } from './world.ts'

/** A plan as its file states it. */
export type PlanDocument = z.input<typeof planFile>

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** The log as CSV: one row an event, in the order of time, in the words of the county's approval system. */
export function csvOf({ cases }: GeneratedCases, terms: CaseTerms): string {
  const labels: Readonly<Record<string, string>> = { ...terms.steps, ...terms.acts }
  const { columns } = terms
  const header = [
    columns.case,
    columns.power,
    columns.kind,
    columns.region,
    columns.ended,
    columns.activity,
    columns.time,
    columns.officer,
    columns.organ,
    columns.partner,
    columns.special,
    columns.note,
  ]
  const rows = cases.flatMap((one) => one.events.map((event) => ({ one, event })))
  rows.sort((a, b) => a.event.instant - b.event.instant)
  const lines = rows.map(({ one, event }) =>
    [
      one.id,
      one.power.code,
      terms.kinds[one.kind],
      one.region,
      endOf(one, terms),
      labels[event.name] ?? '',
      wallClock(event.instant, terms.zone),
      event.officer ?? '',
      one.organ,
      event.partner ?? '',
      event.special ?? '',
      event.note ?? '',
    ]
      .map(cell)
      .join(','),
  )
  return `${[header.join(','), ...lines].join('\n')}\n`
}

const lastSteps: readonly string[] = ['archive', 'reject', 'notNeeded', 'otherBody', 'withdraw']

/** When a case was over: after its last event, once one of the steps that end it has happened; empty while under way. */
function endOf({ events }: CaseDraft, { zone }: CaseTerms): string {
  const last = events.at(-1)
  const over = events.some(({ name }) => lastSteps.includes(name))
  return last !== undefined && over ? wallClock(last.instant, zone) : ''
}

/** `2025-10-09 16:30:05` on the wall of the zone. */
function wallClock(instant: number, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime()
  return local.toString({ smallestUnit: 'second' }).replace('T', ' ')
}

/** How the log's columns are to be read. */
export function mappingOf({ columns, zone }: CaseTerms): LogMapping {
  return {
    case: columns.case,
    activity: columns.activity,
    time: columns.time,
    zone,
    officer: columns.officer,
    organ: columns.organ,
    region: columns.region,
    power: columns.power,
    end: { column: columns.ended, level: 'case' },
    attributes: { case: [columns.kind] },
  }
}

/** The plan: the limits of each power, what starts, stops and ends the clock, and which steps are kept apart. */
export function planOf(example: Example): PlanDocument {
  const terms = example.cases
  const { steps, acts } = terms
  const powers = powersOfLog(example)
  const extension = powers.find((power) => power.extension !== undefined)?.extension
  const flipped = Object.entries(terms.kinds).map(([kind, word]) => [word, kind])
  return {
    plan: 'example-permits',
    title: { zh: '示例县行政许可办件监察方案', en: 'Plan for the permits of the example county' },
    map: mappingOf(terms),
    zone: terms.zone,
    calendar: terms.calendar,
    asOf: terms.asOf,
    procedure: terms.procedure,
    caseKind: { column: terms.columns.kind, values: Object.fromEntries(flipped) },
    clock: {
      start: { activity: [steps.accept, steps.deemed] },
      end: { activity: [steps.grant, steps.refuse, steps.decideOnTheSpot, acts.withdraw] },
      deemed: {
        received: steps.apply,
        answered: [steps.supplementNotice, steps.reject, steps.accept, steps.notNeeded, steps.otherBody],
        within: limitOf(terms.answerWithin),
      },
      pauses: [
        {
          from: steps.specialStart,
          to: steps.specialEnd,
          attribute: terms.columns.special,
          kinds: Object.values(terms.specials),
        },
      ],
      ...(extension && {
        extensions: [
          {
            activity: acts.extend,
            statutory: extension.value,
            promised: extension.value,
            basis: [extension.basis],
          },
        ],
      }),
    },
    limits: {
      by: { column: 'power', of: Object.fromEntries(powers.map((power) => [power.code, limitsOf(power, terms)])) },
    },
    officers: { also: [terms.columns.partner] },
    separate: terms.separate.map((group) => group.map((step) => steps[step])),
    checks: 'all',
  }
}

const limitOf = ({ basis, ...limit }: CaseTerms['answerWithin']) => ({ ...limit, basis: [basis] })

function limitsOf(power: ExamplePower, terms: CaseTerms) {
  const { steps } = terms
  const review = power.review && { step: steps.review, from: [steps.accept, steps.deemed], limit: power.review }
  const deliver = { step: steps.deliver, from: [steps.grant], limit: limitOf(terms.deliverWithin) }
  return {
    ...(power.statutory && { statutory: limitOf(power.statutory) }),
    promised: power.promised,
    steps: review === undefined ? [deliver] : [review, deliver],
  }
}

/** The plan as a YAML file. */
export const planYaml = (plan: PlanDocument): string => stringify(plan, { lineWidth: 0 })

/** The list of planted cases as CSV; it goes to tests and to whoever asks for it, never into a store. */
export const plantedCsv = (planted: readonly PlantedCase[]): string =>
  `${['case,rule,why', ...planted.map((one) => [one.case, one.rule, one.why].map(cell).join(','))].join('\n')}\n`
