import { basename } from 'node:path'
import { caseView } from '../../../core/eventlog/case-view.ts'
import { type Bilingual, isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import { noteText, type RowReason, reasonCounts, rowReasons } from '../import-report.ts'
import type { LogMapping } from '../log-mapping.ts'
import { readLog } from '../read-log.ts'
import { isoInstant } from '../time-role.ts'
import { shownMasked } from './personal.ts'
import { named, SURVEYED } from './survey-file.ts'

const CASES = 5
const EVENTS = 12

/** The first cases of a file as a mapping reads them, and what is wrong with the rows so far. */
export interface CasePreview {
  readonly cases: readonly {
    readonly id: string
    readonly events: readonly {
      readonly row: number
      readonly activity: string
      readonly happenedAt: string | null
      /** Masked: a page of a mapping needs no names. */
      readonly officer: string | null
      readonly organ: string | null
    }[]
    /** Events beyond those shown. */
    readonly more: number
  }[]
  readonly counts: { readonly cases: number; readonly events: number; readonly activities: number }
  readonly rows: { readonly in: number; readonly used: number; readonly reported: number }
  /** What a person should settle or know before importing, the gravest first. */
  readonly problems: readonly { readonly grave: boolean; readonly says: Bilingual }[]
  /** True where the file has no more rows than were looked at. */
  readonly whole: boolean
}

const percent = (part: number, all: number): string => {
  const share = (part / Math.max(1, all)) * 100
  return share > 0 && share < 1 ? '< 1 %' : `${Math.round(share)} %`
}

/** Reads the start of a file by a mapping exactly as an import would. Refuses what readLog refuses. */
export async function previewCases(
  path: string,
  mapping: LogMapping,
  zone: string,
  name = basename(path),
): Promise<CasePreview | Refusal> {
  const read = await readLog(path, { mapping, zone, head: SURVEYED })
  if (isRefusal(read)) return named(read, path, name)
  const { log, report } = read
  const whole = !report.notes.some(({ code }) => code === 'head-only')
  const problems: { grave: boolean; says: Bilingual }[] = []
  for (const [reason, count] of Object.entries(reasonCounts(report)) as [RowReason, number][]) {
    const { zh, en } = rowReasons[reason]
    const share = percent(count, report.rows.in)
    const says = {
      zh: `${share} 的行（${count} 行）用不上：${zh}。`,
      en: `${share} of the rows (${count}) cannot be used: ${en}.`,
    }
    problems.push({ grave: reason !== 'not-counted' && reason !== 'no-object', says })
  }
  const missing = log.time.filter((time) => Number.isNaN(time)).length
  if (mapping.time !== null && missing > 0) {
    const share = percent(missing, log.time.length)
    problems.push({
      grave: false,
      says: {
        zh: `${share} 的行没有时间（${missing} 行），按原有次序排列。`,
        en: `${share} of the rows (${missing}) have no time and keep their order.`,
      },
    })
  }
  if (log.caseIds.length > 0 && log.caseIds.length === log.time.length && log.time.length > 5) {
    problems.push({
      grave: true,
      says: {
        zh: '每件只有一个事件：办件编号多半选错了列。',
        en: 'Every case has one event: the column of the case is likely wrong.',
      },
    })
  }
  const activities = log.activity.dictionary.length
  if (activities > 300 && activities > log.time.length / 4) {
    problems.push({
      grave: true,
      says: {
        zh: `有 ${activities} 种环节：环节多半选错了列。`,
        en: `There are ${activities} activities: the column of the activity is likely wrong.`,
      },
    })
  }
  for (const note of report.notes) {
    if (note.code !== 'event-without-time' && note.code !== 'head-only')
      problems.push({ grave: false, says: noteText(note) })
  }
  return {
    cases: Array.from({ length: Math.min(CASES, log.caseIds.length) }, (_, c) => {
      const { id, events } = caseView(log, c)
      return {
        id,
        events: events.slice(0, EVENTS).map((event) => ({
          row: event.row,
          activity: event.activity,
          happenedAt: event.time === null ? null : isoInstant(event.time),
          officer: event.attributes.officer === undefined ? null : shownMasked(event.attributes.officer),
          organ: event.attributes.organ ?? null,
        })),
        more: Math.max(0, events.length - EVENTS),
      }
    }),
    counts: { cases: log.caseIds.length, events: log.time.length, activities },
    rows: report.rows,
    problems: problems.sort((a, b) => Number(b.grave) - Number(a.grave)),
    whole,
  }
}
