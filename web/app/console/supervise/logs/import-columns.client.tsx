import { useTranslation } from 'react-i18next'
import type { components } from '../../../api/generated/schema.d.ts'
import { formatNumber, inLanguage } from '../../../shared/format.ts'
import { Mark } from '../../../shared/marks.tsx'
import { ScrollPart } from '../../../shared/scroll.tsx'
import { type ColumnRole, columnRoles, type Roles } from './import-mapping.ts'

type Survey = components['schemas']['LogSurvey']

/** The columns of a file: what stands in each, what it is taken for, how sure that is and why. */
export function ColumnRoles({
  survey,
  roles,
  choose,
}: {
  readonly survey: Survey
  readonly roles: Roles
  readonly choose: (column: string, role: ColumnRole) => void
}) {
  const { t, i18n } = useTranslation('console')
  const guesses = new Map(survey.guesses.map((guess) => [guess.column, guess]))
  return (
    <ScrollPart label={t('mapping.columns')}>
      <table className="data map">
        <caption className="vh">{t('mapping.columns')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('mapping.column')}</th>
            <th scope="col">{t('mapping.role')}</th>
            <th scope="col">{t('mapping.samples')}</th>
            <th scope="col" className="r">
              {t('mapping.distinct')}
            </th>
            <th scope="col">{t('mapping.why')}</th>
          </tr>
        </thead>
        <tbody>
          {survey.columns.map((column, at) => {
            const role = roles[column.name] ?? 'keep'
            const guess = guesses.get(column.name)
            return (
              <tr key={column.name} className={role === 'keep' || role === 'drop' ? undefined : 'on'}>
                <th scope="row">
                  <label htmlFor={`role-${at}`}>{column.name}</label>
                </th>
                <td>
                  <select
                    id={`role-${at}`}
                    className="ip"
                    value={role}
                    onChange={(event) => choose(column.name, event.target.value as ColumnRole)}
                  >
                    {columnRoles.map((one) => (
                      <option key={one} value={one}>
                        {t(`mapping.role-${one}`)}
                      </option>
                    ))}
                  </select>
                </td>
                <td className="samples">{column.samples.join(' · ') || '—'}</td>
                <td className="r">{formatNumber(column.distinct, i18n.language)}</td>
                <td className="why">
                  {column.personal && (
                    <span>
                      <Mark tone="yellow" size={14} />{' '}
                      {t('mapping.personal', { kind: inLanguage(column.personal.says, i18n.language) })}
                    </span>
                  )}
                  {guess && (
                    <span>
                      {t('mapping.guess', {
                        role: t(`mapping.role-${guess.role}`),
                        sure: Math.round(guess.confidence * 100),
                      })}{' '}
                      {guess.why.map((why) => inLanguage(why, i18n.language)).join(t('mapping.and'))}
                    </span>
                  )}
                  {column.time?.open && <span>{t('mapping.day-month')}</span>}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollPart>
  )
}
