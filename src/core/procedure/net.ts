/**
 * A labelled Petri net with one initial and one final marking: what BPMN and PNML compile to. Places and transitions are
 * referred to by index. All arcs have weight 1.
 */
export interface Net {
  readonly places: readonly Place[]
  readonly transitions: readonly Transition[]
  /** Place indices that hold one token at the start. */
  readonly initial: readonly number[]
  /** Place indices that hold one token, and no other place any, when the case has ended. */
  readonly final: readonly number[]
}

export interface Place {
  readonly id: string
}

export interface Transition {
  readonly id: string
  /** The activity that a log shows; null for a silent transition (routing that nobody sees). */
  readonly label: string | null
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  /** The BPMN element that it came from, for painting the diagram. */
  readonly element?: string
}
