// What may become of a finding. It is a doubt (疑点) until a person has verified it; only what was upheld, whole or in
// part, is an issue (问题); passing it on as a lead (问题线索) is a separate act that another person approves.
import { type Refusal, refuse } from '../refusal/refusal.ts'

/** How a person verified a doubt: 属实, 部分属实, 不属实, 暂无法核实. */
export const outcomes = ['upheld', 'partly-upheld', 'not-upheld', 'unverifiable'] as const

/** A person's answer to a doubt. */
export type Outcome = (typeof outcomes)[number]

/** Every state of a finding: `closed` means that its source was corrected while it was a doubt. */
export const findingStates = ['doubt', ...outcomes, 'closed'] as const

/** The state of a finding. */
export type FindingState = (typeof findingStates)[number]

/** Whether a finding was proposed as a lead. */
export const leadStates = ['none', 'requested', 'approved', 'declined'] as const

/** The state of a lead. */
export type LeadState = (typeof leadStates)[number]

/** What the rules need to know of a finding. */
export interface FindingStanding {
  readonly state: FindingState
  readonly lead: LeadState
  /** Whether its evidence shows this officer. */
  readonly shows: (officer: string) => boolean
  readonly leadRequestedBy: string | null
}

/** Fewer letters are no reason. */
export const shortestReason = 10

/** An issue (问题): upheld, whole or in part. */
export const isIssue = (state: FindingState): boolean => state === 'upheld' || state === 'partly-upheld'

const letters = (reason: string): number => reason.replace(/[\s\p{P}]/gu, '').length

function reasoned(reason: string): Refusal | null {
  return letters(reason) < shortestReason ? refuse('finding.reason-too-short', { least: shortestReason }) : null
}

/**
 * A person verifies a doubt, or comes back to one that could not be verified. Never a program: `officer` is who decides.
 * Refusals: `finding.not-a-person`, `finding.reason-too-short`, `finding.own-case`, `finding.already-decided`.
 */
export function verify(
  finding: FindingStanding,
  by: { readonly officer: string | null; readonly outcome: Outcome; readonly reason: string },
): FindingState | Refusal {
  if (by.officer === null) return refuse('finding.not-a-person')
  if (finding.state !== 'doubt' && finding.state !== 'unverifiable')
    return refuse('finding.already-decided', { state: finding.state })
  if (finding.shows(by.officer)) return refuse('finding.own-case')
  return reasoned(by.reason) ?? by.outcome
}

/** Asks for an issue to be passed on as a lead. Refusals: `finding.not-an-issue`, `finding.lead-under-way`, reasons. */
export function requestLead(
  finding: FindingStanding,
  by: { readonly officer: string | null; readonly reason: string },
): LeadState | Refusal {
  if (by.officer === null) return refuse('finding.not-a-person')
  if (!isIssue(finding.state)) return refuse('finding.not-an-issue', { state: finding.state })
  if (finding.lead === 'requested' || finding.lead === 'approved') return refuse('finding.lead-under-way')
  return reasoned(by.reason) ?? 'requested'
}

/** Another person approves or declines. Refusals: `finding.no-lead-asked`, `finding.own-request`, reasons. */
export function decideLead(
  finding: FindingStanding,
  by: { readonly officer: string | null; readonly approve: boolean; readonly reason: string },
): LeadState | Refusal {
  if (by.officer === null) return refuse('finding.not-a-person')
  if (finding.lead !== 'requested') return refuse('finding.no-lead-asked')
  if (by.officer === finding.leadRequestedBy) return refuse('finding.own-request')
  return reasoned(by.reason) ?? (by.approve ? 'approved' : 'declined')
}

/** What the source does to a finding: its result is gone, is back, or says something else. */
export type SourceChange = 'withdrawn' | 'returned' | 'restated'

/**
 * The state after the source changed. A doubt whose result is gone is closed, and a doubt again if it comes back; what a
 * person has decided stays as it was decided, with the change in its history.
 */
export function afterSource(state: FindingState, change: SourceChange): FindingState {
  if (change === 'withdrawn') return state === 'doubt' || state === 'unverifiable' ? 'closed' : state
  return state === 'closed' ? 'doubt' : state
}
