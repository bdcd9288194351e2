/** What an OCEL 2.0 document says of an event or an object, as far as it has the form that the standard asks for. */
export interface OcelEntity {
  readonly id: string
  readonly type: string
  /** ISO instant; '' for objects. */
  readonly time: string
  readonly attributes: readonly OcelAttribute[]
  readonly relations: readonly { readonly object: string; readonly qualifier: string }[]
}

export interface OcelAttribute {
  readonly name: string
  readonly value: string
  /** When an object's attribute took this value; '' for events. */
  readonly time: string
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''

const listOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isRecord) : []

/** Reads an element of `events` or `objects`; null where it has no id or no type. */
export function entityOf(element: unknown): OcelEntity | null {
  if (!isRecord(element)) return null
  const { id, type, time, attributes, relationships } = element
  if (textOf(id) === '' || textOf(type) === '') return null
  return {
    id: textOf(id),
    type: textOf(type),
    time: textOf(time),
    attributes: listOf(attributes).map(({ name, value, time: from }) => ({
      name: textOf(name),
      value: textOf(value),
      time: textOf(from),
    })),
    relations: listOf(relationships).map(({ objectId, qualifier }) => ({
      object: textOf(objectId),
      qualifier: textOf(qualifier),
    })),
  }
}
