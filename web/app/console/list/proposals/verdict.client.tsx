import { useTranslation } from 'react-i18next'
import { type Bilingual, inLanguage } from '../../../shared/format.ts'
import { State } from '../../../shared/marks.tsx'

/** What the engine says of a drawing: sound, or a sentence for each problem. */
export interface Verdict {
  readonly soundness: 'sound' | 'unsound' | 'undecided'
  readonly says: readonly Bilingual[]
}

/** The verdict in words, with its mark. */
export function VerdictView({ verdict }: { readonly verdict: Verdict }) {
  const { t, i18n } = useTranslation('proposal')
  const tone = { sound: 'ok', unsound: 'yellow', undecided: 'none' } as const
  return (
    <div role="status">
      <p>
        <State tone={tone[verdict.soundness]}>{t(`soundness.${verdict.soundness}`)}</State>
      </p>
      {verdict.says.length > 0 && (
        <ul>
          {verdict.says.map((problem) => (
            <li key={problem.zh}>{inLanguage(problem, i18n.language)}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
