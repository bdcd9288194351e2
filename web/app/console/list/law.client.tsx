import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { LawView as Body } from '../../shared/law/law-view.tsx'
import { useGet } from '../api.client.ts'
import { Page } from '../ui/page.client.tsx'
import { Shown } from '../ui/query.client.tsx'

/** A law with its versions and the outline of the one in force. */
export function LawView() {
  const { t } = useTranslation('console')
  const { law = '' } = useParams()
  const found = useGet('/api/laws/{law}', { params: { path: { law } } })
  return (
    <Shown query={found}>
      {(body) => (
        <Page title={body.title} crumbs={[{ says: t('nav.laws'), to: '/console/list/laws' }, { says: body.short }]}>
          <Body body={body} />
        </Page>
      )}
    </Shown>
  )
}
