import { z } from 'zod'
import { textEncodings } from './text-encoding.ts'
import { timeFormats } from './time-text.ts'
import { isZone } from './zone-offset.ts'

const column = z
  .string()
  .min(1)
  .describe('A column of the source: a CSV header, or an XES key (`case:` before a trace’s key).')

const timeRole = z
  .union([
    column.transform((name) => ({ column: name })),
    z.strictObject({
      column,
      level: z
        .enum(['case', 'event'])
        .optional()
        .describe('Whether the value belongs to the whole case or to one event.'),
      timeFormat: z.enum(timeFormats).optional(),
    }),
  ])
  .describe('A column that holds a time beside the event’s own.')

/**
 * How the columns of a foreign log are to be read. Strict: an unknown key is refused. `time` is null where a log has no
 * times; `activity` may be several columns, whose texts are joined with `+` as an XES classifier does.
 */
export const logMappingSchema = z
  .strictObject({
    case: column,
    activity: z.union([column, z.array(column).min(1)]),
    time: column.nullable(),
    timeFormat: z.enum(timeFormats).optional().describe('Needed where day and month cannot be told apart.'),
    zone: z.string().refine(isZone, 'not a time zone').optional().describe('The zone of times that name none.'),
    officer: column.optional(),
    organ: column.optional(),
    start: timeRole.optional(),
    end: timeRole.optional(),
    deadline: timeRole.optional(),
    region: column.optional(),
    power: column.optional(),
    attributes: z
      .strictObject({
        include: z.array(column).optional(),
        exclude: z.array(column).optional(),
        case: z.array(column).optional().describe('Columns whose value belongs to the whole case.'),
      })
      .optional(),
    lifecycle: z
      .strictObject({ column: column.optional(), count: z.array(z.string().min(1)).min(1) })
      .optional()
      .describe('Which transitions count as events, e.g. only `complete`.'),
    sheet: z
      .string()
      .min(1)
      .optional()
      .describe('The sheet of a workbook; without it the first visible one with values.'),
    objectType: z
      .string()
      .min(1)
      .optional()
      .describe('The type of object whose objects are the cases of an object-centric log (OCEL).'),
    encoding: z.enum(textEncodings).optional(),
    delimiter: z.enum([',', ';', '\t', '|']).optional(),
    formulaGuard: z
      .boolean()
      .optional()
      .describe('Cells that begin like a formula carry an apostrophe before them, as our own exports write them.'),
    activityNames: z.record(z.string(), z.string().min(1)).optional().describe('Foreign activity → our step.'),
  })
  .meta({ id: 'LogMapping', description: 'How the columns of a log from another system are read.' })

export type LogMapping = z.output<typeof logMappingSchema>

/** Known names of the roles, most telling first; compared without case, blanks, `_` and `-`. */
export const wellKnown = {
  case: [
    'case:concept:name',
    'ocel:oid',
    'case_id',
    'case id',
    'caseid',
    'case',
    'case number',
    'case_number',
    'trace_id',
    '办件编号',
    '办件号',
    '办件流水号',
    '办件编码',
    '申办流水号',
    '业务流水号',
    '受理编号',
    '案件编号',
    '案号',
    '流水号',
    '工单编号',
  ],
  activity: [
    'concept:name',
    'ocel:activity',
    'activity',
    'activity name',
    'activityname',
    'event',
    'event name',
    'task',
    'step',
    '环节',
    '环节名称',
    '办理环节',
    '步骤',
    '活动',
    '活动名称',
    '节点名称',
    '节点',
    '业务动作',
  ],
  time: [
    'time:timestamp',
    'ocel:timestamp',
    'timestamp',
    'time',
    'event_time',
    'complete timestamp',
    'complete_timestamp',
    'end_time',
    'datetime',
    'date',
    '时间',
    '办理时间',
    '发生时间',
    '操作时间',
    '处理时间',
    '完成时间',
    '环节时间',
    '日期',
  ],
  officer: [
    'org:resource',
    'resource',
    'officer',
    'user',
    'handler',
    '经办人',
    '办理人',
    '操作人',
    '处理人',
    '办理人员',
    '人员',
  ],
  organ: [
    'org:group',
    'organ',
    'department',
    'group',
    'unit',
    '部门',
    '办理部门',
    '承办单位',
    '单位',
    '办理单位',
    '机构',
  ],
} as const

const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[s_-]+/g, '')

/**
 * Finds the roles of columns by well-known names. Gives the mapping and which roles were found this way, or null with
 * the roles that were not found. Deadlines, starts and ends are not guessed: a wrong one would accuse somebody.
 */
export function guessMapping(
  columns: readonly string[],
): { readonly mapping: LogMapping } | { readonly missing: readonly ('case' | 'activity' | 'time')[] } {
  const byPlain = new Map(columns.map((name) => [plain(name), name]))
  const find = (names: readonly string[]): string | undefined => {
    for (const name of names) {
      const found = byPlain.get(plain(name))
      if (found !== undefined) return found
    }
    return undefined
  }
  const roles = {
    case: find(wellKnown.case),
    activity: find(wellKnown.activity),
    time: find(wellKnown.time),
  }
  const missing = (['case', 'activity', 'time'] as const).filter((role) => roles[role] === undefined)
  if (missing.length > 0) return { missing }
  const officer = find(wellKnown.officer)
  const organ = find(wellKnown.organ)
  // our own words for a column leave nothing to guess
  const exact = (name: string): string | undefined => (columns.includes(name) ? name : undefined)
  const deadline = exact('deadline')
  const region = exact('region')
  const power = exact('power')
  return {
    mapping: {
      case: roles.case as string,
      activity: roles.activity as string,
      time: roles.time as string,
      ...(officer === undefined ? {} : { officer }),
      ...(organ === undefined ? {} : { organ }),
      ...(deadline === undefined ? {} : { deadline: { column: deadline } }),
      ...(region === undefined ? {} : { region }),
      ...(power === undefined ? {} : { power }),
    },
  }
}
