/** A trace of codes, and how many cases (or pieces of cases) it stands for. */
export interface SubTrace {
  readonly codes: readonly number[]
  readonly count: number
}

/** The pieces of a log that one block of a process tree is proposed from: each sequence once, with its count. */
export type SubLog = readonly SubTrace[]

/** Collects traces, equal ones as one. In order of first appearance, so that the same log always reads the same. */
export class SubLogBuilder {
  readonly #counts = new Map<string, { codes: readonly number[]; count: number }>()

  add(codes: readonly number[], count: number): void {
    const key = codes.join(',')
    const known = this.#counts.get(key)
    if (known) known.count += count
    else this.#counts.set(key, { codes, count })
  }

  build(): SubLog {
    return [...this.#counts.values()]
  }
}

/** How many traces a sub-log stands for. */
export const countOf = (log: SubLog): number => log.reduce((sum, { count }) => sum + count, 0)

/** The traces of a sub-log with events of some activities only; what is left empty stays as an empty trace. */
export function projected(log: SubLog, keeps: (code: number) => boolean): SubLog {
  const kept = new SubLogBuilder()
  for (const { codes, count } of log) kept.add(codes.filter(keeps), count)
  return kept.build()
}
