import { useTranslation } from 'react-i18next'
import type { components } from '../../../api/generated/schema.d.ts'
import { formatInstant, formatNumber, inLanguage } from '../../../shared/format.ts'
import { Mark } from '../../../shared/marks.tsx'
import { ScrollPart } from '../../../shared/scroll.tsx'

type Preview = components['schemas']['LogPreview']

/** The first cases of a file as its mapping reads them, and what a person should settle before importing. */
export function PreviewCases({ preview }: { readonly preview: Preview }) {
  const { t, i18n } = useTranslation('console')
  const number = (value: number) => formatNumber(value, i18n.language)
  const { cases, counts, rows, problems, whole } = preview
  return (
    <>
      <p role="status">
        {t(whole ? 'mapping.read-whole' : 'mapping.read-head', {
          in: number(rows.in),
          used: number(rows.used),
          reported: number(rows.reported),
          cases: number(counts.cases),
          events: number(counts.events),
          activities: number(counts.activities),
        })}
      </p>
      {problems.length > 0 && (
        <ul className="problems" aria-label={t('mapping.problems')}>
          {problems.map(({ grave, says }) => (
            <li key={says.en}>
              <Mark tone={grave ? 'yellow' : 'prompt'} size={14} />{' '}
              <span>
                <span className="vh">{t(grave ? 'mapping.grave' : 'mapping.remark')}</span>
                {inLanguage(says, i18n.language)}
              </span>
            </li>
          ))}
        </ul>
      )}
      <ScrollPart label={t('mapping.cases')}>
        <table className="data tight preview">
          <caption className="vh">{t('mapping.cases')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('mapping.role-time')}</th>
              <th scope="col">{t('mapping.role-activity')}</th>
              <th scope="col">{t('mapping.role-officer')}</th>
              <th scope="col">{t('mapping.role-organ')}</th>
              <th scope="col" className="r">
                {t('mapping.source-row')}
              </th>
            </tr>
          </thead>
          {cases.map((one) => (
            <tbody key={one.id}>
              <tr>
                <th scope="rowgroup" colSpan={5}>
                  {one.id}
                  {one.more > 0 && <span className="sm"> {t('mapping.more', { count: one.more })}</span>}
                </th>
              </tr>
              {one.events.map((event) => (
                <tr key={`${event.row} ${event.activity}`}>
                  <td>{event.happenedAt === null ? '—' : formatInstant(event.happenedAt)}</td>
                  <td>{event.activity}</td>
                  <td>{event.officer ?? '—'}</td>
                  <td>{event.organ ?? '—'}</td>
                  <td className="r">{event.row}</td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </ScrollPart>
    </>
  )
}
