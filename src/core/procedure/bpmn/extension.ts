import { readReference } from '../../law/reference.ts'
import { type Refusal, refuse } from '../../refusal/refusal.ts'
import type { CaseAct, CaseActClock, CaseActKind, LimitUnit, StepClock, StepLimit } from '../procedure.ts'
import { childOf, type XmlElement } from '../xml.ts'

/** Namespace of Daylight's typed extension of BPMN. */
export const extensionNamespace = 'urn:daylight:procedure:1'

/** What `<daylight:step>` says of a node. */
export interface StepExtension {
  readonly activity: string | null
  readonly role: string | null
  readonly limit: StepLimit | null
  readonly clock: StepClock | null
  readonly mandatory: boolean
  readonly basis: readonly string[]
  readonly risks: readonly string[]
  readonly materials: readonly string[]
}

const units: readonly LimitUnit[] = ['working-day', 'calendar-day']
const stepClocks: readonly StepClock[] = ['starts', 'stops', 'pauses', 'resumes']
const acts: readonly CaseActKind[] = ['withdraw', 'transfer', 'suspend', 'resume', 'extend', 'recuse', 'terminate']
const actClocks: readonly CaseActClock[] = ['ends', 'pauses', 'resumes', 'extends', 'none']

/** White space in a name (line breaks of a diagram) reads as one space. */
export const plain = (text: string | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim()

/** Reads the attributes and children of one extension element; throws nothing, collects the first reason to refuse. */
class Reader {
  readonly element: XmlElement
  readonly file: string
  refusal: Refusal | undefined

  constructor(element: XmlElement, file: string, attributes: readonly string[], children: readonly string[]) {
    this.element = element
    this.file = file
    for (const name of element.attributes.keys()) if (!attributes.includes(name)) this.wrong(name, 'unknown attribute')
    for (const child of element.children) if (!children.includes(child.name)) this.wrong(child.name, 'unknown element')
  }

  wrong(what: string, why: string): void {
    const { name, row } = this.element
    this.refusal ??= refuse('procedure.extension', { element: name, what, why }, { place: { file: this.file, row } })
  }

  text(name: string): string | null {
    const text = plain(this.element.attributes.get(name))
    return text === '' ? null : text
  }

  choice<Value extends string>(name: string, values: readonly Value[]): Value | null {
    const text = this.text(name)
    if (text === null) return null
    const value = values.find((each) => each === text)
    if (value === undefined) this.wrong(name, `${text} ∉ ${values.join(' | ')}`)
    return value ?? null
  }

  days(): number | null {
    const text = this.text('limit')
    if (text === null) return null
    const days = Number(text)
    if (!Number.isInteger(days) || days < 1 || days > 3650) this.wrong('limit', `${text} is not 1 … 3650 days`)
    return days
  }

  each(name: string, attribute: string): string[] {
    const values: string[] = []
    for (const child of this.element.children) {
      if (child.name !== name) continue
      const value = plain(child.attributes.get(attribute))
      if (value === '' || child.attributes.size !== 1) this.wrong(name, `needs “${attribute}” and nothing else`)
      values.push(value)
    }
    return values
  }

  basis(): string[] {
    const references = this.each('basis', 'ref')
    for (const reference of references) {
      if ((readReference(reference)?.address ?? null) === null) this.wrong('basis', `${reference} is not LAW#article`)
    }
    return references
  }

  result<Value>(value: Value): Value | Refusal {
    return this.refusal ?? value
  }
}

const extensionsOf = (element: XmlElement): readonly XmlElement[] =>
  childOf(element, 'extensionElements')?.children.filter((child) => child.namespace === extensionNamespace) ?? []

/** The typed extension of a node, or null where it has none. */
export function readStepExtension(element: XmlElement, file: string): StepExtension | Refusal | null {
  const [own, ...more] = extensionsOf(element)
  if (!own) return null
  const reader = new Reader(
    own,
    file,
    ['activity', 'role', 'limit', 'unit', 'from', 'clock', 'mandatory'],
    ['basis', 'risk', 'material'],
  )
  if (own.name !== 'step' || more.length > 0) reader.wrong(own.name, 'one <daylight:step> belongs here')
  const [days, unit, from] = [reader.days(), reader.choice('unit', units), reader.text('from')]
  const stated = [days, unit, from].filter((part) => part !== null).length
  if (stated > 0 && stated < 3) reader.wrong('limit', 'a limit needs limit, unit and from')
  return reader.result({
    activity: reader.text('activity'),
    role: reader.text('role'),
    limit: days !== null && unit !== null && from !== null ? { days, unit, from } : null,
    clock: reader.choice('clock', stepClocks),
    mandatory: reader.choice('mandatory', ['true', 'false']) === 'true',
    basis: reader.basis(),
    risks: reader.each('risk', 'code'),
    materials: reader.each('material', 'name'),
  })
}

/** The case acts that a process declares. An act of an official needs a basis; an applicant's own act does not. */
export function readCaseActs(process: XmlElement, file: string): CaseAct[] | Refusal {
  const declared: CaseAct[] = []
  for (const own of extensionsOf(process)) {
    const reader = new Reader(own, file, ['act', 'activity', 'role', 'clock', 'limit', 'unit'], ['basis'])
    if (own.name !== 'caseAct') reader.wrong(own.name, 'a process declares <daylight:caseAct>')
    const [act, activity, role] = [reader.choice('act', acts), reader.text('activity'), reader.text('role')]
    const [clock, days, unit] = [reader.choice('clock', actClocks), reader.days(), reader.choice('unit', units)]
    const basis = reader.basis()
    if ((days === null) !== (unit === null)) reader.wrong('limit', 'an extension needs limit and unit')
    if ((clock === 'extends') !== (days !== null))
      reader.wrong('clock', 'an act that extends states by how much, no other does')
    if (role !== 'applicant' && basis.length === 0) reader.wrong('basis', 'an act of an official needs a basis')
    if (act === null || activity === null || role === null || clock === null) {
      reader.wrong('caseAct', 'needs act, activity, role and clock')
      return reader.refusal as Refusal
    }
    const extension = days !== null && unit !== null ? { days, unit } : null
    const read = reader.result<CaseAct>({ act, activity, role, clock, extension, basis })
    if ('code' in read) return read
    declared.push(read)
  }
  return declared
}
