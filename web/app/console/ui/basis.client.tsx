import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { articlePath, nodeName, readReference } from '../../shared/reference.ts'
import { useGet } from '../api.client.ts'

/** A link to the article that a reference names, with the law's title, asked for where the caller does not know it. */
export function BasisLink({ reference, title }: { readonly reference: string; readonly title?: string | null }) {
  const { t, i18n } = useTranslation()
  const { law } = readReference(reference)
  const known = useGet('/api/laws', { params: { query: { q: law, limit: 1 } } }, { enabled: !title })
  return (
    <Link to={`/console/list${articlePath(reference)}`}>
      {title ?? known.data?.rows[0]?.short ?? law} {nodeName(reference, t, i18n.language)}
    </Link>
  )
}
