import type { Bilingual } from '../../../core/refusal/refusal.ts'
import { wellKnown } from '../log-mapping.ts'
import { type ColumnProfile, variesWithin } from './column-profile.ts'
import type { HeadRows } from './head-rows.ts'
import { looksLikeName } from './personal.ts'

/** The roles that are guessed. Deadlines, starts and ends are not: a wrong one would accuse somebody. */
export type GuessedRole = 'case' | 'activity' | 'time' | 'officer' | 'organ'

/** A sign for or against a column in a role. */
export interface Sign {
  readonly weight: number
  readonly says: Bilingual
}

const sign = (weight: number, zh: string, en: string): Sign => ({ weight, says: { zh, en } })
const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '')

/** Parts of names that point to a role. */
const pointing: Readonly<Record<GuessedRole, RegExp>> = {
  case: /编号|流水号|单号|案号|文号|号码|办件|case|(^|[_ ])id$|number/i,
  activity: /环节|步骤|节点|活动|动作|事件|阶段|操作(?!人|员|时间)|状态|step|activity|task|event|stage|status|action/i,
  time: /时间|日期|时刻|time|date|timestamp/i,
  officer:
    /经办|经手人|办理人|操作人|操作员|处理人|审批人|审核人|承办人|工作人员|officer|user|resource|handler|operator|assignee/i,
  organ: /部门|单位|机构|科室|处室|窗口|department|dept|unit|organ|group/i,
}

/** What a time column's name says where it means another moment than that of the event. */
const otherMoment = /时限|期限|承诺|截止|到期|应办|预计|计划|deadline|due|planned|expected|birth|出生/i
const organEnding =
  /(局|科|处|室|厅|部|委|办|所|队|中心|窗口|大厅|政府|街道|乡|镇|公司|department|office|division|group)\s*\d*$/i

function nameSign(role: GuessedRole, { name }: ColumnProfile): Sign[] {
  const known = wellKnown[role].findIndex((one) => plain(one) === plain(name))
  if (known >= 0) return [sign(0.5, `“${name}”是常见的列名`, `“${name}” is a well-known name`)]
  // for officers and units the name is nearly all that there is to go by
  const weight = role === 'officer' || role === 'organ' ? 0.4 : 0.25
  if (pointing[role].test(name)) return [sign(weight, `列名“${name}”像是`, `its name “${name}” suggests it`)]
  return []
}

const percent = (share: number): string => `${Math.round(share * 100)} %`

function caseSigns(column: ColumnProfile): Sign[] {
  const { filled, distinct, rows, time, personal, meanLength } = column
  const each = filled / Math.max(1, distinct)
  const signs: Sign[] = []
  if (filled < rows * 0.98) signs.push(sign(-0.2, `有 ${rows - filled} 行是空的`, `${rows - filled} rows have none`))
  if (each >= 1.2 && each <= 200 && distinct > 1) {
    const mean = each.toFixed(1)
    signs.push(sign(0.35, `同一个值平均出现 ${mean} 次`, `a value comes ${mean} times on average`))
  } else if (each < 1.05 && rows > 5) {
    signs.push(sign(-0.1, '每行一个值，从不重复', 'a value never comes twice'))
  }
  if (distinct <= 1 || (distinct <= 20 && rows >= 200))
    signs.push(sign(-0.4, `只有 ${distinct} 种值`, `only ${distinct} values`))
  if (time !== null && time.format !== 'excel' && !time.format.startsWith('epoch'))
    signs.push(sign(-0.5, '是时间', 'it holds times'))
  if (meanLength > 60) signs.push(sign(-0.4, '是长文字', 'it holds long texts'))
  if (personal !== null) signs.push(sign(-0.4, '像个人信息', 'it looks like personal data'))
  return signs
}

function activitySigns(column: ColumnProfile, head: HeadRows, caseAt: number): Sign[] {
  const { filled, distinct, numbers, time, meanLength, personal } = column
  const signs: Sign[] = []
  if (distinct >= 2 && distinct <= 300 && distinct <= Math.max(10, filled * 0.2)) {
    signs.push(sign(0.3, `只有 ${distinct} 种值`, `only ${distinct} different values`))
  }
  const varies = caseAt < 0 ? 0 : variesWithin(head, caseAt, column.at)
  if (varies >= 0.5)
    signs.push(sign(0.2, `${percent(varies)} 的办件里有变化`, `it changes within ${percent(varies)} of the cases`))
  if (caseAt >= 0 && varies === 0) signs.push(sign(-0.3, '同一办件里从不变化', 'it never changes within a case'))
  if (distinct < 2) signs.push(sign(-0.4, '只有一种值', 'it has one value'))
  if (numbers > 0.9) signs.push(sign(-0.3, '是数字', 'it holds numbers'))
  if (time !== null) signs.push(sign(-0.6, '是时间', 'it holds times'))
  if (meanLength > 60) signs.push(sign(-0.3, '是长文字', 'it holds long texts'))
  if (personal !== null) signs.push(sign(-0.5, '像个人信息', 'it looks like personal data'))
  return signs
}

function timeSigns(column: ColumnProfile, head: HeadRows, caseAt: number): Sign[] {
  const { time, name, filled, rows } = column
  if (time === null) return [sign(-1, '读不出时间', 'its values are no times')]
  const signs = [
    sign(
      0.4 * time.share,
      `${percent(time.share)} 的值读得出时间`,
      `${percent(time.share)} of its values read as times`,
    ),
  ]
  const varies = caseAt < 0 ? 0 : variesWithin(head, caseAt, column.at)
  if (varies >= 0.5) signs.push(sign(0.1, '同一办件里随事件变化', 'it changes from event to event'))
  if (caseAt >= 0 && varies === 0) signs.push(sign(-0.2, '同一办件里从不变化', 'it never changes within a case'))
  if (filled < rows * 0.9) signs.push(sign(-0.1, `有 ${rows - filled} 行是空的`, `${rows - filled} rows have none`))
  if (otherMoment.test(name)) signs.push(sign(-0.5, '列名说的是时限一类', 'its name speaks of a limit or plan'))
  return signs
}

function handSigns(role: 'officer' | 'organ', column: ColumnProfile, head: HeadRows, caseAt: number): Sign[] {
  const { values, distinct, time, personal, numbers } = column
  const share = (is: (text: string) => boolean): number => values.filter(is).length / Math.max(1, values.length)
  const signs: Sign[] = []
  const alike = role === 'officer' ? share(looksLikeName) : share((text) => organEnding.test(text.trim()))
  if (alike >= 0.5) {
    signs.push(
      role === 'officer'
        ? sign(0.25, `${percent(alike)} 的值像人名`, `${percent(alike)} of its values look like names`)
        : sign(0.35, `${percent(alike)} 的值像单位`, `${percent(alike)} of its values look like units`),
    )
  }
  if (distinct < 2) signs.push(sign(-0.1, '只有一种值', 'it has one value'))
  else if (caseAt >= 0 && variesWithin(head, caseAt, column.at) === 0) {
    signs.push(sign(-0.1, '同一办件里从不变化', 'it never changes within a case'))
  }
  if (time !== null) signs.push(sign(-0.6, '是时间', 'it holds times'))
  if (numbers > 0.95 && role === 'organ') signs.push(sign(-0.2, '是数字', 'it holds numbers'))
  if (personal !== null) signs.push(sign(-0.8, '像群众的个人信息', 'it looks like personal data of citizens'))
  return signs
}

/** Every sign for and against a column in a role; `caseAt` is the column of the case, −1 while it is open. */
export function signsOf(role: GuessedRole, column: ColumnProfile, head: HeadRows, caseAt: number): Sign[] {
  const named = nameSign(role, column)
  if (column.filled === 0) return [sign(-1, '全是空的', 'it is empty')]
  if (role === 'case') return [...named, ...caseSigns(column)]
  if (role === 'activity') return [...named, ...activitySigns(column, head, caseAt)]
  if (role === 'time') return [...named, ...timeSigns(column, head, caseAt)]
  return [...named, ...handSigns(role, column, head, caseAt)]
}
