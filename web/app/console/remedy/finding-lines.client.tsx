import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { components } from '../../api/generated/schema.d.ts'
import { inLanguage } from '../../shared/format.ts'
import { FindingState } from './finding-words.client.tsx'

/** Findings as lines, for a narrow panel. */
export function FindingLines({ rows }: { readonly rows: readonly components['schemas']['ListedFinding'][] }) {
  const { i18n } = useTranslation('console')
  return (
    <ul className="lines">
      {rows.map((finding) => (
        <li key={finding.id}>
          <Link to={`/console/remedy/findings/${finding.id}`} data-row-link>
            {inLanguage(finding.title, i18n.language)}
          </Link>
          <p>{inLanguage(finding.says, i18n.language)}</p>
          <p className="sm">
            <span className="mono">{finding.id}</span> <FindingState finding={finding} />
          </p>
        </li>
      ))}
    </ul>
  )
}
