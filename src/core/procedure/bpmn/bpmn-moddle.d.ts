declare module 'bpmn-moddle' {
  /** An element of a parsed BPMN file; references to other elements are resolved. */
  export interface ModdleElement {
    readonly $type: string
    get(name: 'flowElements' | 'rootElements' | 'incoming' | 'outgoing'): ModdleElement[]
    readonly sourceRef?: ModdleElement
    readonly targetRef?: ModdleElement
  }
  export class BpmnModdle {
    fromXML(xml: string): Promise<{ rootElement: ModdleElement }>
    toXML(element: ModdleElement, options?: { format: boolean }): Promise<{ xml: string }>
  }
}
