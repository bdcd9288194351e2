import type { Bilingual } from '../../core/refusal/refusal.ts'
import type { LogMapping } from './log-mapping.ts'
import type { TextEncoding } from './text-encoding.ts'
import type { TimeReading } from './time-column.ts'

/** Why a row of the source was not used, with the words that a person reads. */
export const rowReasons = {
  'missing-case': { zh: '没有办件编号', en: 'no case id' },
  'case-too-long': { zh: '办件编号过长', en: 'the case id is too long' },
  'missing-activity': { zh: '没有环节', en: 'no activity' },
  'unreadable-time': { zh: '时间无法按本列的格式读出', en: 'the time cannot be read in its column’s format' },
  ragged: { zh: '单元格数与表头不符', en: 'not as many cells as the header' },
  nul: { zh: '含有空字符（NUL）', en: 'contains a NUL character' },
  quotes: { zh: '引号之后还有文字', en: 'text after a closing quote' },
  'cell-too-large': { zh: '单元格过大', en: 'a cell is too large' },
  'formula-error': {
    zh: '编号、环节或时间是公式错误，或没有算出的值',
    en: 'the case id, activity or time is a formula error, or was never computed',
  },
  'rounded-number': {
    zh: '办件编号存成了超过 15 位的数字，电子表格已丢失末几位',
    en: 'the case id is a number of more than 15 digits, whose last ones the spreadsheet has lost',
  },
  malformed: { zh: '没有编号或类型，不合 OCEL 的写法', en: 'without the id or type that OCEL asks for' },
  'no-object': { zh: '事件不涉及所选类型的对象', en: 'the event touches no object of the chosen type' },
  'not-counted': { zh: '映射不计这种生命周期状态', en: 'the mapping does not count this lifecycle transition' },
} as const satisfies Record<string, Bilingual>

export type RowReason = keyof typeof rowReasons

/** Reasons in a fixed order: a reported row keeps the index. */
export const rowReasonCodes = Object.keys(rowReasons) as RowReason[]

/** What a reader of the import should know though no row was lost over it. */
export const noteTexts = {
  'event-without-time': {
    zh: '{count} 个事件没有时间，按原有次序保留。',
    en: '{count} events have no time; kept in their order.',
  },
  'case-value-conflict': {
    zh: '“{column}”在同一办件内有不同的值（{count} 行）；取最先出现的。',
    en: '“{column}” has differing values within a case ({count} rows); the first is taken.',
  },
  'role-time-unreadable': {
    zh: '“{column}”有 {count} 个不同的值读不出时间，视为缺失。',
    en: '{count} distinct values of “{column}” are no readable times; taken as missing.',
  },
  'case-without-name': {
    zh: '{count} 条轨迹没有名称，用其序号（#n）作办件编号。',
    en: '{count} traces have no name; their ordinal (#n) serves as case id.',
  },
  'trace-split': {
    zh: '{count} 条轨迹与先前的同名，已并入同一办件。',
    en: '{count} traces repeat an earlier name; merged into one case.',
  },
  'header-renamed': {
    zh: '{count} 个表头为空或重复，已加序号区分。',
    en: '{count} headers are empty or repeated; told apart by their number.',
  },
  'attribute-renamed': {
    zh: '列“{column}”与角色同名，已改称“source:{column}”。',
    en: 'Column “{column}” has a role’s name; it is kept as “source:{column}”.',
  },
  'sheet-chosen': {
    zh: '读的是工作表“{column}”；另有 {count} 张没有读，可在映射里用 sheet 指定。',
    en: 'Read from the sheet “{column}”; {count} others were not read: name one with sheet in the mapping.',
  },
  'rows-above-header': {
    zh: '表头上方有 {count} 行，按标题略过。',
    en: '{count} rows above the header are passed over as titles.',
  },
  'hidden-rows': {
    zh: '有 {count} 行在表里是隐藏的；照样读入。',
    en: '{count} rows are hidden in the sheet; read all the same.',
  },
  'hidden-columns': {
    zh: '有 {count} 列在表里是隐藏的；照样读入。',
    en: '{count} columns are hidden in the sheet; read all the same.',
  },
  'merged-filled': {
    zh: '{count} 个单元格取了上方合并单元格的值。',
    en: '{count} cells took the value of a merged cell above them.',
  },
  'formula-errors': {
    zh: '{count} 个单元格是公式错误，视为缺失。',
    en: '{count} cells are formula errors; taken as missing.',
  },
  'formulas-uncomputed': {
    zh: '{count} 个公式没有存下结果，视为缺失；用 Excel 或 WPS 打开再保存即可。',
    en: '{count} formulas were saved without a result; taken as missing. Opening and saving the file in a spreadsheet helps.',
  },
  'numbers-rounded': {
    zh: '“{column}”有 {count} 个超过 15 位的数字，电子表格已丢失末几位；请存成文本。',
    en: '“{column}” has {count} numbers of more than 15 digits, whose last ones are lost; keep them as text.',
  },
  'object-type-chosen': {
    zh: '以对象类型“{column}”为办件；另有 {count} 种类型，可在映射里用 objectType 指定。',
    en: 'Cases are the objects of type “{column}”; there are {count} other types: name one with objectType in the mapping.',
  },
  'events-converge': {
    zh: '{count} 个事件同时涉及多个“{column}”，在每一件里各算一次（汇聚）。',
    en: '{count} events touch several objects of “{column}” and count in each of their cases (convergence).',
  },
  'events-diverge': {
    zh: '在 {count} 处，同一件里的同一环节对着不同的其他对象多次发生（发散），看起来像返工，未必是。',
    en: 'In {count} places an activity recurs within a case for different other objects (divergence): it looks like rework and may be none.',
  },
  'objects-without-events': {
    zh: '{count} 个“{column}”对象没有任何事件，不成办件。',
    en: '{count} objects of “{column}” have no event and make no case.',
  },
  'object-repeated': {
    zh: '{count} 个对象的编号重复；取先出现的类型。',
    en: '{count} objects repeat an earlier id; the first type counts.',
  },
  'object-unknown': {
    zh: '{count} 处引用了文件里没有的对象，已略过。',
    en: '{count} references name objects that the file does not have; passed over.',
  },
  'object-value-later': {
    zh: '“{column}”有 {count} 个取值晚于办件的最后一个事件，没有采用；其余取办件结束时最新的值。',
    en: '{count} values of “{column}” are later than their case’s last event and not taken; of the others, the latest counts.',
  },
  'object-links-left': {
    zh: '{count} 条对象之间的关系没有读入（事件与对象的关系都已读入）。',
    en: '{count} relations between objects are not read (those of events to objects are).',
  },
  'head-only': { zh: '只读了文件开头的 {count} 行。', en: 'Only the first {count} rows of the file were read.' },
  'event-repeated': {
    zh: '{count} 个事件与同一办件的前一事件完全相同；已保留，请核对来源。',
    en: '{count} events equal the one before in their case in every field; kept, check the source.',
  },
} as const satisfies Record<string, Bilingual>

export type NoteCode = keyof typeof noteTexts

export interface ImportNote {
  readonly code: NoteCode
  readonly count: number
  readonly column?: string
}

/** The words of a note in both languages. */
export function noteText(note: ImportNote): Bilingual {
  const fill = (text: string): string =>
    text.replaceAll('{count}', String(note.count)).replaceAll('{column}', note.column ?? '')
  return { zh: fill(noteTexts[note.code].zh), en: fill(noteTexts[note.code].en) }
}

/** What a file leaves to choose: which of its sheets, or which type of its objects is a case. */
export interface SourceChoice {
  readonly kind: 'sheet' | 'objectType'
  readonly chosen: string
  readonly names: readonly string[]
}

/** The kinds of file that logs are read from. */
export type LogFormat = 'csv' | 'xlsx' | 'xes' | 'ocel'

/** What an import did with every row: `rows.in = rows.used + rows.reported`, always. */
export interface ImportReport {
  readonly file: string
  readonly format: LogFormat
  readonly gzip: boolean
  readonly encoding: TextEncoding
  /** The character between cells; null where the file is no CSV. */
  readonly delimiter: string | null
  /** Size on disk, in bytes. */
  readonly size: number
  readonly columns: readonly string[]
  readonly mapping: LogMapping
  /** True where no mapping was given and the roles were found by well-known names. */
  readonly guessed: boolean
  /** The sheet or type of objects that was read, and the others; null where there is nothing to choose. */
  readonly choice: SourceChoice | null
  readonly rows: { readonly in: number; readonly used: number; readonly reported: number }
  /** Every reported row: its number, and its reason as an index into `rowReasonCodes`; in order of rows. */
  readonly reportedRows: Int32Array
  readonly reportedReasons: Uint8Array
  /** What stood in the cell, for the first unreadable times. */
  readonly reportedTexts: ReadonlyMap<number, string>
  /** How the event time was read; null where the log has none. */
  readonly time: TimeReading | null
  /** Whether the zone of times without one came from the mapping or from the deployment's setting. */
  readonly zoneFrom: 'mapping' | 'setting'
  readonly notes: readonly ImportNote[]
}

export interface ReportedRow {
  readonly row: number
  readonly reason: RowReason
  readonly text: string | null
}

/** Some of the reported rows as objects. */
export function reportedRows(report: ImportReport, from = 0, count = report.reportedRows.length): ReportedRow[] {
  const rows: ReportedRow[] = []
  for (let i = from; i < Math.min(from + count, report.reportedRows.length); i++) {
    const row = report.reportedRows[i] as number
    const reason = rowReasonCodes[report.reportedReasons[i] as number] as RowReason
    rows.push({ row, reason, text: report.reportedTexts.get(row) ?? null })
  }
  return rows
}

/** How many rows were reported for each reason; reasons without rows are left out. */
export function reasonCounts(report: ImportReport): Partial<Record<RowReason, number>> {
  const counts: Partial<Record<RowReason, number>> = {}
  for (const index of report.reportedReasons) {
    const reason = rowReasonCodes[index] as RowReason
    counts[reason] = (counts[reason] ?? 0) + 1
  }
  return counts
}
