import { join } from 'node:path'
import type { EventLog, StringColumn } from '../../../core/eventlog/event-log.ts'
import { type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import type { Db } from '../../../kernel/db/db.ts'
import { type StoredEnds, withEnds } from '../../../kernel/event-files/stored-open-cases.ts'
import type { Olap } from '../../../kernel/olap/olap.ts'
import { type EventFiles, logFolder, type ReadChunk, readCases, readEvents } from './event-files.ts'
import { logDb } from './tables.ts'

/** What stored logs lie in. */
export interface LogStore {
  readonly db: Db
  readonly olap: Olap
  /** The deployment's home folder. */
  readonly home: string
}

/** A text column of the merged log while it is filled, missing where nothing is put. */
class Filling {
  readonly #codes: Int32Array
  readonly #known = new Map<string, number>()
  readonly #dictionary: string[] = []

  constructor(length: number) {
    this.#codes = new Int32Array(length).fill(-1)
  }

  put(at: number, text: unknown): void {
    if (typeof text !== 'string') return
    let code = this.#known.get(text)
    if (code === undefined) {
      code = this.#dictionary.push(text) - 1
      this.#known.set(text, code)
    }
    this.#codes[at] = code
  }

  column(): StringColumn {
    return { dictionary: this.#dictionary, codes: this.#codes }
  }
}

/** One import with those of its cases that are in force. */
interface Batch extends EventFiles {
  /** Case in the import → case in the log, −1 where a later import has it. */
  readonly place: Int32Array
}

/**
 * Reads a stored log whole: the cases in force, in order of import and then of first appearance, each with the events of
 * the last import that held it; of the events' attributes those that are wanted. Refuses `log.unknown`.
 */
export async function openStoredLog(
  store: LogStore,
  log: string,
  wanted: (eventKey: string) => boolean = () => true,
): Promise<EventLog | Refusal> {
  const db = logDb(store.db)
  const known = await db.selectFrom('log').select('id').where('id', '=', log).executeTakeFirst()
  if (known === undefined) return refuse('log.unknown')
  const cases = await db
    .selectFrom('log_case')
    .select(['case_id', 'import_id', 'ordinal', 'events'])
    .where('log_id', '=', log)
    .orderBy('position')
    .execute()
  // after the cases: an import that commits in between adds a batch that no case read here refers to
  const imports = await db.selectFrom('log_import').selectAll().where('log_id', '=', log).orderBy('sequence').execute()

  const caseIds = cases.map((row) => row.case_id)
  const caseStart = new Int32Array(cases.length + 1)
  cases.forEach((row, c) => {
    caseStart[c + 1] = (caseStart[c] as number) + row.events
  })
  const places = new Map(imports.map((batch) => [batch.id, new Int32Array(batch.cases).fill(-1)]))
  cases.forEach((row, c) => {
    ;(places.get(row.import_id) as Int32Array)[row.ordinal] = c
  })

  const events = caseStart[cases.length] as number
  const activity = new Filling(events)
  const time = new Float64Array(events)
  const row = new Int32Array(events)
  const eventAttributes = new Map<string, Filling>()
  const caseAttributes = new Map<string, Filling>()
  const filling = (columns: Map<string, Filling>, key: string, length: number): Filling => {
    const made = columns.get(key) ?? new Filling(length)
    columns.set(key, made)
    return made
  }
  const next = caseStart.slice(0, cases.length)
  const folder = logFolder(store.home, log)
  for (const imported of imports) {
    const place = places.get(imported.id) as Int32Array
    if (!place.some((c) => c >= 0)) continue
    const batch: Batch = {
      place,
      eventsFile: imported.events_file,
      casesFile: imported.cases_file,
      eventColumns: imported.event_columns,
      caseColumns: imported.case_columns,
    }
    const kept = batch.eventColumns.flatMap((key, place) => (wanted(key) ? [place] : []))
    const ofEvents = kept.map((k) => filling(eventAttributes, batch.eventColumns[k] as string, events))
    const ofCases = batch.caseColumns.map((key) => filling(caseAttributes, key, cases.length))
    const take: ReadChunk = ([caseNo, activities, ms, sourceRow, ...attributes], count) => {
      for (let i = 0; i < count; i++) {
        const c = place[caseNo?.[i] as number] as number
        if (c < 0) continue
        const at = next[c] as number
        next[c] = at + 1
        activity.put(at, activities?.[i])
        const instant = ms?.[i]
        time[at] = typeof instant === 'number' ? instant : Number.NaN
        row[at] = sourceRow?.[i] as number
        ofEvents.forEach((column, k) => {
          column.put(at, attributes[k]?.[i])
        })
      }
    }
    await readEvents(store.olap, folder, batch, take, undefined, kept)
    await readCases(store.olap, folder, batch, ([caseNo, ...attributes], count) => {
      for (let i = 0; i < count; i++) {
        const c = place[caseNo?.[i] as number] as number
        if (c < 0) continue
        ofCases.forEach((column, k) => {
          column.put(c, attributes[k]?.[i])
        })
      }
    })
  }
  const finished = (columns: Map<string, Filling>): Map<string, StringColumn> =>
    new Map([...columns].map(([key, column]) => [key, column.column()]))
  return {
    caseIds,
    caseStart,
    activity: activity.column(),
    time,
    row,
    eventAttributes: finished(eventAttributes),
    caseAttributes: finished(caseAttributes),
  }
}

/** The files of a stored log's imports, in their order, with where they say when cases end. */
export async function storedFiles(store: LogStore, log: string): Promise<readonly StoredEnds[]> {
  const imports = await logDb(store.db)
    .selectFrom('log_import')
    .select(['events_file', 'cases_file', 'case_columns'])
    .where('log_id', '=', log)
    .orderBy('sequence')
    .execute()
  const folder = logFolder(store.home, log)
  return imports.map(({ events_file: events, cases_file: cases, case_columns: caseColumns }) =>
    withEnds({ events: join(folder, events), cases: join(folder, cases), caseColumns }),
  )
}

/** Reads one case of a stored log, as a log of that case alone. Refuses `log.unknown-case`. */
export async function openStoredCase(store: LogStore, log: string, caseId: string): Promise<EventLog | Refusal> {
  const db = logDb(store.db)
  const found = await db
    .selectFrom('log_case')
    .innerJoin('log_import', 'log_import.id', 'log_case.import_id')
    .select(['ordinal', 'log_case.events', 'events_file', 'cases_file', 'event_columns', 'case_columns'])
    .where('log_case.log_id', '=', log)
    .where('case_id', '=', caseId)
    .executeTakeFirst()
  if (found === undefined) return refuse('log.unknown-case')
  const files: EventFiles = {
    eventsFile: found.events_file,
    casesFile: found.cases_file,
    eventColumns: found.event_columns,
    caseColumns: found.case_columns,
  }
  const folder = logFolder(store.home, log)
  const activity = new Filling(found.events)
  const time = new Float64Array(found.events)
  const row = new Int32Array(found.events)
  const ofEvents = files.eventColumns.map(() => new Filling(found.events))
  const ofCase = files.caseColumns.map(() => new Filling(1))
  let at = 0
  await readEvents(
    store.olap,
    folder,
    files,
    ([, activities, ms, sourceRow, ...attributes], count) => {
      for (let i = 0; i < count; i++, at++) {
        activity.put(at, activities?.[i])
        const instant = ms?.[i]
        time[at] = typeof instant === 'number' ? instant : Number.NaN
        row[at] = sourceRow?.[i] as number
        for (let k = 0; k < ofEvents.length; k++) ofEvents[k]?.put(at, attributes[k]?.[i])
      }
    },
    found.ordinal,
  )
  await readCases(
    store.olap,
    folder,
    files,
    ([, ...attributes]) => {
      ofCase.forEach((column, k) => {
        column.put(0, attributes[k]?.[0])
      })
    },
    found.ordinal,
  )
  const named = (keys: readonly string[], columns: readonly Filling[]): Map<string, StringColumn> =>
    new Map(keys.map((key, k) => [key, (columns[k] as Filling).column()]))
  return {
    caseIds: [caseId],
    caseStart: Int32Array.of(0, found.events),
    activity: activity.column(),
    time,
    row,
    eventAttributes: named(files.eventColumns, ofEvents),
    caseAttributes: named(files.caseColumns, ofCase),
  }
}
