// bpmn-js's own modeler with our commands: add, connect, rename, remove, undo. Its palette and pop-up menus are left out,
// since they offer what no procedure of ours may hold.
import Modeler from 'bpmn-js/lib/Modeler'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'

/** A part of the drawing as the modeler holds it. */
export interface ModelElement {
  readonly id: string
  readonly type: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly waypoints?: readonly { readonly x: number; readonly y: number }[]
  readonly labelTarget?: ModelElement
  readonly source?: ModelElement
  readonly target?: ModelElement
  readonly outgoing?: readonly ModelElement[]
  readonly businessObject: { readonly name?: string; readonly $type: string }
}

/** What can be put into the drawing. */
export const newParts = ['task', 'exclusiveGateway', 'parallelGateway', 'endEvent'] as const
export type NewPart = (typeof newParts)[number]

type Point = { readonly x: number; readonly y: number }

interface Modeling {
  createShape(shape: object, at: Point, target: object): ModelElement
  connect(from: ModelElement, to: ModelElement): unknown
  removeElements(elements: readonly ModelElement[]): void
  updateProperties(element: ModelElement, properties: { name: string }): void
}

/** The services of the modeler that the commands use. */
interface Services {
  readonly modeling: Modeling
  readonly elementFactory: { createShape(of: { type: string }): object }
  readonly elementRegistry: {
    filter(keep: (element: ModelElement) => boolean): ModelElement[]
    get(id: string): ModelElement | undefined
  }
  readonly selection: { get(): ModelElement[]; select(elements: readonly ModelElement[] | ModelElement | null): void }
  readonly commandStack: { undo(): void; redo(): void; canUndo(): boolean; canRedo(): boolean }
  readonly canvas: {
    zoom(to?: 'fit-viewport' | number): number
    viewbox(box?: { x: number; y: number; width: number; height: number }): {
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      readonly inner: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
      readonly outer: { readonly width: number; readonly height: number }
    }
    getRootElement(): object
    scrollToElement(element: ModelElement): void
  }
  readonly autoPlace: { append(source: ModelElement, shape: object): ModelElement }
  readonly overlays: {
    add(id: string, kind: string, overlay: { position: object; html: HTMLElement }): void
    remove(by: { type: string }): void
  }
}

/** The smallest scale at which names can be read. */
const readable = 0.85

const nothing = { __init__: [], paletteProvider: ['value', {}], contextPadProvider: ['value', {}] }

/** Opens a modeler in a place of the page. */
export class ProposalModeler {
  readonly #modeler: Modeler

  constructor(container: HTMLElement) {
    this.#modeler = new Modeler({ container, additionalModules: [nothing as never] })
  }

  #get<Name extends keyof Services>(name: Name): Services[Name] {
    return this.#modeler.get(name)
  }

  /** Shows a file: all of it where it can be read then, else its beginning. */
  async open(bpmn: string): Promise<void> {
    await this.#modeler.importXML(bpmn)
    this.showAll()
    if (this.#get('canvas').zoom() < readable) this.showStart()
  }

  /** All of the drawing in view, however small. */
  showAll(): void {
    this.#get('canvas').zoom('fit-viewport')
  }

  /** The beginning of the drawing in a size that can be read. */
  showStart(): void {
    const canvas = this.#get('canvas')
    const { inner, outer } = canvas.viewbox()
    const [width, height] = [outer.width / readable, outer.height / readable]
    canvas.viewbox({ x: inner.x - 20, y: inner.y - 20, width, height })
  }

  async text(): Promise<string> {
    const { xml } = await this.#modeler.saveXML({ format: true })
    return xml ?? ''
  }

  /** Calls back after every change of the drawing or of what is chosen in it. */
  changed(hear: (what: 'drawing' | 'choice') => void): void {
    this.#modeler.on('commandStack.changed', () => hear('drawing'))
    this.#modeler.on('selection.changed', () => hear('choice'))
  }

  close(): void {
    this.#modeler.destroy()
  }

  /** What is chosen; the label of a part counts as the part. */
  get chosen(): readonly ModelElement[] {
    const parts = this.#get('selection')
      .get()
      .map((element) => element.labelTarget ?? element)
    return [...new Set(parts)]
  }

  /** The steps, gateways and events, and the flows between them. */
  get parts(): { readonly nodes: readonly ModelElement[]; readonly flows: readonly ModelElement[] } {
    const all = this.#get('elementRegistry').filter(({ labelTarget }) => labelTarget === undefined)
    return {
      nodes: all.filter(({ type }) => /(Task|Activity|Gateway|Event)$/.test(type)),
      flows: all.filter(({ type }) => type === 'bpmn:SequenceFlow'),
    }
  }

  choose(ids: readonly string[]): void {
    const registry = this.#get('elementRegistry')
    const elements = ids.flatMap((id) => registry.get(id) ?? [])
    this.#get('selection').select(elements)
    const [first] = elements
    if (first) this.#get('canvas').scrollToElement(first)
  }

  /** Puts a part into the chosen flow or the only one that leaves the chosen node, else after that node, or in the middle of what is in view, and chooses it. */
  add(part: NewPart, name: string): void {
    const type = `bpmn:${part.charAt(0).toUpperCase()}${part.slice(1)}`
    const shape = this.#get('elementFactory').createShape({ type })
    const [chosen] = this.chosen
    const [way, ...others] = chosen?.waypoints ? [chosen] : (chosen?.outgoing ?? [])
    const into = others.length === 0 ? way?.waypoints : undefined
    const made = into
      ? this.#get('modeling').createShape(shape, middleOf(into), way as ModelElement)
      : chosen && chosen.type !== 'bpmn:EndEvent'
        ? this.#get('autoPlace').append(chosen, shape)
        : this.#get('modeling').createShape(shape, this.#centre(), this.#get('canvas').getRootElement())
    if (name !== '') this.rename(made, name)
    this.#get('selection').select(made)
  }

  #centre(): Point {
    const { x, y, width, height } = this.#get('canvas').viewbox()
    return { x: x + width / 2, y: y + height / 2 }
  }

  connect(from: ModelElement, to: ModelElement): void {
    this.#get('modeling').connect(from, to)
  }

  remove(): void {
    this.#get('modeling').removeElements(this.chosen)
  }

  rename(element: ModelElement, name: string): void {
    this.#get('modeling').updateProperties(element, { name })
  }

  get history(): { readonly undo: boolean; readonly redo: boolean } {
    const stack = this.#get('commandStack')
    return { undo: stack.canUndo(), redo: stack.canRedo() }
  }

  undo(): void {
    this.#get('commandStack').undo()
  }

  redo(): void {
    this.#get('commandStack').redo()
  }

  /** Writes how many cases pass each step, and each way out of a choice; parts that are no longer there are passed over. */
  showCases(cases: Readonly<Record<string, string>>): void {
    const [registry, overlays] = [this.#get('elementRegistry'), this.#get('overlays')]
    overlays.remove({ type: 'cases' })
    for (const [id, words] of Object.entries(cases)) {
      const element = registry.get(id)
      if (!element || /Gateway$/.test(element.type)) continue
      if (element.waypoints && element.source?.type !== 'bpmn:ExclusiveGateway') continue
      const html = document.createElement('span')
      html.className = element.waypoints ? 'cases way' : 'cases'
      html.textContent = words
      overlays.add(id, 'cases', { position: placeOf(element), html })
    }
  }
}

/** The point halfway along the longest leg. */
function middleOf(points: readonly Point[]): Point {
  let best = { x: points[0]?.x ?? 0, y: points[0]?.y ?? 0 }
  let longest = -1
  points.slice(1).forEach((to, index) => {
    const from = points[index] as Point
    const length = Math.abs(to.x - from.x) + Math.abs(to.y - from.y)
    if (length <= longest) return
    longest = length
    best = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }
  })
  return best
}

/** Over the last level leg of a flow; at the foot of a node. */
function placeOf({ waypoints, height, width }: ModelElement): object {
  if (!waypoints) return { left: 0, top: height - 2, width }
  const [left, top] = [Math.min(...waypoints.map(({ x }) => x)), Math.min(...waypoints.map(({ y }) => y))]
  const level = waypoints.slice(1).flatMap((to, index) => {
    const from = waypoints[index] as Point
    return to.y === from.y ? [{ x: (from.x + to.x) / 2, y: to.y }] : []
  })
  const at = level.at(-1) ?? middleOf(waypoints)
  return { left: at.x - left - 10, top: at.y - top - 16 }
}
