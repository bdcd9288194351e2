import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { articlePath, nodeName, readReference } from '../../shared/reference.ts'

/** A link to the article that a reference names, with the law's title where the caller knows it. */
export function BasisLink({ reference, title }: { readonly reference: string; readonly title?: string | null }) {
  const { t, i18n } = useTranslation()
  return (
    <Link to={`/console/list${articlePath(reference)}`}>
      {title ?? readReference(reference).law} {nodeName(reference, t, i18n.language)}
    </Link>
  )
}
