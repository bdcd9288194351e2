import type { JobKind } from '../../../kernel/jobs/job-kind.ts'
import type { DaylightModule, Services } from '../../../kernel/module.ts'
import {
  type ComparisonQuestion,
  compareWithLaw,
  type DiscoveredProposal,
  type DiscoveryQuestion,
  type DiscoveryRun,
  discoverFromLog,
  type ToldComparison,
} from './discover-log.ts'
import { proposalRoutes } from './routes/proposal-routes.ts'

/** The long work on proposals. */
export interface ProposalJobs {
  readonly discovery: JobKind<DiscoveryQuestion, DiscoveredProposal>
  readonly comparison: JobKind<ComparisonQuestion, ToldComparison>
}

/** Most seconds of judging the cases by a proposal: what is not judged by then is counted as such. */
const judgingSeconds = 60

/** Procedures proposed from logs as a part of `supervise`: never published by any route, only saved, compared, taken along. */
export function createProposals(services: Services): Required<Pick<DaylightModule, 'routes' | 'jobs'>> {
  const { db, olap, config, packs } = services
  const store = { db, olap, home: config.home, packs }
  const jobs: ProposalJobs = {
    discovery: {
      name: 'procedure-discovery',
      run: (question, { progress, signal }) => discoverFromLog(store, question, runOf(progress, signal)),
    },
    comparison: {
      name: 'procedure-comparison',
      run: (question, { progress, signal }) => compareWithLaw(store, question, runOf(progress, signal)),
    },
  }
  const runOf = (
    progress: (now: { done: number; total: number; stage: string }) => void,
    signal: AbortSignal,
  ): DiscoveryRun => ({
    zone: config.zone,
    seconds: judgingSeconds,
    progress: (done, total) => progress({ done, total, stage: 'log-conformance.judging' }),
    signal,
  })
  return {
    routes: (app) => proposalRoutes(app, services, jobs),
    jobs: [jobs.discovery as unknown as JobKind, jobs.comparison as unknown as JobKind],
  }
}
