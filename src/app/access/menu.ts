import type { OfficerRole } from '../../kernel/access/principal.ts'
import type { MenuWord } from '../../modules/trust/trust.ts'

/** Which parts of the console each role's menu shows; a test holds that the role may read something in each of them. */
export const menu: Readonly<Record<OfficerRole, readonly MenuWord[]>> = {
  supervisor: ['list', 'supervise', 'remedy'],
  'list-officer': ['list'],
  'unit-head': ['list', 'supervise', 'remedy'],
  handler: ['list'],
  inspector: ['list', 'supervise', 'remedy'],
  auditor: ['list', 'supervise', 'remedy'],
  'system-admin': ['list', 'trust'],
  'security-admin': ['list', 'trust'],
  'audit-admin': ['list', 'trust'],
}
