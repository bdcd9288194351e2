declare module 'bpmn-auto-layout' {
  /** Gives a BPMN file a diagram, replacing the one it has; rejects what it cannot draw. */
  export function layoutProcess(xml: string): Promise<string>
}
