// Answers questions about stored logs: reads a log once, masks its officers, asks the thread, and remembers answers.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { EventLog } from '../../../../core/eventlog/event-log.ts'
import { analysedEventKeys } from '../../../../core/eventlog/units.ts'
import { isRefusal, type Refusal, refuse } from '../../../../core/refusal/refusal.ts'
import type { Calendar } from '../../../../core/worktime/calendar.ts'
import { zoneOf } from '../../../../core/worktime/zone.ts'
import { olapRefusal } from '../../../../kernel/olap/olap-refusal.ts'
import { readCalendar } from '../../../../kernel/packs/packs.ts'
import { type LogStore, openStoredLog, storedFiles } from '../stored-log.ts'
import { logDb } from '../tables.ts'
import { answerFromFiles, isFilesQuestion } from './answer-from-files.ts'
import { markOfficers } from './mark-officers.ts'
import type { DeviatingVariant, Question, StatedFilter } from './question.ts'
import { shortened } from './shortened.ts'
import { AnalysisThread } from './thread.ts'

/** Characters of answers that are remembered. */
const REMEMBERED = 64 * 2 ** 20

/** The analyses of stored logs. */
export class StoredAnalyses {
  readonly #store: LogStore
  readonly #packs: string
  readonly #zone: string
  readonly #inMemoryEvents: number
  readonly #thread = new AnalysisThread()
  /** Answers by question, the last used at the end. */
  readonly #answers = new Map<string, string>()
  #size = 0

  /** A log of more events than `inMemoryEvents` is asked through its files where the question allows it. */
  constructor(store: LogStore, packs: string, zone: string, inMemoryEvents: number) {
    this.#store = store
    this.#packs = packs
    this.#zone = zone
    this.#inMemoryEvents = inMemoryEvents
  }

  /**
   * The answer as JSON, by the log as its last import left it. Refusals: `log.unknown`, `analysis.*`.
   */
  async answer(log: string, filter: StatedFilter | null, question: Question): Promise<string | Refusal> {
    const sequence = await this.#sequence(log)
    if (sequence === null) return refuse('log.unknown')
    const key = `${log} ${sequence}`
    const asked = createHash('sha256')
      .update(JSON.stringify([key, filter, question]))
      .digest('base64')
    const known = this.#answers.get(asked)
    if (known !== undefined) {
      this.#answers.delete(asked)
      this.#answers.set(asked, known)
      return known
    }
    const found = await this.#ask(log, key, filter, question)
    if (!isRefusal(found)) this.#remember(asked, found)
    return found
  }

  async #ask(log: string, key: string, filter: StatedFilter | null, question: Question): Promise<string | Refusal> {
    if (!isFilesQuestion(filter, question) || (await this.#events(log)) <= this.#inMemoryEvents) {
      return await this.#thread.ask(key, () => this.#open(log), filter, question)
    }
    const files = await storedFiles(this.#store, log)
    try {
      return await this.#store.olap.use(async ({ engine }) =>
        JSON.stringify(shortened(question, await answerFromFiles(engine, files, zoneOf(this.#zone), question))),
      )
    } catch (error) {
      const refusal = olapRefusal(error)
      if (refusal === null) throw error
      return refusal
    }
  }

  async #events(log: string): Promise<number> {
    const known = await logDb(this.#store.db)
      .selectFrom('log')
      .select('summary')
      .where('id', '=', log)
      .executeTakeFirst()
    return known?.summary.events ?? 0
  }

  /** The calendar of the packs with this id. Refusals: `pack.*`, `worktime.unknown-calendar`. */
  calendar(id: string): Promise<Calendar | Refusal> {
    return readCalendar(id, [join(this.#packs, 'calendars')])
  }

  /** What conformance to a procedure found, variant by variant; null where the log was not judged by it. */
  async deviations(log: string, procedure: string): Promise<readonly DeviatingVariant[] | null> {
    const db = logDb(this.#store.db)
    const judged = await db
      .selectFrom('log_conformance')
      .select('id')
      .where('log_id', '=', log)
      .where('procedure', '=', procedure)
      .executeTakeFirst()
    if (judged === undefined) return null
    const rows = await db
      .selectFrom('log_variant_conformance')
      .select(['variant', 'unfinished', 'deviation_keys'])
      .where('conformance_id', '=', judged.id)
      .where('fits', 'is not', null)
      .orderBy('variant')
      .orderBy('unfinished')
      .execute()
    return rows.map(({ variant, unfinished, deviation_keys: keys }) => ({ variant, unfinished, keys }))
  }

  close(): Promise<void> {
    return this.#thread.close()
  }

  #remember(asked: string, found: string): void {
    if (found.length > REMEMBERED / 4 || this.#answers.has(asked)) return
    this.#answers.set(asked, found)
    this.#size += found.length
    for (const [oldest, text] of this.#answers) {
      if (this.#size <= REMEMBERED) return
      this.#answers.delete(oldest)
      this.#size -= text.length
    }
  }

  async #sequence(log: string): Promise<number | null> {
    const last = await logDb(this.#store.db)
      .selectFrom('log_import')
      .select((columns) => columns.fn.max('sequence').as('sequence'))
      .where('log_id', '=', log)
      .executeTakeFirst()
    return last?.sequence ?? null
  }

  async #open(log: string): Promise<{ readonly log: EventLog; readonly zone: string } | Refusal> {
    const known = await logDb(this.#store.db)
      .selectFrom('log')
      .select('pseudonym_key')
      .where('id', '=', log)
      .executeTakeFirst()
    if (known === undefined) return refuse('log.unknown')
    const read = await openStoredLog(this.#store, log, (key) => analysedEventKeys.has(key))
    if (isRefusal(read)) return read
    return { log: markOfficers(read, known.pseudonym_key), zone: this.#zone }
  }
}
