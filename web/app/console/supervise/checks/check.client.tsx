import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { components } from '../../../api/generated/schema.d.ts'
import { inLanguage } from '../../../shared/format.ts'
import { Chip, State } from '../../../shared/marks.tsx'
import { useGet } from '../../api.client.ts'
import { BasisLink } from '../../ui/basis.client.tsx'
import { Card, Count, Four, Page } from '../../ui/page.client.tsx'
import { Shown } from '../../ui/query.client.tsx'

/** A rule: what it asks, on what basis, what may be innocent, and by which examples it is held. */
export function CheckView() {
  const { check = '' } = useParams()
  const found = useGet('/api/checks/{check}', { params: { path: { check } } })
  return <Shown query={found}>{(body) => <CheckPage check={body} />}</Shown>
}

function CheckPage({ check }: { readonly check: components['schemas']['CheckDetail'] }) {
  const { t, i18n } = useTranslation('console')
  const says = (text: { readonly zh: string; readonly en: string }) => inLanguage(text, i18n.language)
  return (
    <Page
      title={says(check.asks)}
      crumbs={[{ says: t('nav.checks'), to: '/console/supervise/checks' }, { says: check.code }]}
      under={
        <>
          <Chip tone={check.status === 'active' ? 'ok' : 'none'}>
            {t(`check.status.${check.status}`)} v{check.version}
          </Chip>
          <span className="mono">{check.check}</span>
          <State tone={check.severity}>{t(`severity.${check.severity}`)}</State>
        </>
      }
    >
      <Four
        sentences={[
          [t('check.four-asks'), says(check.title)],
          [t('check.four-means'), t('check.four-means-says')],
          [
            t('finding.four-basis'),
            check.basis.map((reference) => (
              <div key={reference}>
                <BasisLink reference={reference} />
              </div>
            )),
          ],
          [
            t('check.current'),
            <Count
              key="current"
              value={check.current}
              to={`/console/remedy/findings?check=${check.check}&source=current`}
            />,
          ],
        ]}
      />
      <div className="row main">
        <div className="stack">
          <Card title={t('check.examples')} note={t('check.examples-note', { count: check.examples.length })} flush>
            <table>
              <caption className="vh">{t('check.examples')}</caption>
              <tbody>
                {check.examples.map((example) => (
                  <tr key={example.name}>
                    <th scope="row">{example.name}</th>
                    <td>{t(example.fires ? 'check.fires' : 'check.silent')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Card>
          <Card title={t('check.says')}>
            <p>{says(check.says)}</p>
          </Card>
        </div>
        <div className="stack">
          <Card title={t('finding.guide')}>
            <p>{says(check.guide)}</p>
          </Card>
          <Card title={t('finding.innocent')} flush>
            <ul className="lines">
              {check.innocent.map((one) => (
                <li key={one.zh}>{says(one)}</li>
              ))}
            </ul>
          </Card>
          <Card title={t('check.reads')} flush>
            <ul className="lines">
              {check.reads.map((fact) => (
                <li key={fact.fact}>{says(fact.says)}</li>
              ))}
            </ul>
          </Card>
          {check.parameters.length > 0 && (
            <Card title={t('check.parameters')}>
              <dl className="kv">
                {check.parameters.map((parameter) => (
                  <div key={parameter.name}>
                    <dt>{says(parameter.title)}</dt>
                    <dd>{parameter.values.map(({ from, value }) => t('check.value', { from, value })).join('；')}</dd>
                  </div>
                ))}
              </dl>
            </Card>
          )}
        </div>
      </div>
    </Page>
  )
}
