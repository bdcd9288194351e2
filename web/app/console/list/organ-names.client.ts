import { useTranslation } from 'react-i18next'
import { inLanguage } from '../../shared/format.ts'
import { useGet } from '../api.client.ts'

/** The name of a body by its code; the code itself until the names have come. */
export function useOrganName(): (code: string) => string {
  const { i18n } = useTranslation()
  const organs = useGet('/api/organs', { params: { query: { limit: 500 } } })
  const names = new Map(organs.data?.rows.map((organ) => [organ.code, inLanguage(organ.name, i18n.language)]))
  return (code) => names.get(code) ?? code
}
