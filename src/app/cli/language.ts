import type { Bilingual } from '../../core/refusal/refusal.ts'

export type Language = keyof Bilingual

/** The language of a command: `--lang`, else the system's, else Chinese. */
export function languageOf(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Language {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  const asked = at < 0 ? undefined : (argv[at]?.split('=')[1] ?? argv[at + 1])
  const named = asked ?? env.LC_ALL ?? env.LC_MESSAGES ?? env.LANG ?? ''
  return /^en/i.test(named) ? 'en' : 'zh'
}

/** The language of this run. */
export const language: Language = languageOf(process.argv, process.env)

/** Chooses the language of this run: for descriptions, headings and sentences. */
export const text = (both: Bilingual): string => both[language]
