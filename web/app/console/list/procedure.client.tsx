import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { components } from '../../api/generated/schema.d.ts'
import { useDays } from '../../shared/days.ts'
import { inLanguage } from '../../shared/format.ts'
import { useGet } from '../api.client.ts'
import { BasisLink } from '../ui/basis.client.tsx'
import { Card, Page } from '../ui/page.client.tsx'
import { Shown } from '../ui/query.client.tsx'
import { saveFile } from '../ui/save-file.client.ts'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'

type Procedure = components['schemas']['ProcedurePage']

/** A procedure whole: its BPMN file to move and zoom in, and the same steps in words. */
export function ProcedureView() {
  const { procedure = '' } = useParams()
  const found = useGet('/api/procedures/{procedure}', { params: { path: { procedure } } })
  return <Shown query={found}>{(body) => <ProcedurePage procedure={body} />}</Shown>
}

function ProcedurePage({ procedure }: { readonly procedure: Procedure }) {
  const { t, i18n } = useTranslation('console')
  const days = useDays()
  const says = (text: { readonly zh: string; readonly en: string }) => inLanguage(text, i18n.language)
  return (
    <Page
      title={says(procedure.title)}
      crumbs={[{ says: t('nav.powers'), to: '/console/list/powers' }, { says: says(procedure.title) }]}
      under={says(procedure.summary)}
    >
      <div className="stack">
        <Card
          title={t('procedure.drawing')}
          note={t('procedure.drawing-note')}
          foot={
            <>
              {t('common:power.hash')} <code className="mono">sha256 {procedure.netHash}</code> ·{' '}
              <button
                type="button"
                className="link"
                onClick={() => saveFile(`${procedure.procedure}.bpmn`, procedure.bpmn)}
              >
                {t('procedure.take-bpmn')}
              </button>{' '}
              ·{' '}
              <a href={`/api/procedures/${procedure.procedure}/net.pnml`} download={`${procedure.procedure}.pnml`}>
                {t('procedure.take-pnml')}
              </a>
            </>
          }
        >
          <Drawing bpmn={procedure.bpmn} says={t('procedure.drawing-says', { count: procedure.inOrder.length })} />
        </Card>
        <Card title={t('procedure.steps')} flush>
          <table>
            <caption className="vh">{t('procedure.steps')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('procedure.step')}</th>
                <th scope="col">{t('procedure.by')}</th>
                <th scope="col">{t('procedure.within')}</th>
                <th scope="col">{t('procedure.basis')}</th>
              </tr>
            </thead>
            <tbody>
              {procedure.inOrder.map((step) => (
                <tr key={step.element}>
                  <th scope="row">
                    {says(step.name)} {step.mandatory && <span className="sm">{t('common:power.mandatory')}</span>}
                  </th>
                  <td>{step.role && t(`common:power.role.${step.role}`, { defaultValue: step.role })}</td>
                  <td>{step.limit ? days(step.limit) : t('common:none')}</td>
                  <td>
                    {step.basis.map((reference) => (
                      <div key={reference}>
                        <BasisLink reference={reference} />
                      </div>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
        <Card title={t('procedure.acts')} note={t('procedure.acts-note')} flush>
          <ul className="lines">
            {procedure.caseActs.map((act) => (
              <li key={act.activity}>
                <b>{says(act.name)}</b> <span className="sm">{t(`procedure.clock.${act.clock}`)}</span>
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </Page>
  )
}

/** The BPMN file as its own viewer draws it, to be moved and zoomed. */
function Drawing({ bpmn, says }: { readonly bpmn: string; readonly says: string }) {
  const place = useRef<HTMLDivElement>(null)
  const [failed, setFailed] = useState(false)
  const { t } = useTranslation('console')
  useEffect(() => {
    if (!place.current) return
    const viewer = new NavigatedViewer({ container: place.current })
    viewer
      .importXML(bpmn)
      .then(() => viewer.get<{ zoom(to: string): void }>('canvas').zoom('fit-viewport'))
      .catch(() => setFailed(true))
    return () => viewer.destroy()
  }, [bpmn])
  if (failed) return <p role="alert">{t('procedure.not-drawn')}</p>
  return <div ref={place} className="bpmn" role="img" aria-label={says} />
}
