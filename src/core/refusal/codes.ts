import type { Bilingual } from './refusal.ts'

interface CodeEntry {
  /** The HTTP status that the server answers with. */
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503 | 507
  readonly says: Bilingual
  readonly next: Bilingual
}

const code = (status: CodeEntry['status'], says: Bilingual, next: Bilingual): CodeEntry => ({ status, says, next })

/**
 * Every refusal that Daylight can give. A code is permanent: never renamed, never reused.
 * Sorted by the part of the house that gives it; `{places}` are filled with facts.
 */
export const refusalCodes = {
  // input: what arrives from outside
  'input.unreadable': code(
    422,
    { zh: '读不了 {file}：{why}。', en: 'Cannot read {file}: {why}.' },
    { zh: '检查文件是否完整，然后重新导入。', en: 'Check that the file is whole, then import it again.' },
  ),
} as const satisfies Record<string, CodeEntry>

/** A permanent code of a refusal. */
export type RefusalCode = keyof typeof refusalCodes
