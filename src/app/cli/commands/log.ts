import type { Command } from 'commander'
import { type Bilingual, isRefusal } from '../../../core/refusal/refusal.ts'
import type { FileReport } from '../../../kernel/event-files/event-files.ts'
import { noteText, type RowReason, rowReasons } from '../../../kernel/tables/import-report.ts'
import { isoInstant } from '../../../kernel/tables/time-role.ts'
import { type CountedLog, countLog } from '../count-log.ts'
import { text } from '../language.ts'
import { action, group } from '../output.ts'

/** So many reported rows are shown one by one; `--json` has more, `--reported` all. */
const SHOWN = 20

interface StatsOptions {
  readonly map?: string
  readonly reported?: string
}

/** `daylight log stats LOG`: what a log holds and what became of each of its rows. */
export function register(program: Command): void {
  group(program, 'log', { zh: '其他系统的办件日志', en: 'logs of other systems' })
    .command('stats <log>')
    .description(
      text({
        zh: '读一份日志（CSV 或 XES，可用 gzip 压缩），给出件数、事件数、环节数、变体数和逐行去向',
        en: 'read a log (CSV or XES, gzip or not) and count its cases, events, activities, variants and rows',
      }),
    )
    .option('--map <file>', text({ zh: '列的映射（YAML 或 JSON）', en: 'mapping of the columns (YAML or JSON)' }))
    .option(
      '--reported <file>',
      text({
        zh: '把未采用的每一行连同原因写入这个 CSV',
        en: 'write every row that was not used, with its reason, to this CSV',
      }),
    )
    .action(
      action(async (out, path: string, { map, reported }: StatsOptions) => {
        const counted = await countLog(out, path, map, reported)
        return isRefusal(counted) ? counted : { json: json(counted), lines: lines(counted) }
      }),
    )
}

const instant = (ms: number | null): string | null => (ms === null ? null : isoInstant(ms))

function json({ stats, report, reported }: CountedLog): object {
  const { firstAt, lastAt, ...counts } = stats
  return {
    ...counts,
    firstAt: instant(firstAt),
    lastAt: instant(lastAt),
    rows: report.rows,
    reasons: report.reasons,
    reported,
    source: {
      file: report.file,
      format: report.format,
      gzip: report.gzip,
      encoding: report.encoding,
      delimiter: report.delimiter,
      bytes: report.size,
    },
    mapping: report.mapping,
    guessed: report.guessed,
    time: report.time === null ? null : { ...report.time, zoneFrom: report.zoneFrom },
    notes: report.notes.map((note) => ({ ...note, says: noteText(note) })),
  }
}

function lines(counted: CountedLog): string[] {
  const { stats, report } = counted
  const number = (value: number): string => value.toLocaleString('en')
  const counts: [Bilingual, string][] = [
    [{ zh: '办件', en: 'cases' }, number(stats.cases)],
    [{ zh: '事件', en: 'events' }, number(stats.events)],
    [{ zh: '环节', en: 'activities' }, number(stats.activities)],
    [{ zh: '变体', en: 'variants' }, number(stats.variants)],
    [{ zh: '最早', en: 'first' }, instant(stats.firstAt) ?? '–'],
    [{ zh: '最晚', en: 'last' }, instant(stats.lastAt) ?? '–'],
    [{ zh: '来源行', en: 'rows in' }, number(report.rows.in)],
    [{ zh: '采用', en: 'used' }, number(report.rows.used)],
    [{ zh: '另列', en: 'reported' }, number(report.rows.reported)],
  ]
  return [
    ...counts.map(([label, value]) => `${text(label).padEnd(12)}${value}`),
    ...remarks(report),
    ...reasonLines(counted),
  ]
}

/** How the file was read, and what a reader should know of it. */
function remarks(report: FileReport): string[] {
  const said: string[] = []
  const { mapping, time } = report
  const kind = `${report.format.toUpperCase()}${report.gzip ? ' · gzip' : ''} · ${report.encoding}`
  said.push(text({ zh: `文件：${kind}`, en: `file: ${kind}` }))
  if (report.guessed) {
    const activity = [mapping.activity].flat().join(' + ')
    const roles = `case = ${mapping.case}, activity = ${activity}, time = ${mapping.time}`
    said.push(text({ zh: `未给映射，按常见列名认定：${roles}`, en: `no mapping given; told by known names: ${roles}` }))
  }
  if (time !== null && time.wall + time.dates > 0) {
    const from =
      report.zoneFrom === 'mapping' ? { zh: '映射', en: 'the mapping' } : { zh: '系统设置', en: 'the setting' }
    const count = time.wall + time.dates
    said.push(
      text({
        zh: `${count} 个时间没有时区，按 ${time.zone} 读取（来自${from.zh}）。`,
        en: `${count} times name no zone; read in ${time.zone} (from ${from.en}).`,
      }),
    )
  }
  return [...said, ...report.notes.map((note) => text(noteText(note)))]
}

function reasonLines({ report, reported }: CountedLog): string[] {
  if (report.rows.reported === 0) return []
  const counts = Object.entries(report.reasons) as [RowReason, number][]
  const rows = reported.slice(0, SHOWN).map(({ row, reason, text: cell }) => {
    const why = `${text(rowReasons[reason])}${cell === null ? '' : ` “${cell}”`}`
    return text({ zh: `  第 ${row} 行：${why}`, en: `  row ${row}: ${why}` })
  })
  const rest = report.rows.reported - rows.length
  return [
    ...counts.map(([reason, count]) => `${text(rowReasons[reason])}: ${count}`),
    ...rows,
    ...(rest > 0 ? [text({ zh: `  ……另有 ${rest} 行`, en: `  … and ${rest} more rows` })] : []),
  ]
}
