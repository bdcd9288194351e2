import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { inLanguage } from '../../../shared/format.ts'
import { State } from '../../../shared/marks.tsx'
import { useGet } from '../../api.client.ts'
import { Card, Count, Page } from '../../ui/page.client.tsx'
import { Shown } from '../../ui/query.client.tsx'

/** The rules of supervision: what each asks, and what it shows now. */
export function ChecksView() {
  const { t, i18n } = useTranslation('console')
  const checks = useGet('/api/checks', {})
  const count = checks.data?.rows.length
  return (
    <Page title={count === undefined ? t('nav.checks') : t('check.list-title', { count })} under={t('check.list-lead')}>
      <Card title={t('nav.checks')} flush>
        <Shown query={checks}>
          {({ rows }) => (
            <table className="data">
              <caption className="vh">{t('nav.checks')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('check.title')}</th>
                  <th scope="col">{t('check.asks')}</th>
                  <th scope="col">{t('finding.severity')}</th>
                  <th scope="col">{t('check.status-title')}</th>
                  <th scope="col" className="r">
                    {t('check.current')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((check) => (
                  <tr key={check.check}>
                    <td className="nw">
                      <Link to={`/console/supervise/checks/${check.check}`} data-row-link>
                        {inLanguage(check.title, i18n.language)}
                      </Link>{' '}
                      <span className="sm mono">{check.code}</span>
                    </td>
                    <td>{inLanguage(check.asks, i18n.language)}</td>
                    <td>
                      <State tone={check.severity}>{t(`severity.${check.severity}`)}</State>
                    </td>
                    <td>{t(`check.status.${check.status}`)}</td>
                    <td className="r">
                      <Count
                        value={check.current}
                        to={`/console/remedy/findings?check=${check.check}&source=current`}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Shown>
      </Card>
    </Page>
  )
}
