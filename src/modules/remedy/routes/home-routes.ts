// The numbers of a role's home. Each is the total of a list that its role may open.
import type { HttpApp } from '../../../kernel/http/app.ts'
import type { Services } from '../../../kernel/module.ts'
import { type FindingFilters, matching } from '../findings/find.ts'
import { remedyDb } from '../findings/tables.ts'
import { homeBody } from './bodies.ts'

/** What each role that watches counts: the key of the text, and the filter of findings. */
const counted: Readonly<Record<string, readonly (readonly [string, FindingFilters])[]>> = {
  supervisor: [
    ['doubts', { state: 'doubt' }],
    ['red-doubts', { state: 'doubt', severity: 'red' }],
    ['yellow-doubts', { state: 'doubt', severity: 'yellow' }],
    ['prompts', { state: 'doubt', severity: 'prompt' }],
    ['unverifiable', { state: 'unverifiable' }],
    ['issues', { issue: true }],
    ['leads-requested', { lead: 'requested' }],
  ],
  'unit-head': [
    ['red-doubts', { state: 'doubt', severity: 'red' }],
    ['yellow-doubts', { state: 'doubt', severity: 'yellow' }],
    ['issues', { issue: true }],
  ],
  inspector: [
    ['leads-requested', { lead: 'requested' }],
    ['leads-approved', { lead: 'approved' }],
    ['issues', { issue: true }],
  ],
  auditor: [
    ['findings', {}],
    ['doubts', { state: 'doubt' }],
    ['issues', { issue: true }],
    ['not-upheld', { state: 'not-upheld' }],
    ['closed', { state: 'closed' }],
  ],
}

/** The route of the home's numbers. */
export function homeRoutes(app: HttpApp, services: Services): void {
  const db = remedyDb(services.db)

  app.get(
    '/api/home',
    { schema: { summary: 'The numbers of the role’s home', response: { 200: homeBody } } },
    async (request) => {
      const reach = request.access.where('finding.region')
      const roles = request.access.principal?.roles ?? []
      const wanted = new Map(roles.flatMap((role) => counted[role] ?? []))
      const counts = await Promise.all(
        [...wanted].map(async ([key, filters]) => {
          const { n } = await matching(db, filters, reach)
            .select(({ fn }) => fn.countAll<number>().as('n'))
            .executeTakeFirstOrThrow()
          const query = new URLSearchParams(Object.entries(filters).map(([name, value]) => [name, String(value)]))
          return { key, n, opens: `/api/findings${query.size === 0 ? '' : `?${query}`}` }
        }),
      )
      return { counts }
    },
  )
}
