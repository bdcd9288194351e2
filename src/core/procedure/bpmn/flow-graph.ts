import type { StepExtension } from './extension.ts'

/** A node of a process as the net is compiled from it. */
export interface FlowNode {
  readonly id: string
  readonly kind: 'start' | 'end' | 'step' | 'event' | 'exclusive' | 'parallel' | 'boundary' | 'scope'
  /** The element's name in BPMN: `userTask`, `exclusiveGateway`, … */
  readonly element: string
  readonly name: string
  readonly row: number
  readonly lane: string | null
  readonly extension: StepExtension | null
  /** A standard loop: the step may repeat, and with `test-before` may not happen at all. */
  readonly loop: 'test-after' | 'test-before' | null
  /** The node that a boundary event interrupts. */
  readonly attachedTo: string | null
  readonly terminates: boolean
  /** The procedure that a call activity runs. */
  readonly calls: string | null
  /** What an embedded sub-process holds. */
  readonly inner: Scope | null
}

export interface Flow {
  readonly id: string
  readonly source: string
  readonly target: string
}

/** A process, or the inside of an embedded sub-process. */
export interface Scope {
  readonly nodes: readonly FlowNode[]
  readonly flows: readonly Flow[]
}
