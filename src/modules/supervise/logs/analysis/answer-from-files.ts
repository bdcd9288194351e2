// Answers from a log's files through the engine, in the shape of `answer`: for logs too large to be held in memory.
import type { DuckDBConnection } from '@duckdb/node-api'
import type { Zone } from '../../../../core/worktime/zone.ts'
import { openEventTable, openVariants } from '../../../../kernel/event-files/event-table.ts'
import { spreads } from '../../../../kernel/event-files/spreads.ts'
import { storedGraph } from '../../../../kernel/event-files/stored-graph.ts'
import { type StoredEnds, storedOpenCases } from '../../../../kernel/event-files/stored-open-cases.ts'
import { variantsPage } from '../../../../kernel/event-files/stored-variants.ts'
import { variantName } from '../variant-name.ts'
import { graphAnswer } from './graph-answer.ts'
import type { PageOf, Question, StatedFilter } from './question.ts'

/** A question that files alone can answer. */
type FilesQuestion = Extract<Question, { readonly kind: 'variants' | 'graph' | 'open' }>

/** Whether the engine can answer from files: about all cases, their ways, their graph, or the open ones over time. */
export function isFilesQuestion(filter: StatedFilter | null, question: Question): question is FilesQuestion {
  return filter === null && (question.kind === 'variants' || question.kind === 'graph' || question.kind === 'open')
}

/** Answers a question about all cases of a log; memory does not grow with the log. */
export async function answerFromFiles(
  engine: DuckDBConnection,
  files: readonly StoredEnds[],
  zone: Zone,
  question: FilesQuestion,
): Promise<object> {
  await openEventTable(engine, files)
  const [row] = (await engine.runAndReadAll('select count(*) from case_row')).getRows()
  const cases = Number(row?.[0])
  const scope = { cases, allCases: cases }
  if (question.kind === 'open') {
    const { step } = question
    return { ...scope, zone: zone.id, step, ...(await storedOpenCases(engine, files, zone, step)) }
  }
  await openVariants(engine)
  if (question.kind === 'graph') return { ...scope, ...graphAnswer(await storedGraph(engine, files)) }
  return { ...scope, ...(await variants(engine, cases, question.page)) }
}

async function variants(engine: DuckDBConnection, all: number, { from, limit }: PageOf): Promise<object> {
  const { total, rows } = await variantsPage(engine, from + limit)
  const shown = rows.slice(from)
  const durations = await spreads(
    engine,
    `select v.variant as key, (k.last_us - k.first_us) / 1e6 as value from case_row k join case_variant v using (log_case)
    where v.variant in (${[-1, ...shown.map(({ variant }) => variant)].join(', ')})`,
  )
  const share = (part: number): number => (all === 0 ? 0 : part / all)
  let covered = rows.slice(0, from).reduce((sum, { cases }) => sum + cases, 0)
  return {
    rows: shown.map(({ variant, cases, activities }, k) => {
      covered += cases
      return {
        variant: variantName(activities),
        rank: from + k + 1,
        activities,
        cases,
        share: share(cases),
        cumulative: share(covered),
        duration: durations.get(variant) ?? null,
      }
    }),
    total,
  }
}
