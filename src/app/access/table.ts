import { type AccessRow, accessTable as buildTable, everyone, officers } from '../../kernel/access/table.ts'

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
]

/** The access table of this deployment. */
export const accessTable = buildTable(rows)
