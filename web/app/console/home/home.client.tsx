import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { inLanguage } from '../../shared/format.ts'
import { useGet } from '../api.client.ts'
import { FindingLines } from '../remedy/finding-lines.client.tsx'
import { useSession } from '../session.client.ts'
import { Card, Count, Empty, Page } from '../ui/page.client.tsx'
import { Shown } from '../ui/query.client.tsx'

/** A role's home: the numbers that concern it, each opening its rows, and what to do first. */
export function HomeView() {
  const { post } = useSession()
  return post.roles.some((role) => watching.has(role)) ? <WatchersHome /> : <OthersHome />
}

const watching: ReadonlySet<string> = new Set(['supervisor', 'unit-head', 'inspector', 'auditor'])

/** The list page that shows the rows of an API list. */
const pageOf = (opens: string): string => opens.replace('/api/findings', '/console/remedy/findings')

function WatchersHome() {
  const { t, i18n } = useTranslation('console')
  const home = useGet('/api/home', {})
  const summary = useGet('/api/findings/summary', { params: { query: { state: 'doubt' } } })
  const first = useGet('/api/findings', { params: { query: { state: 'doubt', severity: 'red', limit: 6 } } })
  const issues = useGet('/api/findings', { params: { query: { issue: 'true', limit: 4 } } })
  const doubts = summary.data?.total
  const title =
    doubts === undefined ? t('nav.home') : t(doubts === 0 ? 'home.title-none' : 'home.title', { count: doubts })
  return (
    <Page title={title} under={t('home.lead')}>
      <Shown query={home}>
        {({ counts }) => (
          <dl className="kp">
            {counts.map(({ key, n, opens }) => (
              <div key={key}>
                <dd>
                  <Count value={n} to={pageOf(opens)} />
                </dd>
                <dt>{t(`home.count.${key}`)}</dt>
              </div>
            ))}
          </dl>
        )}
      </Shown>
      <div className="row main">
        <div className="stack">
          <Card
            title={t('home.first')}
            note={t('home.first-note')}
            right={<Link to="/console/remedy/findings?state=doubt">{t('home.all')}</Link>}
            flush
          >
            <Shown query={first}>
              {({ rows }) =>
                rows.length === 0 ? (
                  <Empty says={t('home.none')} next={t('home.none-next')} />
                ) : (
                  <FindingLines rows={rows} />
                )
              }
            </Shown>
          </Card>
        </div>
        <div className="stack">
          <Card title={t('home.by-check')} flush foot={t('home.by-check-foot')}>
            <Shown query={summary}>
              {({ checks }) => (
                <table>
                  <caption className="vh">{t('home.by-check')}</caption>
                  <thead>
                    <tr>
                      <th scope="col">{t('finding.check')}</th>
                      <th scope="col" className="r">
                        {t('home.doubts')}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {checks.map((check) => (
                      <tr key={check.key}>
                        <td>
                          <Link to={`/console/supervise/checks/${check.key}`}>
                            {inLanguage(check.title, i18n.language)}
                          </Link>
                        </td>
                        <td className="r">
                          <Count value={check.n} to={`/console/remedy/findings?state=doubt&check=${check.key}`} />
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
            </Shown>
          </Card>
          <Card
            title={t('home.issues')}
            right={<Link to="/console/remedy/findings?issue=true">{t('home.all')}</Link>}
            flush
          >
            <Shown query={issues}>
              {({ rows }) =>
                rows.length === 0 ? (
                  <Empty says={t('home.no-issues')} next={t('home.no-issues-next')} />
                ) : (
                  <FindingLines rows={rows} />
                )
              }
            </Shown>
          </Card>
        </div>
      </div>
    </Page>
  )
}

/** Roles that do not watch: what they keep, each with its number. */
function OthersHome() {
  const { t } = useTranslation('console')
  const powers = useGet('/api/powers', { params: { query: { limit: 1 } } })
  const laws = useGet('/api/laws', { params: { query: { limit: 1 } } })
  const title = powers.data === undefined ? t('nav.home') : t('home.title-list', { count: powers.data.total })
  return (
    <Page title={title}>
      <dl className="kp">
        <div>
          <dd>{powers.data && <Count value={powers.data.total} to="/console/list/powers" />}</dd>
          <dt>{t('home.count.powers')}</dt>
        </div>
        <div>
          <dd>{laws.data && <Count value={laws.data.total} to="/console/list/laws" />}</dd>
          <dt>{t('home.count.laws')}</dt>
        </div>
      </dl>
    </Page>
  )
}
