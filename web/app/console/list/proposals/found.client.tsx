import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../api/generated/schema.d.ts'
import { formatNumber } from '../../../shared/format.ts'
import { api, dataOf } from '../../api.client.ts'
import { Card, Four } from '../../ui/page.client.tsx'
import { RefusedBox } from '../../ui/refused.client.tsx'
import { saveFile } from '../../ui/save-file.client.ts'
import { useAttempt } from './attempt.client.ts'
import { Editor, type EditorHandle } from './editor.client.tsx'
import { QualityWords } from './quality.client.tsx'
import { type Verdict, VerdictView } from './verdict.client.tsx'

/** What the job of a discovery found. */
export interface Discovered {
  readonly log: string
  readonly name: string
  readonly sequence: number
  readonly noise: number
  readonly filter: components['schemas']['LogFilter'] | null
  readonly bpmn: string
  readonly cases: Readonly<Record<string, number>>
  readonly quality: components['schemas']['ProposalQuality']
}

/** A fresh proposal: how well it tells its cases, its drawing to correct, and saving it. */
export function Found({ found, saved }: { readonly found: Discovered; readonly saved: (id: string) => void }) {
  const { t, i18n } = useTranslation('proposal')
  const editor = useRef<EditorHandle | null>(null)
  const [name, setName] = useState(t('default-name', { log: found.name }))
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const [changed, setChanged] = useState(false)
  const { refusal, attempt } = useAttempt()
  const check = () =>
    attempt(async () => {
      const bpmn = (await editor.current?.text()) ?? found.bpmn
      setVerdict(dataOf(await api.POST('/api/proposals/check', { body: { bpmn } })))
    })
  const save = (event: FormEvent) => {
    event.preventDefault()
    void attempt(async () => {
      const { log, sequence, noise, filter, quality } = found
      const bpmn = (await editor.current?.text()) ?? found.bpmn
      const body = { name, bpmn, sequence, noise, filter, quality }
      saved(dataOf(await api.POST('/api/logs/{id}/proposals', { params: { path: { id: log } }, body })).id)
    })
  }
  const { quality } = found
  return (
    <>
      <Four
        sentences={[
          [t('four-what'), t('four-what-says', { log: found.name, cases: formatNumber(quality.cases, i18n.language) })],
          [t('four-how'), <QualityWords key="quality" quality={quality} />],
          [t('four-basis'), t('four-basis-says', { percent: Math.round(found.noise * 100), sequence: found.sequence })],
          [t('four-next'), t('four-next-says')],
        ]}
      />
      <Card title={t('drawing')} note={t('drawing-note')}>
        <Editor
          bpmn={found.bpmn}
          cases={found.cases}
          ready={(handle) => {
            editor.current = handle
          }}
          changed={() => {
            setChanged(true)
            setVerdict(null)
          }}
        />
        {changed && <p className="sm">{t('counts-before')}</p>}
      </Card>
      <Card title={t('check-save')}>
        {refusal && <RefusedBox refusal={refusal} />}
        {verdict && <VerdictView verdict={verdict} />}
        <div className="does">
          <button type="button" className="btn b2" onClick={() => void check()}>
            {t('check')}
          </button>
          <button
            type="button"
            className="btn b2"
            onClick={() =>
              void attempt(async () => saveFile('proposal.bpmn', (await editor.current?.text()) ?? found.bpmn))
            }
          >
            {t('take-bpmn')}
          </button>
        </div>
        <form onSubmit={save} className="discover">
          <div className="fld">
            <label htmlFor="name">{t('name')}</label>
            <input
              id="name"
              className="ip"
              required
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </div>
          <button type="submit" className="btn">
            {t('save')}
          </button>
        </form>
      </Card>
    </>
  )
}
