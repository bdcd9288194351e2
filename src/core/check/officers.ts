// Who did an event, where a log names several officers: in one cell, in a further column, or in a row for each.
import { type EventLog, type StringColumn, textAt } from '../eventlog/event-log.ts'
import type { PlanTerms } from './plan-terms.ts'

/** Joins the names of several officers of one event where the plan states no separator. */
const joint = '、'

/** What parts the names in a cell; null where a cell is one officer. */
export function separatorOf(plan: Pick<PlanTerms, 'officers'>): string | null {
  const { separator, also } = plan.officers ?? {}
  return separator ?? (also === undefined ? null : joint)
}

/** The officers that a cell names, each once, in its order. */
export function namesIn(cell: string, separator: string | null): readonly string[] {
  const names = separator === null ? [cell] : cell.split(separator)
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))]
}

/** The log with the officers of the plan's further columns in the column of officers, so that evidence shows them all. */
export function withAllOfficers(log: EventLog, plan: Pick<PlanTerms, 'officers'>): EventLog {
  const first = log.eventAttributes.get('officer')
  const further = (plan.officers?.also ?? []).flatMap((name) => log.eventAttributes.get(name) ?? [])
  if (first === undefined || further.length === 0) return log
  const separator = separatorOf(plan) ?? joint
  const columns = [first, ...further]
  const dictionary: string[] = []
  const places = new Map<string, number>()
  const codes = Int32Array.from(first.codes, (_, event) => {
    const cells = columns.flatMap((column) => textAt(column, event) ?? [])
    const text = namesIn(cells.join(separator), separator).join(separator)
    if (text === '') return -1
    const known = places.get(text)
    if (known !== undefined) return known
    places.set(text, dictionary.length)
    return dictionary.push(text) - 1
  })
  return { ...log, eventAttributes: new Map([...log.eventAttributes, ['officer', { dictionary, codes }]]) }
}

/** Reads the officers of events. */
export interface OfficerReader {
  /** The officers of an event by number, empty where nobody is named. */
  of(event: number): readonly number[]
  /** The officer whose number it is, as the log names them. */
  nameOf(officer: number): string
}

const nobody: readonly number[] = []

/** Numbers the officers of a log; null where it has no column of officers. */
export function officerReader(log: EventLog, plan: Pick<PlanTerms, 'officers'>): OfficerReader | null {
  const column: StringColumn | undefined = log.eventAttributes.get('officer')
  if (column === undefined) return null
  const separator = separatorOf(plan)
  const names: string[] = []
  const numbers = new Map<string, number>()
  const ofCell = column.dictionary.map((cell) =>
    namesIn(cell, separator).map((name) => {
      const known = numbers.get(name)
      if (known !== undefined) return known
      numbers.set(name, names.length)
      return names.push(name) - 1
    }),
  )
  return {
    of: (event) => ofCell[column.codes[event] ?? -1] ?? nobody,
    nameOf: (officer) => names[officer] ?? '',
  }
}
