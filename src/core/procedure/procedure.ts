import type { Net } from './net.ts'

/** Unit of a limit: working days follow the calendar in force, calendar days count each day. */
export type LimitUnit = 'working-day' | 'calendar-day'

/** Within how many days a step is due, counted from another step of the procedure (an element's id). */
export interface StepLimit {
  readonly days: number
  readonly unit: LimitUnit
  readonly from: string
}

/** What a step does to the clock of the case. */
export type StepClock = 'starts' | 'stops' | 'pauses' | 'resumes'

/** One step of a procedure that a log shows, with what the law and the pack say of it. */
export interface Step {
  /** The BPMN element's id. */
  readonly element: string
  /** The activity that a log shows for it. */
  readonly activity: string
  /** Who does it: a role of the pack, or the lane that it stands in. */
  readonly role: string | null
  readonly limit: StepLimit | null
  readonly clock: StepClock | null
  /** No case of full length does without it. */
  readonly mandatory: boolean
  /** References to articles, `LAW#article.paragraph.item`. */
  readonly basis: readonly string[]
  readonly risks: readonly string[]
  readonly materials: readonly string[]
  /** The procedure that a call activity runs. */
  readonly calls: string | null
}

/** What may happen to a case from anywhere, outside the net. */
export type CaseActKind = 'withdraw' | 'transfer' | 'suspend' | 'resume' | 'extend' | 'recuse' | 'terminate'

/** What an act does to the clock of the case; `ends` ends the case itself. */
export type CaseActClock = 'ends' | 'pauses' | 'resumes' | 'extends' | 'none'

/** A declared act: the activity that a log shows, who may do it and on what basis. */
export interface CaseAct {
  readonly act: CaseActKind
  readonly activity: string
  readonly role: string
  readonly clock: CaseActClock
  /** By how much the act extends the limit, at most. */
  readonly extension: { readonly days: number; readonly unit: LimitUnit } | null
  readonly basis: readonly string[]
}

/** A procedure compiled from its BPMN file: one net that runs a case, judges a log and draws the chart. */
export interface Procedure {
  readonly id: string
  readonly name: string
  readonly net: Net
  readonly steps: readonly Step[]
  readonly caseActs: readonly CaseAct[]
}
