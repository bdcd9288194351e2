// How each analysis is shown on the command line: some lines before its table, and the table's columns.
import type { z } from 'zod'
import type { Bilingual } from '../../../core/refusal/refusal.ts'
import type { Question } from '../../../modules/supervise/logs/analysis/question.ts'
import type * as bodies from '../../../modules/supervise/logs/routes/analysis-bodies.ts'
import type { ShownColumn } from './shown-table.ts'

/** How one kind of answer is shown. */
export interface AnalysisView<Found, Row> {
  readonly head: (found: Found) => readonly Bilingual[]
  readonly rows: (found: Found) => readonly Row[]
  readonly columns: readonly ShownColumn<Row>[]
}

type Of<Name extends keyof typeof bodies> = (typeof bodies)[Name] extends z.ZodType
  ? z.output<(typeof bodies)[Name]>
  : never
type Spread = Of<'overviewBody'>['duration']

const view = <Found, Row>(shown: AnalysisView<Found, Row>): AnalysisView<object, object> =>
  shown as unknown as AnalysisView<object, object>

const column = <Row>(
  key: string,
  zh: string,
  en: string,
  kind: ShownColumn<Row>['kind'],
  of: (row: Row) => string | number | null,
): ShownColumn<Row> => ({ key, name: { zh, en }, kind, of })

type Difference = Of<'compareBody'>['differences'][number]

/** A measured value in its own unit. */
const inUnit = ({ unit }: Difference) => unit

/** Mean, median and 90th percentile of a duration. */
function spreadColumns<Row>(key: string, zh: string, en: string, of: (row: Row) => Spread): ShownColumn<Row>[] {
  return [
    column(`${key}_n`, `${zh}次数`, `${en} n`, 'count', (row) => of(row)?.n ?? null),
    column(`${key}_median_s`, `${zh}中位`, `${en} median`, 'seconds', (row) => of(row)?.median ?? null),
    column(`${key}_p90_s`, `${zh}九成内`, `${en} p90`, 'seconds', (row) => of(row)?.p90 ?? null),
    column(`${key}_mean_s`, `${zh}平均`, `${en} mean`, 'seconds', (row) => of(row)?.mean ?? null),
    column(`${key}_sd_s`, `${zh}标准差`, `${en} sd`, 'seconds', (row) => of(row)?.sd ?? null),
  ]
}

const scope = ({ cases, allCases }: { readonly cases: number; readonly allCases: number }): Bilingual => ({
  zh: cases === allCases ? `办件 ${cases}` : `办件 ${cases}（全部 ${allCases}）`,
  en: cases === allCases ? `cases ${cases}` : `cases ${cases} (of ${allCases})`,
})

const unknown = (known: boolean): readonly Bilingual[] =>
  known ? [] : [{ zh: '日志没有这一栏。', en: 'The log does not state it.' }]

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`

/** One weekday of a rhythm, of all or of one party. */
interface WeekDay {
  readonly party: string | null
  readonly day: number
  readonly counts: readonly number[]
}

const endWords = {
  column: { zh: '按日志的办结列', en: 'by the log’s column of ends' },
  activity: { zh: '按指定的环节', en: 'by the activities named' },
  'last-event': { zh: '日志没有办结列，以最后一个事件为准', en: 'the log has no column of ends; by the last event' },
} as const

/** What the command line asks: deviations are told by `daylight conformance`. */
export type CommandQuestion = Exclude<Question, { readonly kind: 'deviations' }>

/** The view of each analysis. */
export const analysisViews: Readonly<Record<CommandQuestion['kind'], AnalysisView<object, object>>> = {
  overview: view<Of<'overviewBody'>, Of<'overviewBody'>['months'][number]>({
    head: (found) => [
      scope(found),
      {
        zh: `事件 ${found.events}，环节 ${found.activities}，路径 ${found.variants}；${found.firstAt ?? '–'} 至 ${found.lastAt ?? '–'}`,
        en: `events ${found.events}, activities ${found.activities}, variants ${found.variants}; ${found.firstAt ?? '–'} to ${found.lastAt ?? '–'}`,
      },
      {
        zh: `已办结 ${found.ended}，在办 ${found.open}；每周开始 ${found.perWeek.toFixed(1)} 件；有重复的 ${found.rework.cases} 件（${percent(found.rework.share)}）`,
        en: `ended ${found.ended}, open ${found.open}; ${found.perWeek.toFixed(1)} begun a week; with rework ${found.rework.cases} (${percent(found.rework.share)})`,
      },
      ...(found.workingDays?.spread == null
        ? []
        : [
            {
              zh: `工作日：中位 ${found.workingDays.spread.median}，九成内 ${found.workingDays.spread.p90}；无法计算 ${found.workingDays.unjudged} 件`,
              en: `working days: median ${found.workingDays.spread.median}, p90 ${found.workingDays.spread.p90}; ${found.workingDays.unjudged} cases cannot be counted`,
            },
          ]),
      ...found.attention.map(({ says }) => says),
    ],
    rows: ({ months }) => months,
    columns: [
      column('month', '月份', 'month', 'text', (row) => row.month),
      column('started', '开始', 'started', 'count', (row) => row.started),
      column('ended', '办结', 'ended', 'count', (row) => row.ended),
      ...spreadColumns<Of<'overviewBody'>['months'][number]>('duration', '用时', 'duration', (row) => row.duration),
    ],
  }),
  variants: view<Of<'variantsBody'>, Of<'variantsBody'>['rows'][number]>({
    head: (found) => [scope(found), { zh: `路径 ${found.total}`, en: `variants ${found.total}` }],
    rows: ({ rows }) => rows,
    columns: [
      column('rank', '名次', 'rank', 'count', (row) => row.rank),
      column('cases', '办件', 'cases', 'count', (row) => row.cases),
      column('share', '占比', 'share', 'share', (row) => row.share),
      column('cumulative', '累计', 'cumulative', 'share', (row) => row.cumulative),
      ...spreadColumns<Of<'variantsBody'>['rows'][number]>('duration', '用时', 'duration', (row) => row.duration).slice(
        1,
        3,
      ),
      column('variant', '代号', 'variant', 'text', (row) => row.variant),
      column('activities', '环节', 'activities', 'text', (row) => row.activities.join(' → ')),
    ],
  }),
  graph: view<Of<'graphBody'>, Of<'graphBody'>['edges'][number]>({
    head: (found) => [
      scope(found),
      {
        zh: `环节 ${found.nodes.length}，连线 ${found.edges.length}`,
        en: `activities ${found.nodes.length}, edges ${found.edges.length}`,
      },
    ],
    rows: ({ edges }) => edges,
    columns: [
      column('from', '从', 'from', 'text', (row) => row.from),
      column('to', '到', 'to', 'text', (row) => row.to),
      column('count', '次数', 'count', 'count', (row) => row.count),
      column('cases', '办件', 'cases', 'count', (row) => row.cases),
      ...spreadColumns<Of<'graphBody'>['edges'][number]>('duration', '间隔', 'duration', (row) => row.duration).slice(
        1,
      ),
    ],
  }),
  throughput: view<Of<'throughputBody'>, Of<'throughputBody'>['rows'][number]>({
    head: (found) => [scope(found), ...unknown(found.known)],
    rows: ({ rows }) => rows,
    columns: [
      column('key', '名称', 'name', 'text', (row) => row.key),
      column('events', '事件', 'events', 'count', (row) => row.events),
      column('cases', '办件', 'cases', 'count', (row) => row.cases),
      column('cases_per_week', '每周办件', 'cases a week', 'number', (row) => row.perWeek),
      ...spreadColumns<Of<'throughputBody'>['rows'][number]>('waiting', '等待', 'waiting', (row) => row.waiting).slice(
        1,
        4,
      ),
      ...spreadColumns<Of<'throughputBody'>['rows'][number]>(
        'handling',
        '办理',
        'handling',
        (row) => row.handling,
      ).slice(1, 4),
    ],
  }),
  temporal: view<Of<'temporalBody'>, Of<'temporalBody'>['rows'][number]>({
    head: (found) => [
      scope(found),
      {
        zh: `环节对 ${found.pairs.length}；ζ = ${found.zeta}：偏离 ${found.total} 处，涉及 ${found.deviatingCases} 件${found.leftOut > 0 ? `；${found.leftOut} 件太长，没有比较` : ''}`,
        en: `pairs ${found.pairs.length}; ζ = ${found.zeta}: ${found.total} deviations in ${found.deviatingCases} cases${found.leftOut > 0 ? `; ${found.leftOut} cases are too long and were left out` : ''}`,
      },
    ],
    rows: ({ rows }) => rows,
    columns: [
      column('case', '办件', 'case', 'text', (row) => row.case),
      column('from', '从', 'from', 'text', (row) => row.from),
      column('to', '到', 'to', 'text', (row) => row.to),
      column('seconds', '用时', 'took', 'seconds', (row) => row.seconds),
      column('mean_s', '平均', 'mean', 'seconds', (row) => row.mean),
      column('sd_s', '标准差', 'sd', 'seconds', (row) => row.sd),
      column('deviates', '几个标准差', 'sds away', 'number', (row) => row.deviates),
    ],
  }),
  rework: view<Of<'reworkBody'>, Of<'reworkBody'>['rows'][number]>({
    head: (found) => [
      scope(found),
      {
        zh: `有重复的 ${found.reworked} 件（${percent(found.share)}）`,
        en: `with rework ${found.reworked} (${percent(found.share)})`,
      },
    ],
    rows: ({ rows }) => rows,
    columns: [
      column('activity', '环节', 'activity', 'text', (row) => row.activity),
      column('cases', '办件', 'cases', 'count', (row) => row.cases),
      column('extra', '多出', 'extra', 'count', (row) => row.extra),
      column('direct', '接连', 'direct', 'count', (row) => row.direct),
      column('back', '返回', 'back', 'count', (row) => row.back),
      column('most', '最多', 'most', 'count', (row) => row.most),
      ...spreadColumns<Of<'reworkBody'>['rows'][number]>('loop', '再次间隔', 'loop', (row) => row.loop).slice(1, 3),
    ],
  }),
  handovers: view<Of<'handoverBody'>, Of<'handoverBody'>['rows'][number]>({
    head: (found) => [
      scope(found),
      ...unknown(found.known),
      {
        zh: `同一方接连 ${found.same} 次；没有写明的 ${found.unstated} 次`,
        en: `${found.same} in one hand; ${found.unstated} unstated`,
      },
    ],
    rows: ({ rows }) => rows,
    columns: [
      column('from', '交', 'from', 'text', (row) => row.from),
      column('to', '接', 'to', 'text', (row) => row.to),
      column('count', '次数', 'count', 'count', (row) => row.count),
      column('cases', '办件', 'cases', 'count', (row) => row.cases),
      ...spreadColumns<Of<'handoverBody'>['rows'][number]>('duration', '间隔', 'duration', (row) => row.duration).slice(
        1,
        3,
      ),
    ],
  }),
  rhythm: view<Of<'rhythmBody'>, WeekDay>({
    head: (found) => [
      scope(found),
      ...unknown(found.known),
      {
        zh: `按 ${found.zone}；没有时间的 ${found.withoutTime}，零点整的 ${found.atMidnight}`,
        en: `in ${found.zone}; without a time ${found.withoutTime}, at midnight sharp ${found.atMidnight}`,
      },
    ],
    rows: ({ hours, groups }) => [
      ...hours.map((counts, day) => ({ party: null, day, counts })),
      ...groups.flatMap(({ key, hours: own }) => own.map((counts, day) => ({ party: key, day, counts }))),
    ],
    columns: [
      column('party', '谁', 'who', 'text', (row: WeekDay) => row.party ?? '*'),
      column('weekday', '星期', 'weekday', 'count', (row: WeekDay) => row.day + 1),
      ...Array.from({ length: 24 }, (_, hour) =>
        column(
          `h${String(hour).padStart(2, '0')}`,
          String(hour),
          String(hour),
          'count',
          (row: WeekDay) => row.counts[hour] ?? 0,
        ),
      ),
    ],
  }),
  open: view<Of<'openBody'>, Of<'openBody'>['rows'][number]>({
    head: (found) => [
      scope(found),
      {
        zh: `没有办结的 ${found.withoutEnd}，没有时间的 ${found.withoutTime}（${endWords[found.endBy].zh}）`,
        en: `not ended ${found.withoutEnd}, without a time ${found.withoutTime} (${endWords[found.endBy].en})`,
      },
    ],
    rows: ({ rows }) => rows,
    columns: [
      column('date', '日期', 'date', 'text', (row) => row.date),
      column('opened', '开始', 'opened', 'count', (row) => row.opened),
      column('closed', '办结', 'closed', 'count', (row) => row.closed),
      column('open', '在办', 'open', 'count', (row) => row.open),
    ],
  }),
  cases: view<Of<'casesBody'>, Of<'casesBody'>['rows'][number]>({
    head: (found) => [scope(found)],
    rows: ({ rows }) => rows,
    columns: [
      column('case', '办件', 'case', 'text', (row) => row.id),
      column('started_at', '开始', 'started', 'text', (row) => row.startedAt),
      column('ended_at', '最后', 'last', 'text', (row) => row.endedAt),
      column('duration_s', '用时', 'duration', 'seconds', (row) => row.seconds),
      column('events', '事件', 'events', 'count', (row) => row.events),
      column('open', '在办', 'open', 'count', (row) => Number(row.open)),
      column('variant', '路径代号', 'variant', 'text', (row) => row.variant),
    ],
  }),
  compare: view<Of<'compareBody'>, Difference>({
    head: ({ a, b, inBoth, compared, differences }) => [
      {
        zh: `甲 ${a.cases} 件，乙 ${b.cases} 件${inBoth > 0 ? `，${inBoth} 件在两边` : ''}；比较了 ${compared} 项`,
        en: `A ${a.cases} cases, B ${b.cases}${inBoth > 0 ? `, ${inBoth} on both sides` : ''}; ${compared} comparisons`,
      },
      ...differences
        .filter(({ weight }) => weight > 0)
        .slice(0, 5)
        .map(({ says }) => says),
    ],
    rows: ({ differences }) => differences,
    columns: [
      column('kind', '比什么', 'kind', 'text', (row) => row.kind),
      column('what', '环节', 'what', 'text', (row) =>
        [row.activity ?? row.deviation, row.to].filter((part) => part !== null).join(' → '),
      ),
      column('a', '甲', 'A', inUnit, (row) => row.a.value),
      column('b', '乙', 'B', inUnit, (row) => row.b.value),
      column('unit', '单位', 'unit', 'text', (row) => row.unit),
      column('effect', '效应', 'effect', 'number', (row) => row.effect),
      column('at_least', '至少', 'at least', 'number', (row) => row.atLeast),
      column('q', 'q', 'q', 'number', (row) => row.q),
      column('sure', '可靠', 'sure', 'text', (row) => row.sure),
      column('weight', '分量', 'weight', 'number', (row) => row.weight),
    ],
  }),
  facets: view<Of<'facetsBody'>, Of<'facetsBody'>['activities'][number]>({
    head: (found) => [scope(found)],
    rows: ({ activities }) => activities,
    columns: [
      column('value', '环节', 'activity', 'text', (row) => row.value),
      column('cases', '办件', 'cases', 'count', (row) => row.cases),
    ],
  }),
}
