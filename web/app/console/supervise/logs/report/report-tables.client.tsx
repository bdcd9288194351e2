import { useTranslation } from 'react-i18next'
import type { components } from '../../../../api/generated/schema.d.ts'
import { formatInstant, formatNumber, formatShare, inLanguage } from '../../../../shared/format.ts'
import { ScrollPart } from '../../../../shared/scroll.tsx'
import { useGet } from '../../../api.client.ts'
import { useElapsed } from '../../../ui/elapsed.client.ts'
import { Card, Count } from '../../../ui/page.client.tsx'
import { Shown } from '../../../ui/query.client.tsx'
import { type Deviations, useCasesOf } from '../deviations/rows.client.ts'
import { useLogFilter } from '../filter/filter.client.ts'
import { Opens } from '../opens.client.tsx'
import { useActivityName, useJudgedBy } from '../procedure.client.ts'
import { useJudged } from '../variants/judged.client.ts'
import { Way, WayState } from '../variants/way.client.tsx'

type LogDetail = components['schemas']['LogDetail']

const waysOnPaper = 12

/** The most frequent ways, with what deviates in each. */
export function ReportVariants({ log }: { readonly log: LogDetail }) {
  const { t, i18n } = useTranslation('analysis')
  const elapsed = useElapsed()
  const { text } = useLogFilter()
  const variants = useGet('/api/logs/{id}/analysis/variants', {
    params: { path: { id: log.id }, query: { filter: text, limit: waysOnPaper } },
  })
  const names = useJudgedBy(log)
  const { procedure } = names
  const judged = useJudged(log.id, procedure, variants.data?.rows.map(({ variant }) => variant) ?? [])
  return (
    <Shown query={variants}>
      {(body) => (
        <Card
          title={t('report.ways')}
          note={t('report.ways-note', {
            count: body.rows.length,
            all: formatNumber(body.total, i18n.language),
            share: formatShare(
              body.rows.reduce((sum, { cases }) => sum + cases, 0),
              body.cases,
            ),
          })}
          flush
          foot={procedure === undefined ? t('variants.not-judged') : t('variants.foot')}
        >
          <ScrollPart label={t('report.ways')}>
            <table>
              <caption className="vh">{t('report.ways')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('variant.way')}</th>
                  <th scope="col" className="r">
                    {t('figure.cases')}
                  </th>
                  <th scope="col" className="r">
                    {t('variant.share')}
                  </th>
                  <th scope="col" className="r">
                    {t('figure.median')}
                  </th>
                  <th scope="col">{t('variant.judged')}</th>
                </tr>
              </thead>
              <tbody>
                {body.rows.map((row) => (
                  <tr key={row.variant}>
                    <td>
                      <Way activities={row.activities} judged={judged.get(row.variant)} names={names} most={20} />
                    </td>
                    <td className="r">
                      <Opens log={log.id} cases={row.cases} where={{ variant: [row.variant] }} />
                    </td>
                    <td className="r">{formatShare(row.cases, body.cases)}</td>
                    <td className="r">{elapsed(row.duration?.median)}</td>
                    <td>
                      <WayState judged={judged.get(row.variant)} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollPart>
        </Card>
      )}
    </Shown>
  )
}

/** The deviations in words and numbers, by which version of the procedure, and what stayed unsolved or unjudged. */
export function ReportDeviations({
  log,
  found,
  title,
  reason,
}: {
  readonly log: LogDetail
  readonly found: Deviations
  readonly title: string
  readonly reason: { readonly zh: string; readonly en: string } | null
}) {
  const { t, i18n } = useTranslation('analysis')
  const casesOf = useCasesOf(log.id, found.procedure)
  const activityName = useActivityName(log.id)
  const number = (value: number) => formatNumber(value, i18n.language)
  return (
    <Card
      title={t('deviations.list')}
      note={t('report.judged', {
        title,
        version: found.version.slice(0, 16),
        at: formatInstant(found.judgedAt, log.imports[0]?.zone),
      })}
      flush
      foot={
        <>
          {t('report.unsolved', { unsolved: number(found.unsolved), unjudged: number(found.unjudged) })}
          {reason && ` ${inLanguage(reason, i18n.language)}`}
        </>
      }
    >
      <ScrollPart label={t('deviations.list')}>
        <table>
          <caption className="vh">{t('deviations.list')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('console:log.deviation-kind')}</th>
              <th scope="col">{t('console:log.step')}</th>
              <th scope="col" className="r">
                {t('figure.cases')}
              </th>
              <th scope="col" className="r">
                {t('console:log.share')}
              </th>
            </tr>
          </thead>
          <tbody>
            {found.deviations.map(({ key, kind, step, cases }) => (
              <tr key={key}>
                <td>{t(`console:deviation.${kind}`)}</td>
                <td>{activityName(step)}</td>
                <td className="r">
                  <Count value={cases} to={casesOf({ deviation: key })} />
                </td>
                <td className="r">{formatShare(cases, found.cases)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPart>
    </Card>
  )
}
