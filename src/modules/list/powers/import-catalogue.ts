import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type PowerEntry, type PowerKind, powerKinds } from '../../../core/power/power.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import type { Db } from '../../../kernel/db/db.ts'
import { readYaml } from '../../../kernel/packs/packs.ts'
import { draftInside, nobody } from './draft-power.ts'
import { readEntry } from './entry-schema.ts'
import { readLiteralScript } from './literal-script.ts'

const words = z.string().max(5000)
const catalogue = z.array(
  z.object({
    department: words,
    items: z.array(z.object({ main_item: words, sub_items: z.array(z.object({ name: words, link: words })) })),
  }),
)

const kindFile = z.strictObject({ taskTypes: z.record(z.string().regex(/^\d+$/), z.enum(powerKinds)) })

/** An item of a catalogue that did not become a draft, and why. */
export interface UnusedItem {
  /** Counted from 1 through the whole catalogue. */
  readonly item: number
  readonly name: string
  readonly why: string
}

/** What an import of a catalogue brought. */
export interface CatalogueReport {
  readonly departments: number
  readonly items: number
  /** Items that stand as drafts now; none is published by an import. */
  readonly drafts: number
  readonly published: 0
  /** Drafts that were not there, or said something else; 0 when a catalogue is imported again. */
  readonly written: number
  readonly repeatedNames: number
  readonly unused: readonly UnusedItem[]
  /** How many drafts lack what. */
  readonly lacking: Readonly<Record<string, number>>
}

interface Item {
  readonly department: string
  readonly mainItem: string
  readonly name: string
  readonly link: string
}

/**
 * Imports a catalogue of government services, a JavaScript literal that is parsed and never run, as drafts: kind, body,
 * region and code from the link's parameters. In one transaction; importing it again changes nothing.
 * Refusals: `input.unreadable`, `power.catalogue-not-literal`, `power.catalogue-shape`, `pack.*`.
 */
export async function importCatalogue(
  db: Db,
  file: string,
  packs: string,
  at: Temporal.Instant,
  progress: (done: number, total: number) => void = () => {},
): Promise<CatalogueReport | Refusal> {
  const kinds = await readYaml(join(packs, 'list/catalogue-kinds.yml'), kindFile)
  if (isRefusal(kinds)) return kinds
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => error)
  if (typeof text !== 'string') {
    return refuse('input.unreadable', { file, why: text.code ?? 'unreadable' }, { place: { file } })
  }
  const value = readLiteralScript(text, file)
  if (isRefusal(value)) return value
  const shape = catalogue.safeParse(value)
  if (!shape.success) {
    const issue = shape.error.issues[0]
    const place = issue?.path.join('.') ?? ''
    return refuse(
      'power.catalogue-shape',
      { file, place, why: issue?.message ?? '' },
      { place: { file, column: place } },
    )
  }
  const items = itemsOf(shape.data)
  const names = items.map((item) => item.name)
  const unused: UnusedItem[] = []
  const lacking = new Map<string, number>()
  let drafts = 0
  let written = 0
  await db.transaction().execute(async (trx) => {
    const codes = new Set<string>()
    for (const [index, item] of items.entries()) {
      const entry = entryOf(item, kinds.taskTypes)
      const drafted =
        typeof entry === 'string' || codes.has(entry.code)
          ? null
          : await draftInside(trx, entry, { actor: nobody, at }, { source: 'catalogue', catalogue: item })
      if (drafted === null || isRefusal(drafted)) {
        const why = drafted?.says.zh ?? (typeof entry === 'string' ? entry : '编码重复')
        unused.push({ item: index + 1, name: item.name, why })
      } else {
        codes.add(drafted.code)
        drafts += 1
        written += drafted.isNew ? 1 : 0
        for (const lack of drafted.lacks) lacking.set(lack, (lacking.get(lack) ?? 0) + 1)
      }
      progress(index + 1, items.length)
    }
  })
  return {
    departments: shape.data.length,
    items: items.length,
    drafts,
    published: 0,
    written,
    repeatedNames: new Set(names.filter((name, index) => names.indexOf(name) !== index)).size,
    unused,
    lacking: Object.fromEntries(lacking),
  }
}

const itemsOf = (departments: z.output<typeof catalogue>): readonly Item[] =>
  departments.flatMap(({ department, items }) =>
    items.flatMap(({ main_item: mainItem, sub_items: subItems }) =>
      subItems.map(({ name, link }) => ({ department, mainItem, name, link })),
    ),
  )

/** A catalogue's item as an entry that states only what its link says; the reason where that is no power. */
function entryOf(item: Item, taskTypes: Readonly<Record<string, PowerKind>>): PowerEntry | string {
  const link = URL.parse(item.link)
  const parameter = (key: string): string => link?.searchParams.get(key)?.trim() ?? ''
  const area = parameter('areaCode')
  if (!/^\d{6}(\d{6})?$/.test(area)) return 'areaCode'
  const organ = parameter('deptCode')
  const entry = readEntry({
    code: parameter('itemCode'),
    name: { zh: item.name, en: '' },
    kind: taskTypes[parameter('taskType')] ?? null,
    level: null,
    region: regionPath(area),
    organs: organ === '' ? [] : [organ],
    bases: [],
    limit: { statutory: null, promised: null },
    procedure: null,
    caseKinds: [],
    special: [],
  })
  return isRefusal(entry) ? entry.says.zh : entry
}

/** The code path of an administrative division: 511602000000 → `51/5116/511602`. */
function regionPath(area: string): string {
  const path = [area.slice(0, 2)]
  for (const length of [4, 6, 9, 12]) {
    const code = area.slice(0, length)
    if (code.length === length && !/^0+$/.test(area.slice(path.at(-1)?.length ?? 0, length))) path.push(code)
  }
  return path.join('/')
}
