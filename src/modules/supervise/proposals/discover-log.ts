// Proposing a procedure from a stored log, and comparing a saved proposal with a listed procedure: long work for a job.
import type { ProposalQuality } from '../../../core/discovery/discover.ts'
import { saysDuty, saysOrder } from '../../../core/discovery/says-comparison.ts'
import type { LogView } from '../../../core/eventlog/log-view.ts'
import { unfinishedCases } from '../../../core/procedure/unfinished.ts'
import { type Bilingual, isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { readProcedures } from '../../../kernel/packs/procedures.ts'
import { runInThread } from '../../../kernel/threads/run-in-thread.ts'
import { markOfficers } from '../logs/analysis/mark-officers.ts'
import type { StatedFilter } from '../logs/analysis/question.ts'
import { AnalysedLog } from '../logs/analysis/subject.ts'
import { type LogStore, openStoredLog } from '../logs/stored-log.ts'
import { checkBpmn } from './check-bpmn.ts'
import type { CountedComparison, ProposalTask, ProposalWord } from './proposal-thread.ts'
import { proposalDb } from './tables.ts'

/** What is to be proposed from which cases of which log. */
export interface DiscoveryQuestion {
  readonly log: string
  readonly noise: number
  readonly filter: StatedFilter | null
}

/** A proposal as it comes from a log, not yet seen by a person. */
export interface DiscoveredProposal {
  readonly log: string
  readonly name: string
  /** The last import whose cases it was made from. */
  readonly sequence: number
  readonly noise: number
  readonly filter: StatedFilter | null
  readonly bpmn: string
  /** Element or flow → cases that pass it. */
  readonly cases: Readonly<Record<string, number>>
  readonly quality: ProposalQuality
}

/** A saved proposal and the listed procedure that it is compared with. */
export interface ComparisonQuestion {
  readonly proposal: string
  readonly procedure: string
}

/** What a comparison came to, with its sentences. */
export interface ToldComparison extends CountedComparison {
  readonly procedure: string
  /** Activity of the listed procedure → its name in English. */
  readonly english: Readonly<Record<string, string>>
  readonly says: { readonly orders: readonly Bilingual[]; readonly duties: readonly (Bilingual | null)[] }
}

/** What the work is done with. */
export interface DiscoveryRun {
  readonly zone: string
  /** Most seconds of judging cases by one net. */
  readonly seconds: number
  readonly progress: (judged: number, cases: number) => void
  readonly signal: AbortSignal
}

/** The cases of a stored log that a filter leaves, without names, and which of them are under way. */
async function casesOf(
  store: LogStore,
  id: string,
  filter: StatedFilter | null,
  zone: string,
): Promise<{ name: string; sequence: number; view: LogView; unfinished: Uint8Array } | Refusal> {
  const db = proposalDb(store.db)
  const known = await db.selectFrom('log').select(['name', 'pseudonym_key']).where('id', '=', id).executeTakeFirst()
  if (known === undefined) return refuse('log.unknown')
  const last = await db
    .selectFrom('log_import')
    .select((columns) => columns.fn.max('sequence').as('sequence'))
    .where('log_id', '=', id)
    .executeTakeFirst()
  const read = await openStoredLog(store, id)
  if (isRefusal(read)) return read
  const view = new AnalysedLog(markOfficers(read, known.pseudonym_key), zone).view(filter)
  if (isRefusal(view)) return view
  const log = {
    ...read,
    caseIds: Array.from(read.caseIds, () => ''),
    eventAttributes: new Map(),
    caseAttributes: new Map(),
  }
  const { name } = known
  return { name, sequence: last?.sequence ?? 0, view: { log, cases: view.cases }, unfinished: unfinishedCases(read) }
}

async function inThread(task: ProposalTask, { progress, signal }: DiscoveryRun): Promise<ProposalWord> {
  let last: ProposalWord | null = null
  await runInThread<ProposalWord>({
    script: new URL('./proposal-thread.ts', import.meta.url),
    task,
    heard: (word) => {
      if (word.kind === 'judged') progress(word.judged, word.cases)
      else last = word
    },
    signal,
  })
  if (last === null) throw new Error('the proposal thread ended without an answer')
  return last
}

/** Proposes a procedure from a stored log. Refusals: `log.unknown`, `analysis.*`, `discovery.*`, `procedure.unwritable`. */
export async function discoverFromLog(
  store: LogStore,
  { log: id, noise, filter }: DiscoveryQuestion,
  run: DiscoveryRun,
): Promise<DiscoveredProposal | Refusal> {
  const found = await casesOf(store, id, filter, run.zone)
  if (isRefusal(found)) return found
  run.signal.throwIfAborted()
  const { name, sequence, view, unfinished } = found
  const word = await inThread({ kind: 'discover', name, noise, view, unfinished, seconds: run.seconds }, run)
  if (word.kind !== 'proposed') throw new Error(`the proposal thread answered ${word.kind}`)
  return isRefusal(word.proposal) ? word.proposal : { log: id, name, sequence, noise, filter, ...word.proposal }
}

/**
 * Compares a saved proposal with a listed procedure, over the cases that the proposal was made from, as they are now.
 * Refusals: `proposal.unknown`, `log.procedure-unknown`, `discovery.not-sound`, `procedure.too-wide-to-compare`, `log.unknown`.
 */
export async function compareWithLaw(
  store: LogStore & { readonly packs: string },
  question: ComparisonQuestion,
  run: DiscoveryRun,
): Promise<ToldComparison | Refusal> {
  const saved = await proposalDb(store.db)
    .selectFrom('supervise_proposal')
    .select(['log_id', 'bpmn', 'filter', 'name'])
    .where('id', '=', question.proposal)
    .executeTakeFirst()
  if (saved === undefined) return refuse('proposal.unknown')
  const procedures = await readProcedures(store.packs)
  if (isRefusal(procedures)) return procedures
  const law = procedures.get(question.procedure)
  if (law === undefined) return refuse('log.procedure-unknown', { procedure: question.procedure })
  const practice = checkBpmn(saved.bpmn)
  if (isRefusal(practice)) return practice
  const [why] = practice.says
  if (why !== undefined) {
    const refusal = refuse('discovery.not-sound', { file: saved.name, why: why.zh })
    return {
      ...refusal,
      says: { ...refusal.says, en: refuse('discovery.not-sound', { file: saved.name, why: why.en }).says.en },
    }
  }
  const found = await casesOf(store, saved.log_id, saved.filter, run.zone)
  if (isRefusal(found)) return found
  run.signal.throwIfAborted()
  const { view, unfinished } = found
  const task = { practice: practice.procedure, law: law.procedure, view, unfinished, seconds: run.seconds }
  const word = await inThread({ kind: 'compare', ...task }, run)
  if (word.kind !== 'compared') throw new Error(`the proposal thread answered ${word.kind}`)
  const { comparison } = word
  if (isRefusal(comparison)) return comparison
  const { steps: english } = law.about
  const orders = comparison.orders.map((order) => saysOrder(order, (activity) => english[activity] ?? activity))
  return {
    procedure: question.procedure,
    english,
    ...comparison,
    says: { orders, duties: comparison.duties.map(saysDuty) },
  }
}
