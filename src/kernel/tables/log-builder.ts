import type { EventLog, StringColumn } from '../../core/eventlog/event-log.ts'
import { ByteDictionary } from './byte-dictionary.ts'
import { growingFloat64, growingInt32 } from './growing.ts'
import type { ImportNote, RowReason } from './import-report.ts'
import { rowReasonCodes } from './import-report.ts'
import { CaseColumn, type CaseTarget, column, EventColumn, mergedColumn, SpreadCaseColumn } from './log-columns.ts'
import { type LogPart, type Named, type PartsEnd, partColumn, timeRoleColumns } from './log-part.ts'
import type { LogRoles, Role, RoleKey } from './log-roles.ts'
import { caseOrder, eventOrder } from './order-events.ts'
import { NO_TIME, TimeColumn, type TimeReading } from './time-column.ts'
import { RoleTimes, timeTexts } from './time-role.ts'
import type { ZoneClock } from './zone-offset.ts'

/** Where the values of one source column go. */
export type Target =
  | { readonly kind: 'event'; readonly column: EventColumn }
  | { readonly kind: 'case'; readonly column: CaseTarget }

/** What the builder hands over at the end. */
export interface BuiltLog {
  readonly log: EventLog
  readonly rowsIn: number
  readonly reportedRows: Int32Array
  readonly reportedReasons: Uint8Array
  readonly reportedTexts: ReadonlyMap<number, string>
  readonly time: TimeReading | null
  readonly notes: readonly ImportNote[]
}

/**
 * Collects a log's columns, event by event, in growing typed arrays: a reader calls `reject` or `event` once for each
 * row, and then fills the event's columns. Either `finish` groups the events by case and orders them, or the builder was
 * made for `parts`: then `takePart` hands over what is there, as often as one likes, and `finishParts` ends.
 */
export class LogBuilder {
  readonly roles: LogRoles
  readonly #file: string
  readonly #clock: ZoneClock
  readonly cases = new ByteDictionary()
  readonly activities = new ByteDictionary()
  readonly time: TimeColumn | null
  readonly #caseCodes = growingInt32()
  readonly #activityCodes = growingInt32()
  readonly #rows = growingInt32()
  readonly #rejectedRows = growingInt32()
  readonly #rejectedReasons = growingInt32()
  readonly #withdrawn = new Map<number, RowReason>()
  readonly #eventColumns: EventColumn[] = []
  readonly #caseColumns: CaseColumn[] = []
  /** The columns of a log that is read in parts; null where it is kept whole. */
  readonly #parts: Named[] | null
  readonly notes: ImportNote[] = []
  #rowsIn = 0

  constructor(file: string, roles: LogRoles, clock: ZoneClock, parts = false) {
    this.#parts = parts ? [] : null
    this.#file = file
    this.roles = roles
    this.#clock = clock
    this.time = roles.time === null ? null : new TimeColumn(file, roles.time, roles.timeFormat, clock)
  }

  get rowsIn(): number {
    return this.#rowsIn
  }

  /** Events that are held now. */
  get length(): number {
    return this.#rows.length
  }

  /** Columns that a part has. */
  get columns(): number {
    return (this.#parts?.length ?? 0) + 4
  }

  /** Makes the column for a source column that is no case id, activity or event time; null where the mapping leaves it out. */
  target(source: string): Target | null {
    const role = this.roles.byColumn.get(source)
    if (role === undefined && !this.roles.keeps(source)) return null
    const level = role === undefined ? this.roles.attributeLevel(source) : role.level
    const key = role === undefined ? this.#freeKey(source) : role.key
    if (this.#parts !== null) return this.#partTarget(this.#parts, level, key, source, role)
    if (level === 'case') {
      const made = new CaseColumn(key, source)
      this.#caseColumns.push(made)
      return { kind: 'case', column: made }
    }
    const made = new EventColumn(key, source)
    this.#eventColumns.push(made)
    return { kind: 'event', column: made }
  }

  #partTarget(parts: Named[], level: 'case' | 'event', key: string, source: string, role: Role | undefined): Target {
    const times =
      role !== undefined && isTimeRole(role.key)
        ? new RoleTimes(this.#file, role.column, role.timeFormat ?? null, this.#clock)
        : null
    if (level === 'case') {
      const column = new SpreadCaseColumn(key, source)
      parts.push({ name: `c${parts.filter((one) => one.name.startsWith('c')).length}`, column, times })
      return { kind: 'case', column }
    }
    const column = new EventColumn(key, source)
    parts.push({ name: `e${parts.filter((one) => one.name.startsWith('e')).length}`, column, times })
    return { kind: 'event', column }
  }

  #freeKey(source: string): string {
    if (!roleKeys.has(source)) return source
    this.notes.push({ code: 'attribute-renamed', count: 1, column: source })
    return `source:${source}`
  }

  reject(row: number, reason: RowReason): void {
    this.#rowsIn++
    this.#rejectedRows.push(row)
    this.#rejectedReasons.push(rowReasonCodes.indexOf(reason))
  }

  /** Opens an event and returns its index. The reader then pushes its time, where there is a time column. */
  event(row: number, caseCode: number, activityCode: number): number {
    this.#rowsIn++
    const at = this.#rows.length
    this.#rows.push(row)
    this.#caseCodes.push(caseCode)
    this.#activityCodes.push(activityCode)
    return at
  }

  /** Takes an earlier event back: its row is reported instead. */
  withdraw(at: number, reason: RowReason): void {
    this.#withdrawn.set(at, reason)
  }

  /** Sets the case of an earlier event: an XES trace may name itself after its events. */
  moveEvent(at: number, caseCode: number): void {
    this.#caseCodes.set(at, caseCode)
  }

  /**
   * Hands over the events that are held and goes on without them. The format of times is settled by then, on the values
   * that were seen. A reader that still refers to an event (an open XES trace) must finish it first.
   */
  takePart(): LogPart {
    const rows = this.#rows.takeAll()
    const events = rows.length
    const read = this.time?.takePart() ?? null
    const texts = new Map<number, string>()
    for (const [at, text] of read?.texts ?? []) texts.set(rows[at] as number, text)
    for (const [at, reason] of this.#withdrawn) {
      this.#rejectedRows.push(rows[at] as number)
      this.#rejectedReasons.push(rowReasonCodes.indexOf(reason))
    }
    this.#withdrawn.clear()
    const columns = [
      partColumn('case_id', this.cases, this.#caseCodes.takeAll()),
      partColumn('activity', this.activities, this.#activityCodes.takeAll(), this.roles.activityNames),
    ]
    for (const { name, column: made, times } of this.#parts ?? []) {
      const spread = made instanceof EventColumn ? made : made.spread
      const codes = spread.takePart(events)
      if (times === null) columns.push(partColumn(name, spread.dictionary, codes))
      else columns.push(...timeRoleColumns(name, times, spread.dictionary, codes))
      spread.dictionary.clear()
    }
    this.cases.clear()
    this.activities.clear()
    return {
      rows,
      times: read?.main ?? new Float64Array(events).fill(NO_TIME),
      monthFirst: read?.other ?? null,
      columns,
      reportedRows: this.#rejectedRows.takeAll(),
      reportedReasons: this.#rejectedReasons.takeAll(),
      texts,
    }
  }

  /** What is known after the last part. Throws Stopped where day and month cannot be told apart. */
  finishParts(): PartsEnd {
    const time = this.time?.finish().reading ?? null
    return {
      rowsIn: this.#rowsIn,
      columns: (this.#parts ?? []).map(({ name, column: made, times }) => ({
        name,
        key: made.key,
        source: made.source,
        level: made instanceof EventColumn ? 'event' : 'case',
        monthFirst: times?.finish() ?? null,
        conflicts: made instanceof EventColumn ? 0 : made.conflicts,
      })),
      time,
      monthFirst: time?.format === 'mdy' && this.time?.format === 'dmy',
    }
  }

  finish(): BuiltLog {
    const events = this.#rows.length
    const finished = this.time?.finish() ?? null
    const times = finished?.times ?? growingFloat64()
    const used = new Uint8Array(events).fill(1)
    const texts = new Map<number, string>()
    let withoutTime = 0
    for (const [i, reason] of this.#withdrawn) {
      used[i] = 0
      this.#rejectedRows.push(this.#rows.get(i))
      this.#rejectedReasons.push(rowReasonCodes.indexOf(reason))
    }
    for (let i = 0; i < times.length; i++) {
      const time = times.get(i)
      if (used[i] === 0) continue
      if (time === NO_TIME) {
        withoutTime++
      } else if (Number.isNaN(time)) {
        used[i] = 0
        const row = this.#rows.get(i)
        this.#rejectedRows.push(row)
        this.#rejectedReasons.push(rowReasonCodes.indexOf('unreadable-time'))
        const text = this.time?.unreadable.get(i)
        if (text !== undefined) texts.set(row, text)
      }
    }
    while (times.length < events) times.push(NO_TIME)
    const { order: casesInOrder, ordinal } = caseOrder(this.#caseCodes, used, this.cases.size)
    const { order, caseStart } = eventOrder(this.#caseCodes, times, used, ordinal, casesInOrder.length)

    const time = times.gather(order)
    for (let i = 0; i < time.length; i++) if (time[i] === NO_TIME) time[i] = Number.NaN
    const names = this.roles.activityNames
    const steps = this.activities.takeTexts().map((text) => names.get(text) ?? text)
    const activity = mergedColumn(steps, this.#activityCodes.gather(order))
    const notes = [...this.notes]
    const eventAttributes = new Map<string, StringColumn>()
    for (const made of this.#eventColumns) {
      eventAttributes.set(made.key, this.#column(made, made.gather(order, events), notes))
    }
    const caseAttributes = new Map<string, StringColumn>()
    for (const made of this.#caseColumns) {
      caseAttributes.set(made.key, this.#column(made, made.gather(casesInOrder, this.cases.size), notes))
      if (made.conflicts > 0) notes.push({ code: 'case-value-conflict', count: made.conflicts, column: made.source })
    }
    const caseIds = new Array<string>(casesInOrder.length)
    for (let c = 0; c < casesInOrder.length; c++) caseIds[c] = this.cases.text(casesInOrder[c] as number)
    if (this.time !== null && withoutTime > 0) notes.push({ code: 'event-without-time', count: withoutTime })
    const log = { caseIds, caseStart, activity, time, row: this.#rows.gather(order), eventAttributes, caseAttributes }
    const repeated = repeatedEvents(log)
    if (repeated > 0) notes.push({ code: 'event-repeated', count: repeated })
    return {
      log,
      rowsIn: this.#rowsIn,
      ...this.#rejected(),
      reportedTexts: texts,
      time: finished?.reading ?? null,
      notes,
    }
  }

  /** A finished column; the values of a time role become ISO instants or ISO dates. */
  #column(made: EventColumn | CaseColumn, codes: Int32Array, notes: ImportNote[]): StringColumn {
    const role = [...this.roles.byColumn.values()].find(({ key }) => key === made.key)
    if (role === undefined || !isTimeRole(role.key)) return column(made.dictionary.takeTexts(), codes)
    const read = timeTexts(this.#file, role.column, role.timeFormat ?? null, this.#clock, made.dictionary)
    if (read.unreadable > 0) notes.push({ code: 'role-time-unreadable', count: read.unreadable, column: role.column })
    return mergedColumn(read.texts, codes)
  }

  #rejected(): Pick<BuiltLog, 'reportedRows' | 'reportedReasons'> {
    const count = this.#rejectedRows.length
    const byRow = Int32Array.from({ length: count }, (_, i) => i)
    byRow.sort((a, b) => this.#rejectedRows.get(a) - this.#rejectedRows.get(b))
    const reasons = this.#rejectedReasons.gather(byRow)
    return { reportedRows: this.#rejectedRows.gather(byRow), reportedReasons: Uint8Array.from(reasons) }
  }
}

const roleKeys: ReadonlySet<string> = new Set<RoleKey>([
  'officer',
  'organ',
  'start',
  'end',
  'deadline',
  'region',
  'power',
])

const isTimeRole = (key: RoleKey): boolean => key === 'start' || key === 'end' || key === 'deadline'

/** How many events equal the event before them in their case in activity, instant and every attribute. */
function repeatedEvents(log: EventLog): number {
  const columns = [log.activity, ...log.eventAttributes.values()]
  let count = 0
  for (let c = 0; c < log.caseIds.length; c++) {
    for (let i = (log.caseStart[c] as number) + 1; i < (log.caseStart[c + 1] as number); i++) {
      if (log.time[i] === log.time[i - 1] && columns.every(({ codes }) => codes[i] === codes[i - 1])) count++
    }
  }
  return count
}
