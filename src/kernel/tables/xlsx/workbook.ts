import { posix } from 'node:path'
import { refuse } from '../../../core/refusal/refusal.ts'
import type { ReadLimits } from '../limits.ts'
import { Stopped } from '../stopped.ts'
import { type NumberShape, shapeOf } from './serial-date.ts'
import { SharedTexts } from './shared-texts.ts'
import { readPart } from './xml-part.ts'
import type { ZipFile } from './zip-file.ts'

/** A sheet of a workbook. */
export interface Sheet {
  readonly name: string
  readonly hidden: boolean
  readonly part: string
}

/** What a workbook says of its sheets, before any of them is read. */
export interface Workbook {
  readonly zip: ZipFile
  readonly sheets: readonly Sheet[]
  /** Its dates count from 1904, as those of old Macintosh systems do. */
  readonly from1904: boolean
  /** The shape of each cell style, by its number. */
  readonly shapes: readonly NumberShape[]
  readonly texts: SharedTexts
}

interface Relation {
  readonly type: string
  readonly target: string
  readonly external: boolean
}

/** The relations of a part; of the package itself where the part is ''. */
async function relations(zip: ZipFile, part: string, limits: ReadLimits): Promise<Map<string, Relation>> {
  const found = new Map<string, Relation>()
  const folder = posix.dirname(part)
  const rels = posix.join(folder, '_rels', `${part === '' ? '' : posix.basename(part)}.rels`)
  if (!zip.has(rels)) return found
  await readPart(zip, rels, limits.rowBytes, {
    open(name, { Id, Type = '', Target = '', TargetMode }) {
      if (name !== 'Relationship' || Id === undefined) return
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target)
      found.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), target, external: TargetMode === 'External' })
    },
  })
  return found
}

/** Reads what a workbook says of itself: its sheets, date system, styles and shared texts. Throws Stopped. */
export async function openWorkbook(zip: ZipFile, limits: ReadLimits): Promise<Workbook> {
  const { file } = zip
  const place = { place: { file } }
  const root = [...(await relations(zip, '', limits)).values()].find(({ type }) => type === 'officeDocument')
  const part = root?.target ?? 'xl/workbook.xml'
  if (root?.external) throw new Stopped(refuse('table.workbook-external', { file }, place))
  if (part.endsWith('.bin')) throw new Stopped(refuse('table.workbook', { file }, place))
  if (!zip.has(part)) throw new Stopped(refuse('table.archive', { file, format: 'ZIP' }, place))
  const known = await relations(zip, part, limits)
  const partOf = (relation: Relation | undefined): string | null => {
    if (relation === undefined) return null
    if (relation.external) throw new Stopped(refuse('table.workbook-external', { file }, place))
    return relation.target
  }
  const ofType = (wanted: string): string | null => partOf([...known.values()].find(({ type }) => type === wanted))

  const sheets: Sheet[] = []
  let from1904 = false
  let isWorkbook = false
  await readPart(zip, part, limits.rowBytes, {
    open(name, attributes) {
      if (name === 'workbook') isWorkbook = true
      if (name === 'workbookPr') from1904 = /^(1|true|on)$/.test(attributes.date1904 ?? '')
      if (name !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? ''
      const relation = known.get(id)
      // charts stand among the sheets too, and hold no cells
      const target = relation?.type === 'worksheet' ? partOf(relation) : null
      if (target === null) return
      sheets.push({ name: attributes.name ?? '', hidden: (attributes.state ?? 'visible') !== 'visible', part: target })
    },
  })
  if (!isWorkbook) throw new Stopped(refuse('table.archive', { file, format: 'ZIP' }, place))
  const shapes = await styles(zip, ofType('styles'), limits)
  const texts = new SharedTexts()
  const shared = ofType('sharedStrings')
  if (shared !== null) await texts.read(zip, shared, limits)
  return { zip, sheets, from1904, shapes, texts }
}

async function styles(zip: ZipFile, part: string | null, limits: ReadLimits): Promise<NumberShape[]> {
  const codes = new Map<number, string>()
  const formats: number[] = []
  let inCells = false
  if (part === null) return []
  await readPart(zip, part, limits.rowBytes, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      if (name === 'cellXfs') inCells = true
      if (name === 'xf' && inCells) formats.push(Number(attributes.numFmtId ?? 0))
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return formats.map((id) => shapeOf(id, codes.get(id)))
}
