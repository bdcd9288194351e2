import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { components } from '../../../api/generated/schema.d.ts'
import { formatInstant, formatNumber, inLanguage } from '../../../shared/format.ts'
import { State, type Tone } from '../../../shared/marks.tsx'
import { ScrollPart } from '../../../shared/scroll.tsx'
import { Card, Count } from '../../ui/page.client.tsx'

type Judgement = components['schemas']['Judgement']
type Rule = Judgement['rules'][number]

/** The mark of a severity. */
export const toneOfSeverity: Readonly<Record<string, Tone>> = { prompt: 'prompt', yellow: 'yellow', red: 'red' }

/** What each rule said of a log: found n, none, or cannot be judged and why. */
export function Judgements({ rows, log }: { readonly rows: readonly Judgement[]; readonly log: string }) {
  const { t, i18n } = useTranslation('console')
  return rows.map((judgement) => (
    <Card
      key={judgement.plan}
      title={inLanguage(judgement.title, i18n.language)}
      note={formatInstant(judgement.judgedAt)}
      right={judgement.stale && <State tone="yellow">{t('judge.stale')}</State>}
      flush
      foot={t('judge.foot')}
    >
      <ScrollPart label={inLanguage(judgement.title, i18n.language)}>
        <table>
          <caption className="vh">{inLanguage(judgement.title, i18n.language)}</caption>
          <thead>
            <tr>
              <th scope="col">{t('judge.check')}</th>
              <th scope="col" className="r">
                {t('judge.found')}
              </th>
              <th scope="col" className="r">
                {t('judge.judged')}
              </th>
              <th scope="col">{t('judge.lacks')}</th>
            </tr>
          </thead>
          <tbody>
            {judgement.rules.map((rule) => (
              <tr key={rule.check}>
                <td>
                  <Link to={`/console/supervise/checks/${rule.check}`}>{inLanguage(rule.title, i18n.language)}</Link>{' '}
                  <span className="sm mono">{rule.code}</span>
                </td>
                <td className="r">
                  <Found rule={rule} log={log} plan={judgement.plan} />
                </td>
                <td className="r">{formatNumber(rule.judged, i18n.language)}</td>
                <td className="sm">
                  {rule.lacks.map((lack) => (
                    <div key={lack.fact + lack.detail}>
                      {t('judge.lack', { count: lack.cases, fact: inLanguage(lack.says, i18n.language) })}
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPart>
    </Card>
  ))
}

function Found({ rule, log, plan }: { readonly rule: Rule; readonly log: string; readonly plan: string }) {
  const { t } = useTranslation('console')
  if (rule.result === 'cannot-be-judged') return <State tone="none">{t('judge.cannot')}</State>
  if (rule.result === 'none') return <State tone="ok">{t('judge.none')}</State>
  const query = new URLSearchParams({ log, check: rule.check, plan, source: 'current' })
  return (
    <span className={`st ${toneOfSeverity[rule.severity]}`}>
      <Count value={rule.n} to={`/console/remedy/findings?${query}`} />
    </span>
  )
}
