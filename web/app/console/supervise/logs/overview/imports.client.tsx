import { useTranslation } from 'react-i18next'
import type { components } from '../../../../api/generated/schema.d.ts'
import { formatInstant, formatNumber, inLanguage } from '../../../../shared/format.ts'
import { useSession } from '../../../session.client.ts'
import { Card } from '../../../ui/page.client.tsx'

type LogDetail = components['schemas']['LogDetail']

/** Who may take a log away; each export is recorded. */
const exporters: ReadonlySet<string> = new Set(['supervisor', 'inspector', 'auditor'])

/** The imports of a log: how each was read, and the rows that were not used, with their reasons. */
export function Imports({ log }: { readonly log: LogDetail }) {
  const { t, i18n } = useTranslation('console')
  const { post } = useSession()
  return (
    <Card
      title={t('log.imports', { count: log.imports.length })}
      foot={
        post.roles.some((role) => exporters.has(role)) && (
          <>
            {t('log.export')} <a href={`/api/logs/${log.id}/export.csv`}>CSV</a> ·{' '}
            <a href={`/api/logs/${log.id}/export.xes`}>XES</a>
          </>
        )
      }
    >
      {log.imports.map((batch) => (
        <dl className="kv" key={batch.id}>
          <dt>{t('log.file')}</dt>
          <dd>
            {batch.file} <span className="sm">{batch.encoding}</span>
          </dd>
          <dt>{t('log.imported')}</dt>
          <dd>{formatInstant(batch.importedAt)}</dd>
          <dt>{t('log.zone')}</dt>
          <dd>
            {batch.zone} <span className="sm">{t(`log.zone-${batch.zoneFrom}`)}</span>
          </dd>
          <dt>{t('log.rows')}</dt>
          <dd>
            {t('log.rows-sum', {
              in: formatNumber(batch.rows.in, i18n.language),
              used: formatNumber(batch.rows.used, i18n.language),
              reported: formatNumber(batch.rows.reported, i18n.language),
            })}{' '}
            {batch.rows.reported > 0 && (
              <a href={`/api/logs/${log.id}/report.csv?import=${batch.id}`}>{t('log.report')}</a>
            )}
          </dd>
          {batch.guessed && (
            <>
              <dt>{t('log.mapping')}</dt>
              <dd>{t('log.guessed')}</dd>
            </>
          )}
          {batch.notes.map((note) => (
            <dd key={note.code} className="whole sm">
              {inLanguage(note.says, i18n.language)}
            </dd>
          ))}
          {batch.reported.slice(0, 5).map((row) => (
            <dd key={row.row} className="whole sm">
              {t('state.row', { row: row.row })}: {inLanguage(row.says, i18n.language)}
            </dd>
          ))}
        </dl>
      ))}
    </Card>
  )
}
