import { isRefusal, refuse } from '../../../core/refusal/refusal.ts'
import type { LogRead } from '../csv-log.ts'
import { growingFloat64, growingInt32 } from '../growing.ts'
import type { ImportNote, RowReason } from '../import-report.ts'
import type { ReadLimits } from '../limits.ts'
import { LogBuilder, type Target } from '../log-builder.ts'
import type { LogMapping } from '../log-mapping.ts'
import { doubleRole, logRoles, missingColumn } from '../log-roles.ts'
import { Stopped } from '../stopped.ts'
import { TimeText } from '../time-text.ts'
import type { ZoneClock } from '../zone-offset.ts'
import { JsonElements } from './json-elements.ts'
import { ObjectIndex } from './object-index.ts'
import { ObjectValues } from './object-values.ts'
import { entityOf, type OcelEntity } from './ocel-parts.ts'

/** The columns by which an object-centric log is read; attributes of events keep their names. */
const standard = { case: 'ocel:oid', activity: 'ocel:activity', time: 'ocel:timestamp' } as const

/** What reading an object-centric log needs. `pieces` gives the document's text anew at each call. */
export interface OcelReading {
  readonly file: string
  readonly mapping: LogMapping | null
  readonly limits: ReadLimits
  readonly clockOf: (mapping: LogMapping) => ZoneClock
  readonly parts: boolean
  readonly pieces: () => AsyncIterable<Buffer>
  /** Called between two pieces with the rows so far; false ends the reading early. */
  readonly onPiece: (rows: number) => boolean
}

/**
 * Reads an OCEL 2.0 JSON document as a log whose cases are the objects of one type: the one that the mapping names, else
 * the one that events touch most. Two passes: the first learns the objects, the second flattens. An event that touches
 * several of them belongs to each (convergence); one that touches none is reported. A row is an event of a case, counted
 * in the order of the document. Attributes of the object are taken as they stood at its case's last event. Throws Stopped.
 */
export async function ocelLog(reading: OcelReading): Promise<LogRead> {
  const { file, limits, onPiece } = reading
  const place = { place: { file } }
  const index = new ObjectIndex()
  const first = new JsonElements(file, limits, ['objects', 'events'], (key, element) => {
    const entity = entityOf(element)
    if (entity === null) return
    if (key === 'objects') index.define(entity.id, entity.type)
    else for (const object of new Set(entity.relations.map(({ object }) => object))) index.touch(object)
  })
  for await (const piece of reading.pieces()) {
    first.write(piece)
    refuseOthers(file, first.keys)
    onPiece(0)
  }
  first.end()
  if (!first.keys.has('events') || !first.keys.has('objects'))
    throw new Stopped(refuse('log.ocel-not', { file }, place))

  const types = index.types()
  const wanted = reading.mapping?.objectType
  const chosen = wanted ?? types[0]?.name ?? ''
  if (!types.some(({ name }) => name === chosen)) {
    const facts = { file, type: chosen, types: types.map(({ name }) => name).join(' · ') }
    throw new Stopped(refuse('log.object-type-unknown', facts, place))
  }
  const mapping: LogMapping = reading.mapping ?? { ...standard, objectType: chosen }
  if (mapping.case !== standard.case) throw new Stopped(refuse('log.ocel-case', { file, column: mapping.case }, place))
  const twice = doubleRole(file, mapping)
  if (isRefusal(twice)) throw new Stopped(twice)

  const flat = new Flattening(reading, mapping, index, chosen)
  const second = new JsonElements(file, limits, ['objects', 'events'], (key, element) => {
    const entity = entityOf(element)
    if (key === 'events') flat.event(entity)
    else if (entity !== null) flat.object(entity)
  })
  let cut = false
  for await (const piece of reading.pieces()) {
    second.write(piece)
    cut = !onPiece(flat.builder.rowsIn)
    if (cut) break
  }
  if (!cut) second.end()
  flat.finish()
  if (wanted === undefined && types.length > 1) {
    flat.builder.notes.unshift({ code: 'object-type-chosen', count: types.length - 1, column: chosen })
  }
  const columns = flat.columns()
  const missing = reading.mapping === null ? null : missingColumn(file, mapping, columns)
  if (missing !== null) throw new Stopped(missing)
  return {
    format: 'ocel',
    builder: flat.builder,
    columns,
    mapping,
    guessed: reading.mapping === null,
    delimiter: null,
    choice: { kind: 'objectType', chosen, names: types.map(({ name }) => name) },
  }
}

/** Says of a document that is plainly another kind of JSON, as early as its keys tell. */
function refuseOthers(file: string, keys: ReadonlySet<string>): void {
  if ([...keys].some((key) => key.startsWith('ocel:'))) {
    throw new Stopped(refuse('log.ocel-version', { file }, { place: { file } }))
  }
}

/** Turns events of objects into events of cases. */
class Flattening {
  readonly builder: LogBuilder
  readonly #index: ObjectIndex
  readonly #type: string
  readonly #limits: ReadLimits
  readonly #file: string
  readonly #targets = new Map<string, Target | null>()
  readonly #seen = new Set<string>()
  readonly #values = new ObjectValues()
  readonly #text: TimeText
  /** By object code: the code, first event and last instant of its case. */
  readonly #caseOf = growingInt32()
  readonly #firstEvent = growingInt32()
  readonly #lastAt = growingFloat64()
  /** Case and activity → the other objects of the first event, or DIFFER. */
  readonly #others = new Map<number, number>()
  #row = 0
  #converging = 0
  #diverging = 0
  #links = 0
  #unknown = 0

  constructor({ file, limits, clockOf, parts }: OcelReading, mapping: LogMapping, index: ObjectIndex, type: string) {
    const clock = clockOf(mapping)
    this.builder = new LogBuilder(file, logRoles(mapping), clock, parts)
    this.#text = new TimeText(clock)
    this.#index = index
    this.#type = type
    this.#limits = limits
    this.#file = file
    for (let i = 0; i < index.size; i++) {
      this.#caseOf.push(-1)
      this.#firstEvent.push(-1)
      this.#lastAt.push(Number.NaN)
    }
  }

  columns(): string[] {
    const fixed = [standard.case, standard.activity, standard.time, 'ocel:eid', 'ocel:qualifier']
    return [...fixed, ...[...this.#seen].sort()]
  }

  object({ id, type, attributes, relations }: OcelEntity): void {
    this.#links += relations.length
    if (type !== this.#type) return
    const object = this.#index.code(id)
    for (const { name, value, time } of attributes) {
      const from = this.#instant(time)
      this.#values.add(object, name, value, Number.isNaN(from) ? Number.NEGATIVE_INFINITY : from)
    }
  }

  #instant(text: string): number {
    const bytes = Buffer.from(text)
    return this.#text.read('ymd', bytes, 0, bytes.length)
  }

  event(event: OcelEntity | null): void {
    if (event === null) {
      this.#reject('malformed')
      return
    }
    const cases = new Map<string, Set<string>>()
    const others = new Map<string, Set<string>>()
    for (const { object, qualifier } of event.relations) {
      const type = this.#index.typeOf(this.#index.code(object))
      if (type === null) this.#unknown++
      else if (type === this.#type) cases.set(object, (cases.get(object) ?? new Set()).add(qualifier))
      else others.set(type, (others.get(type) ?? new Set()).add(object))
    }
    if (cases.size === 0) this.#reject('no-object')
    if (cases.size > 1) this.#converging++
    const values = new Map<string, string>([
      [standard.activity, event.type],
      [standard.time, event.time],
      ['ocel:eid', event.id],
      ...[...others].map(([type, ids]): [string, string] => [`object:${type}`, [...ids].sort().join(', ')]),
    ])
    // an attribute cannot take the place of what the event itself says
    for (const { name, value } of event.attributes) if (!values.has(name) && name !== '') values.set(name, value)
    for (const key of values.keys()) if (!key.startsWith('ocel:')) this.#seen.add(key)
    const at = this.#instant(event.time)
    for (const [object, qualifiers] of cases) {
      values.set('ocel:qualifier', [...qualifiers].filter((text) => text !== '').join(', '))
      this.#flat(object, values, at, [...others.values()])
    }
  }

  #reject(reason: RowReason): void {
    this.builder.reject(++this.#row, reason)
  }

  #against(object: string, activity: readonly string[], values: ReadonlyMap<string, string>): RowReason | null {
    const { lifecycle } = this.builder.roles
    if (Buffer.byteLength(object) > this.#limits.caseIdBytes) return 'case-too-long'
    if (activity.every((text) => text.trim() === '')) return 'missing-activity'
    if (lifecycle === null || lifecycle.count.has(values.get(lifecycle.column) ?? '')) return null
    return 'not-counted'
  }

  #flat(object: string, values: ReadonlyMap<string, string>, at: number, others: readonly ReadonlySet<string>[]): void {
    const { roles } = this.builder
    const activity = roles.activity.map((key) => values.get(key) ?? '')
    const reason = [...values.values()].some((text) => text.includes('\0'))
      ? 'nul'
      : this.#against(object, activity, values)
    if (reason !== null) {
      this.#reject(reason)
      return
    }
    const code = this.#index.code(object)
    const caseCode = this.builder.cases.codeOfText(object)
    const step = this.builder.activities.codeOfText(activity.join('+'))
    if (this.#row >= this.#limits.objectEvents) {
      const facts = { file: this.#file, limit: this.#limits.objectEvents }
      throw new Stopped(refuse('log.ocel-too-large', facts, { place: { file: this.#file } }))
    }
    const index = this.builder.event(++this.#row, caseCode, step)
    if (roles.time !== null) {
      const time = Buffer.from(values.get(roles.time) ?? '')
      this.builder.time?.push(time, 0, time.length)
    }
    if (this.#caseOf.get(code) < 0) {
      this.#caseOf.set(code, caseCode)
      this.#firstEvent.set(code, index)
    }
    const last = this.#lastAt.get(code)
    if (!(last >= at)) this.#lastAt.set(code, at)
    this.#compare(caseCode, step, others)
    for (const [key, value] of values) {
      if (key === roles.time || roles.activity.includes(key)) continue
      const target = this.#target(key)
      if (target?.kind === 'event') target.column.takeText(index, value)
      else if (target?.kind === 'case') target.column.takeText(caseCode, index, value)
    }
  }

  #target(key: string): Target | null {
    let target = this.#targets.get(key)
    if (target === undefined) {
      target = this.builder.target(key)
      this.#targets.set(key, target)
    }
    return target
  }

  /** Notes where an activity comes again in its case for other objects than before. */
  #compare(caseCode: number, step: number, others: readonly ReadonlySet<string>[]): void {
    let sum = 0
    for (const ids of others) for (const id of ids) sum = (sum + Math.imul(this.#index.code(id) + 1, 0x9e3779b1)) | 0
    const key = caseCode * 2 ** 21 + step
    const before = this.#others.get(key)
    if (before === undefined) this.#others.set(key, sum)
    else if (before !== sum && before !== DIFFER) {
      this.#others.set(key, DIFFER)
      this.#diverging++
    }
  }

  /** Gives the cases the attributes of their objects as they stood at the last event, and says what was met. */
  finish(): void {
    const notes: ImportNote[] = []
    this.#values.names().forEach((name, number) => {
      const key = `case:${name}`
      this.#seen.add(key)
      const target = this.#target(key)
      const later = this.#values.at(
        number,
        this.#index.size,
        (object) => (this.#caseOf.get(object) < 0 ? Number.NaN : this.#lastAt.get(object)),
        (object, value) => {
          const event = this.#firstEvent.get(object)
          if (target?.kind === 'case') target.column.takeText(this.#caseOf.get(object), event, value)
          else if (target?.kind === 'event') target.column.takeText(event, value)
        },
      )
      if (later > 0) notes.push({ code: 'object-value-later', count: later, column: name })
    })
    let idle = 0
    for (let object = 0; object < this.#index.size; object++) {
      if (this.#index.typeOf(object) === this.#type && this.#caseOf.get(object) < 0) idle++
    }
    const note = (code: ImportNote['code'], count: number): void => {
      if (count > 0) notes.push({ code, count, column: this.#type })
    }
    note('events-converge', this.#converging)
    note('events-diverge', this.#diverging)
    note('objects-without-events', idle)
    note('object-repeated', this.#index.repeated)
    note('object-unknown', this.#unknown)
    note('object-links-left', this.#links)
    this.builder.notes.push(...notes)
  }
}

/** Above every sum of codes, which has 32 bits. */
const DIFFER = 2 ** 40
