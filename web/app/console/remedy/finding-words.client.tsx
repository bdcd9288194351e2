import { useTranslation } from 'react-i18next'
import type { components } from '../../api/generated/schema.d.ts'
import { Chip, State, type Tone } from '../../shared/marks.tsx'

type Listed = components['schemas']['ListedFinding']

const toneOfState: Readonly<Record<Listed['state'], Tone>> = {
  doubt: 'prompt',
  upheld: 'red',
  'partly-upheld': 'yellow',
  'not-upheld': 'ok',
  unverifiable: 'none',
  closed: 'none',
}

/** Where a finding stands; a doubt is never red, however grave its check. */
export function FindingState({ finding, chip }: { readonly finding: Listed; readonly chip?: boolean }) {
  const { t } = useTranslation('console')
  const Shown = chip ? Chip : State
  return (
    <Shown tone={toneOfState[finding.state]}>
      {t(`finding.state.${finding.state}`)}
      {finding.lead !== 'none' && ` · ${t(`finding.lead.${finding.lead}`)}`}
    </Shown>
  )
}

/** How grave the check is that raised it: the mark and its word, without a colour on the ground. */
export function Severity({ of }: { readonly of: Listed['severity'] }) {
  const { t } = useTranslation('console')
  return <State tone={of}>{t(`severity.${of}`)}</State>
}
