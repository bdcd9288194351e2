import { useTranslation } from 'react-i18next'
import { useLoaderData } from 'react-router'
import { LawView } from '../shared/law/law-view.tsx'
import { orThrow } from '../shared/refusal.ts'
import { apiOf, filterOf, type Loading } from './loading.ts'
import { Crumbs, Title } from './parts.tsx'

export async function loader(loading: Loading) {
  const path = { law: loading.params.law ?? '' }
  const query = { on: filterOf(loading, 'on') }
  return orThrow(await apiOf(loading).GET('/api/laws/{law}', { params: { path, query } }))
}

export default function Law() {
  const body = useLoaderData<typeof loader>()
  const { t } = useTranslation('portal')
  return (
    <>
      <Title>{body.title}</Title>
      <Crumbs trail={[[t('missing.home'), '/'], [t('laws.title'), '/laws'], [body.short]]} />
      <h1>{body.title}</h1>
      <LawView body={body} />
    </>
  )
}
