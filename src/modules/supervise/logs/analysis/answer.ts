// Answers questions about a log in the shape that the API and the command line give: names and ISO instants, no codes.

import { caseEnds } from '../../../../core/eventlog/case-end.ts'
import { caseMonths, durationBins } from '../../../../core/eventlog/case-periods.ts'
import { caseDurations, caseTimes } from '../../../../core/eventlog/case-times.ts'
import { followsGraph } from '../../../../core/eventlog/graph.ts'
import { handovers } from '../../../../core/eventlog/handovers.ts'
import { eventsIn, type LogView } from '../../../../core/eventlog/log-view.ts'
import { openCases } from '../../../../core/eventlog/open-cases.ts'
import { rework } from '../../../../core/eventlog/rework.ts'
import { rhythm } from '../../../../core/eventlog/rhythm.ts'
import { spreadOf } from '../../../../core/eventlog/spread.ts'
import {
  type TemporalPair,
  type TemporalProfile,
  temporalDeviations,
  temporalProfile,
} from '../../../../core/eventlog/temporal-profile.ts'
import { throughput } from '../../../../core/eventlog/throughput.ts'
import { variantsIn } from '../../../../core/eventlog/variants.ts'
import { workingDays } from '../../../../core/eventlog/working-days.ts'
import { isRefusal, type Refusal } from '../../../../core/refusal/refusal.ts'
import { type Calendar, compileCalendar } from '../../../../core/worktime/calendar.ts'
import { attention } from './attention.ts'
import { compare } from './compare.ts'
import { facets } from './facets.ts'
import { graphAnswer } from './graph-answer.ts'
import { instantText } from './instant-text.ts'
import { judgedIn, keptIn } from './judged.ts'
import type { CaseOrder, PageOf, Question, StatedFilter } from './question.ts'
import type { AnalysedLog } from './subject.ts'

const WEEK_DAYS = 7
const PARTIES_SHOWN = 100

/** Answers one question about the cases that a filter leaves; null is the whole log. Refuses `analysis.not-a-category`. */
export function answer(subject: AnalysedLog, stated: StatedFilter | null, question: Question): object | Refusal {
  const view = subject.view(stated)
  if (isRefusal(view)) return view
  if (question.kind === 'compare') {
    const other = subject.view(question.b)
    if (isRefusal(other)) return other
    const sides = compare(subject, { filter: stated, view }, { filter: question.b, view: other }, question)
    return { allCases: subject.log.caseIds.length, ...sides }
  }
  const scope = { cases: view.cases.length, allCases: subject.log.caseIds.length }
  return { ...scope, ...answerOf(subject, view, stated, question) }
}

function answerOf(
  subject: AnalysedLog,
  view: LogView,
  stated: StatedFilter | null,
  question: Exclude<Question, { kind: 'compare' }>,
): object {
  const { zone } = subject
  switch (question.kind) {
    case 'facets':
      return facets(subject, view, stated?.endBy)
    case 'overview':
      return overview(subject, view, stated, question.calendar)
    case 'variants':
      return variants(subject, view, question.page)
    case 'graph':
      return graphAnswer(followsGraph(view))
    case 'throughput':
      return { by: question.by, ...totalled(throughput(view, question.by, zone)) }
    case 'temporal':
      return temporal(subject, view, question.zeta, question.page)
    case 'rework': {
      const { reworked, rows } = rework(view)
      return { reworked, share: shareOf(reworked, view), ...totalled({ rows }) }
    }
    case 'handovers': {
      const found = handovers(view, question.by)
      return { by: question.by, allParties: found.parties.length, ...totalled(found) }
    }
    case 'rhythm': {
      const { by } = question
      const found = rhythm(view, by === 'none' ? null : by, zone)
      return { zone: zone.id, by, ...found, groups: found.groups.slice(0, PARTIES_SHOWN) }
    }
    case 'open':
      return { zone: zone.id, step: question.step, ...openCases(view, zone, question.step, stated?.endBy) }
    case 'cases': {
      const { kept, order, page } = question
      const meant = kept === undefined ? view : keptIn(subject, view, kept.verdicts, kept)
      return cases(subject, meant, order, page, stated?.endBy)
    }
    case 'deviations':
      return judgedIn(subject, view, question.verdicts)
  }
}

/** Rows with how many there are, before an answer is shortened. */
const totalled = <Rows extends { readonly rows: readonly unknown[] }>(found: Rows) => ({
  ...found,
  total: found.rows.length,
})

const shareOf = (part: number, { cases: all }: LogView): number => (all.length === 0 ? 0 : part / all.length)

function overview(
  { log, zone }: AnalysedLog,
  view: LogView,
  stated: StatedFilter | null,
  calendar: Calendar | null,
): object {
  const graph = followsGraph(view)
  const { rows, reworked } = rework(view)
  const { first } = caseTimes(log)
  const ends = caseEnds(log, zone, stated?.endBy)
  let [withoutTime, backwards, open] = [0, 0, 0]
  let [firstAt, lastAt, lastBegun] = [Infinity, -Infinity, -Infinity]
  for (const c of view.cases) {
    if (ends.isOpen(c)) open++
    if ((first[c] as number) > lastBegun) lastBegun = first[c] as number
    for (let i = log.caseStart[c] as number; i < (log.caseStart[c + 1] as number); i++) {
      const at = log.time[i] as number
      if (Number.isNaN(at)) withoutTime++
      if (at < firstAt) firstAt = at
      if (at > lastAt) lastAt = at
      if (i > (log.caseStart[c] as number) && (log.row[i] as number) < (log.row[i - 1] as number)) backwards++
    }
  }
  const days = lastBegun < firstAt ? null : zone.dayAt(lastBegun) - zone.dayAt(firstAt) + 1
  const work = calendar === null ? null : workingDays(view, compileCalendar(calendar), zone)
  const duration = caseDurations(view)
  return {
    events: eventsIn(view),
    activities: graph.nodes.length,
    variants: variantsIn(view).variants.length,
    withoutTime,
    backwards,
    firstAt: instantText(firstAt),
    lastAt: instantText(lastAt),
    duration,
    workingDays: work === null || calendar === null ? null : { calendar: calendar.id, ...work },
    histogram: durationBins(view),
    endBy: ends.by,
    ended: view.cases.length - open,
    open,
    perWeek: days === null ? 0 : (view.cases.length * WEEK_DAYS) / Math.max(WEEK_DAYS, days),
    months: caseMonths(view, zone, stated?.endBy),
    rework: { cases: reworked, share: shareOf(reworked, view) },
    attention: attention(view, stated ?? {}, zone, rows),
  }
}

function variants(subject: AnalysedLog, view: LogView, { from, limit }: PageOf): object {
  const { log } = subject
  const { variants: all, ofCase } = variantsIn(view)
  const shown = all.slice(from, from + limit)
  const { first, last } = caseTimes(log)
  const seconds: number[][] = shown.map(() => [])
  view.cases.forEach((c, k) => {
    const value = ((last[c] as number) - (first[c] as number)) / 1000
    if (!Number.isNaN(value)) seconds[(ofCase[k] as number) - from]?.push(value)
  })
  let covered = 0
  for (let place = 0; place < from; place++) covered += all[place]?.cases ?? 0
  const rows = shown.map(({ activities, cases: count, firstCase }, k) => {
    covered += count
    return {
      variant: subject.variantOf(firstCase),
      rank: from + k + 1,
      activities: Array.from(activities, (code) => log.activity.dictionary[code] ?? ''),
      cases: count,
      share: shareOf(count, view),
      cumulative: shareOf(covered, view),
      duration: spreadOf(Float64Array.from(seconds[k] ?? [])),
    }
  })
  return { rows, total: all.length }
}

function temporal({ log }: AnalysedLog, view: LogView, zeta: number, { from, limit }: PageOf): object {
  const profile: TemporalProfile = temporalProfile(view)
  const found = temporalDeviations(view, profile, zeta)
  const counts = new Int32Array(profile.pairs.length)
  const inCases = new Map<number, Set<number>>()
  const deviating = new Set<number>()
  for (const { pair, caseIndex } of found) {
    counts[pair] = (counts[pair] as number) + 1
    deviating.add(caseIndex)
    const own = inCases.get(pair)
    if (own === undefined) inCases.set(pair, new Set([caseIndex]))
    else own.add(caseIndex)
  }
  const farthest = [...found].sort(
    (a, b) => (b.deviates ?? Infinity) - (a.deviates ?? Infinity) || a.caseIndex - b.caseIndex,
  )
  return {
    zeta,
    leftOut: profile.leftOut,
    deviatingCases: deviating.size,
    total: found.length,
    allPairs: profile.pairs.length,
    pairs: profile.pairs
      .map((pair, place) => ({
        ...pair,
        deviations: counts[place] as number,
        cases: inCases.get(place)?.size ?? 0,
      }))
      .sort((a, b) => b.n - a.n),
    rows: farthest.slice(from, from + limit).map(({ caseIndex, pair, seconds, deviates }) => {
      const { from: first, to, mean, sd } = profile.pairs[pair] as TemporalPair
      return { case: log.caseIds[caseIndex] as string, from: first, to, seconds, mean, sd, deviates }
    }),
  }
}

function cases(
  subject: AnalysedLog,
  view: LogView,
  order: CaseOrder,
  { from, limit }: PageOf,
  endBy: readonly string[] | undefined,
): object {
  const { log, zone } = subject
  const { first, last } = caseTimes(log)
  const { isOpen } = caseEnds(log, zone, endBy)
  const seconds = (c: number): number => ((last[c] as number) - (first[c] as number)) / 1000
  const events = (c: number): number => (log.caseStart[c + 1] as number) - (log.caseStart[c] as number)
  const rank = {
    started: (c: number) => first[c] as number,
    longest: (c: number) => -seconds(c),
    shortest: seconds,
    events: (c: number) => -events(c),
  }[order]
  const key = Float64Array.from(view.cases, rank)
  // cases without an instant stand last
  const place = (k: number): number => (Number.isNaN(key[k]) ? Infinity : (key[k] as number))
  const sorted = Array.from(key, (_, k) => k).sort((a, b) =>
    place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : a - b,
  )
  const rows = sorted.slice(from, from + limit).map((k) => {
    const c = view.cases[k] as number
    return {
      id: log.caseIds[c] as string,
      startedAt: instantText(first[c] as number),
      endedAt: instantText(last[c] as number),
      seconds: Number.isNaN(seconds(c)) ? null : seconds(c),
      events: events(c),
      variant: subject.variantOf(c),
      open: isOpen(c),
    }
  })
  return { rows, total: view.cases.length }
}
