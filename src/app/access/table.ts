import { type AccessRow, accessTable as buildTable, everyone, officers } from '../../kernel/access/table.ts'

/** Those who watch how power is exercised in their region: they see, and only the supervisor acts. */
const watchers: AccessRow['reach'] = { supervisor: 'own', inspector: 'own', auditor: 'own', 'unit-head': 'own' }

/** Those who may take a log away whole. */
const exporters: AccessRow['reach'] = { supervisor: 'own', inspector: 'own', auditor: 'own' }

/** Those who keep the list, and those who watch it. */
const listKeepers: AccessRow['reach'] = { 'list-officer': 'own', ...watchers }

/** Those who correct what is proposed from a log: the keeper of the list and the supervisor. */
const proposers: AccessRow['reach'] = { supervisor: 'own', 'list-officer': 'own' }

/**
 * The one table of role × route × own or other region. A route that is registered without a row here stops the server
 * from being built; a row whose route is gone fails a test. Scope `own` is the region of the officer's active post's
 * organ and all below it; `any` is every region; a role that is not named may not call the route.
 */
const rows: readonly AccessRow[] = [
  // the server itself
  { method: 'GET', url: '/api/health', reach: everyone },
  { method: 'GET', url: '/api/openapi.json', reach: everyone },
  { method: 'GET', url: '/api/docs', reach: everyone },
  { method: 'GET', url: '/api/jobs/:id', reach: officers('own') },
  { method: 'DELETE', url: '/api/jobs/:id', reach: { supervisor: 'own', 'list-officer': 'own' } },

  // trust: sessions, the directory, the audit
  { method: 'GET', url: '/api/session', reach: everyone },
  { method: 'POST', url: '/api/session', reach: everyone },
  { method: 'DELETE', url: '/api/session', reach: everyone },
  { method: 'POST', url: '/api/session/post', reach: officers('any') },
  { method: 'GET', url: '/api/regions', reach: everyone },
  { method: 'GET', url: '/api/organs', reach: everyone },
  {
    method: 'GET',
    url: '/api/officers',
    reach: { ...officers('own'), 'system-admin': 'any', 'security-admin': 'any', 'audit-admin': 'any' },
  },
  { method: 'GET', url: '/api/audit', reach: { 'audit-admin': 'any' } },

  // list: the library of laws, the register of powers
  { method: 'GET', url: '/api/laws', reach: everyone },
  { method: 'GET', url: '/api/laws/:law', reach: everyone },
  { method: 'GET', url: '/api/laws/:law/articles/:article', reach: everyone },
  { method: 'GET', url: '/api/law-search', reach: everyone },
  { method: 'GET', url: '/api/procedures', reach: everyone },
  { method: 'GET', url: '/api/procedures/:procedure', reach: everyone },
  { method: 'GET', url: '/api/procedures/:procedure/net.pnml', reach: everyone },
  { method: 'GET', url: '/api/powers', reach: everyone },
  { method: 'GET', url: '/api/powers/:code', reach: everyone },
  { method: 'GET', url: '/api/power-drafts', reach: listKeepers },
  { method: 'GET', url: '/api/power-drafts/:code', reach: listKeepers },
  { method: 'GET', url: '/api/lapsed-bases', reach: listKeepers },
  { method: 'POST', url: '/api/powers', reach: { 'list-officer': 'own' } },
  { method: 'POST', url: '/api/powers/:code/publish', reach: { 'list-officer': 'own' } },
  { method: 'POST', url: '/api/powers/:code/suspend', reach: { 'list-officer': 'own' } },
  { method: 'POST', url: '/api/powers/:code/repeal', reach: { 'list-officer': 'own' } },

  // supervise: logs of other systems, their cases, what conformance says of them
  { method: 'GET', url: '/api/logs', reach: watchers },
  { method: 'POST', url: '/api/logs', reach: { supervisor: 'own' } },
  { method: 'GET', url: '/api/logs/:id', reach: watchers },
  { method: 'GET', url: '/api/logs/:id/report.csv', reach: watchers },
  { method: 'GET', url: '/api/logs/:id/cases', reach: watchers },
  { method: 'GET', url: '/api/logs/:id/cases/:caseId', reach: watchers },
  { method: 'GET', url: '/api/logs/:id/conformance', reach: watchers },
  { method: 'GET', url: '/api/logs/:id/conformance/variants', reach: watchers },
  { method: 'POST', url: '/api/logs/:id/conformance', reach: { supervisor: 'own' } },
  { method: 'GET', url: '/api/logs/:id/analysis/facets', reach: watchers },
  { method: 'GET', url: '/api/logs/:id/analysis/overview', reach: watchers },
  { method: 'GET', url: '/api/logs/:id/analysis/variants', reach: watchers },
  { method: 'GET', url: '/api/logs/:id/analysis/graph', reach: watchers },
  { method: 'GET', url: '/api/logs/:id/analysis/throughput', reach: watchers },
  { method: 'GET', url: '/api/logs/:id/analysis/temporal', reach: watchers },
  { method: 'GET', url: '/api/logs/:id/analysis/rework', reach: watchers },
  { method: 'GET', url: '/api/logs/:id/analysis/handovers', reach: watchers },
  { method: 'GET', url: '/api/logs/:id/analysis/rhythm', reach: watchers },
  { method: 'GET', url: '/api/logs/:id/analysis/open', reach: watchers },
  { method: 'GET', url: '/api/logs/:id/analysis/cases', reach: watchers },
  { method: 'GET', url: '/api/logs/:id/analysis/deviations', reach: watchers },
  { method: 'GET', url: '/api/logs/:id/analysis/compare', reach: watchers },
  { method: 'POST', url: '/api/log-uploads', reach: { supervisor: 'own' } },
  { method: 'POST', url: '/api/log-uploads/:id/survey', reach: { supervisor: 'own' } },
  { method: 'POST', url: '/api/log-uploads/:id/preview', reach: { supervisor: 'own' } },
  { method: 'POST', url: '/api/log-uploads/:id/import', reach: { supervisor: 'own' } },
  { method: 'GET', url: '/api/logs/:id/export.csv', reach: exporters, records: 'log-exported' },
  { method: 'GET', url: '/api/logs/:id/export.xes', reach: exporters, records: 'log-exported' },
  { method: 'GET', url: '/api/logs/:id/export.map.yml', reach: exporters },
  { method: 'GET', url: '/api/log-mappings', reach: { supervisor: 'own' } },
  { method: 'PUT', url: '/api/log-mappings/:id', reach: { supervisor: 'own' } },
  { method: 'POST', url: '/api/logs/:id/judge', reach: { supervisor: 'own' } },
  { method: 'GET', url: '/api/logs/:id/judgements', reach: watchers },
  { method: 'GET', url: '/api/logs/:id/cases/:caseId/clock', reach: watchers },
  { method: 'GET', url: '/api/discovery/logs', reach: proposers },
  { method: 'POST', url: '/api/logs/:id/discovery', reach: proposers },
  { method: 'POST', url: '/api/logs/:id/proposals', reach: proposers },
  { method: 'POST', url: '/api/proposals/check', reach: { supervisor: 'any', 'list-officer': 'any' } },
  { method: 'GET', url: '/api/proposals', reach: proposers },
  { method: 'GET', url: '/api/proposals/:proposal', reach: proposers },
  { method: 'PUT', url: '/api/proposals/:proposal', reach: proposers },
  { method: 'GET', url: '/api/proposals/:proposal/net.pnml', reach: proposers },
  { method: 'POST', url: '/api/proposals/:proposal/comparison', reach: proposers },
  { method: 'GET', url: '/api/plans', reach: watchers },
  { method: 'GET', url: '/api/plans/:plan', reach: watchers },
  { method: 'PUT', url: '/api/plans/:plan', reach: { supervisor: 'own' } },
  { method: 'GET', url: '/api/checks', reach: watchers },
  { method: 'GET', url: '/api/checks/:check', reach: watchers },

  // remedy: findings, who verifies them, and who approves a lead
  { method: 'GET', url: '/api/home', reach: officers('own') },
  { method: 'GET', url: '/api/findings', reach: watchers },
  { method: 'GET', url: '/api/findings/summary', reach: watchers },
  { method: 'GET', url: '/api/findings/:id', reach: watchers },
  { method: 'POST', url: '/api/findings/:id/verification', reach: { supervisor: 'own' } },
  { method: 'POST', url: '/api/findings/:id/lead', reach: { supervisor: 'own' } },
  { method: 'POST', url: '/api/findings/:id/lead/approval', reach: { supervisor: 'own', inspector: 'own' } },
]

/** The access table of this deployment. */
export const accessTable = buildTable(rows)
