import type { Bilingual } from '../format.ts'
import type { FlowDiagram } from './flow.tsx'

/** A step of a procedure with its names. */
interface NamedStep {
  readonly element: string
  readonly activity: string
  readonly name: Bilingual
}

/** The drawing with its steps named in English; Chinese is what the file itself is written in. */
export function namedIn(language: string, diagram: FlowDiagram, steps: readonly NamedStep[]): FlowDiagram {
  if (language !== 'en') return diagram
  const names = new Map(steps.map((step) => [step.element, step.name.en]))
  return { ...diagram, nodes: diagram.nodes.map((node) => ({ ...node, label: names.get(node.id) ?? node.label })) }
}

/** The name of an activity in a language; the log's own word where the procedure does not know it. */
export function activityNames(language: string, steps: readonly NamedStep[]): (activity: string) => string {
  const names = new Map(language === 'en' ? steps.map((step) => [step.activity, step.name.en]) : [])
  return (activity) => names.get(activity) ?? activity
}
