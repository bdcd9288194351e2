import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useDays } from '../../shared/days.ts'
import { formatDate, inLanguage } from '../../shared/format.ts'
import { Chip } from '../../shared/marks.tsx'
import { Bases, PowerChart, PowerHistory, type PowerPage } from '../../shared/power/power-view.tsx'
import { useGet } from '../api.client.ts'
import { Card, Four, Page } from '../ui/page.client.tsx'
import { Shown } from '../ui/query.client.tsx'
import { useOrganName } from './organ-names.client.ts'

/** A power of the list: who, how long, on what law, along which chart. */
export function PowerView() {
  const { code = '' } = useParams()
  const power = useGet('/api/powers/{code}', { params: { path: { code } } })
  return <Shown query={power}>{(body) => <OnePower power={body} />}</Shown>
}

function OnePower({ power }: { readonly power: PowerPage }) {
  const { t, i18n } = useTranslation('console')
  const days = useDays()
  const organName = useOrganName()
  const name = inLanguage(power.name, i18n.language)
  const drawn = useGet(
    '/api/procedures/{procedure}',
    { params: { path: { procedure: power.procedure ?? '' } } },
    { enabled: power.procedure !== null },
  )
  return (
    <Page
      title={name}
      crumbs={[{ says: t('nav.powers'), to: '/console/list/powers' }, { says: power.code }]}
      under={
        <>
          <Chip tone={power.state === 'published' ? 'ok' : 'none'}>{t(`common:power.state.${power.state}`)}</Chip>
          {power.kind && <span>{t(`common:power.kind.${power.kind}`)}</span>}
          <span>{t('power.version', { version: power.version })}</span>
          {power.publishedAt && <span>{formatDate(power.publishedAt, i18n.language)}</span>}
        </>
      }
    >
      <Four
        sentences={[
          [t('power.organ'), power.organs.slice(0, 4).map(organName).join('、') + (power.organs.length > 4 ? '…' : '')],
          [t('power.promised'), days(power.limit.promised)],
          [t('power.statutory'), power.limit.statutory ? days(power.limit.statutory) : t('common:no-limit')],
          [
            t('power.procedure'),
            power.procedure ? (
              <Link to={`/console/list/procedures/${power.procedure}`}>{power.chart?.name ?? power.procedure}</Link>
            ) : (
              t('common:none')
            ),
          ],
        ]}
      />
      <div className="stack">
        <Card title={t('power.chart')} note={t('power.chart-note')}>
          <PowerChart chart={power.chart} name={name} steps={drawn.data?.inOrder ?? []} />
        </Card>
        <Card title={t('power.bases')}>
          <Bases bases={power.bases} />
        </Card>
        {power.limitBasis && (
          <Card title={t('power.limit-basis')}>
            <Bases bases={[power.limitBasis]} />
          </Card>
        )}
        <Card title={t('common:power.history')} flush>
          <PowerHistory power={power} />
        </Card>
      </div>
    </Page>
  )
}
