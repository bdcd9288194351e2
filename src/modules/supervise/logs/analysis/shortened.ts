import type { Question } from './question.ts'

/** Most rows of a list that is sent whole: a mapping that takes a number for an activity makes millions. */
const MOST = 5000

/** The lists of answers that grow with what a log calls its activities and parties. */
const lists: Readonly<Partial<Record<Question['kind'], readonly string[]>>> = {
  graph: ['nodes', 'edges'],
  throughput: ['rows'],
  temporal: ['pairs'],
  rework: ['rows'],
  handovers: ['parties', 'rows'],
}

/** An answer whose lists are no longer than a page can show; how long they are in all stands beside them. */
export function shortened(question: Question, answer: object): object {
  const all = answer as Readonly<Record<string, unknown>>
  const cut = (lists[question.kind] ?? []).flatMap((key): [string, unknown][] => {
    const rows = all[key]
    return Array.isArray(rows) && rows.length > MOST ? [[key, rows.slice(0, MOST)]] : []
  })
  return cut.length === 0 ? answer : { ...answer, ...Object.fromEntries(cut) }
}
