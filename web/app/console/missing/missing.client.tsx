import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Empty, Page } from '../ui/page.client.tsx'

/** An address of the console that no page has. */
export function MissingView() {
  const { t } = useTranslation('console')
  return (
    <Page title={t('missing.title')}>
      <Empty says={t('missing.says')} next={<Link to="/console">{t('missing.home')}</Link>} />
    </Page>
  )
}
