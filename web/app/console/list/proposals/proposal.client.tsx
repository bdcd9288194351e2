import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { components } from '../../../api/generated/schema.d.ts'
import { formatInstant, formatNumber } from '../../../shared/format.ts'
import { api, dataOf, useGet } from '../../api.client.ts'
import type { LogFilter } from '../../supervise/logs/filter/filter.client.ts'
import { useFilterWords } from '../../supervise/logs/filter/filter-words.client.ts'
import { Card, Four, Page } from '../../ui/page.client.tsx'
import { Shown } from '../../ui/query.client.tsx'
import { RefusedBox } from '../../ui/refused.client.tsx'
import { saveFile } from '../../ui/save-file.client.ts'
import { useAttempt } from './attempt.client.ts'
import { Comparison } from './comparison.client.tsx'
import { Editor, type EditorHandle } from './editor.client.tsx'
import { QualityWords } from './quality.client.tsx'
import { type Verdict, VerdictView } from './verdict.client.tsx'

type ProposalPage = components['schemas']['ProposalPage']

/** A saved proposal: corrected further, compared with the law's procedure, taken along as a file. */
export function ProposalView() {
  const { proposal = '' } = useParams()
  const found = useGet('/api/proposals/{proposal}', { params: { path: { proposal } } })
  return <Shown query={found}>{(page) => <Saved key={page.id} proposal={page} />}</Shown>
}

function Saved({ proposal }: { readonly proposal: ProposalPage }) {
  const { t, i18n } = useTranslation('proposal')
  const client = useQueryClient()
  const editor = useRef<EditorHandle | null>(null)
  // The drawing stays as the editor has it: what is saved from here is what it shows.
  const [opened] = useState(proposal.bpmn)
  const [name, setName] = useState(proposal.name)
  const [changed, setChanged] = useState(false)
  const [checked, setChecked] = useState<Verdict | null>(null)
  const { refusal, attempt } = useAttempt()
  const path = { proposal: proposal.id }
  const text = async () => (await editor.current?.text()) ?? opened
  const check = () =>
    attempt(async () => setChecked(dataOf(await api.POST('/api/proposals/check', { body: { bpmn: await text() } }))))
  const save = (event: FormEvent) => {
    event.preventDefault()
    void attempt(async () => {
      const body = { name, bpmn: await text(), revision: proposal.revision }
      const saved = dataOf(await api.PUT('/api/proposals/{proposal}', { params: { path }, body }))
      client.setQueryData(['/api/proposals/{proposal}', { params: { path } }], saved)
      setChanged(false)
      setChecked(null)
    })
  }
  const { quality } = proposal
  const wordsOf = useFilterWords()
  const only = wordsOf((proposal.filter ?? {}) as LogFilter)
  return (
    <Page
      title={t('page-title', { name: proposal.name, count: proposal.steps })}
      crumbs={[{ says: t('title'), to: '/console/list/proposals' }, { says: proposal.name }]}
      under={
        <>
          <span>{t('not-a-procedure')}</span>
          <span>
            {t('saved-as', {
              revision: proposal.revision,
              at: formatInstant(proposal.savedAt),
              by: proposal.savedBy ?? '—',
            })}
          </span>
        </>
      }
    >
      <Four
        sentences={[
          [
            t('four-what'),
            t('four-what-says', { log: proposal.logName, cases: formatNumber(quality.cases, i18n.language) }),
          ],
          [t('four-how'), <QualityWords key="quality" quality={quality} />],
          [
            t('four-basis'),
            [
              t('four-basis-says', { percent: Math.round(proposal.noise * 100), sequence: proposal.sequence }),
              ...only.map(({ what, says }) => t('only-part', { what, says })),
            ].join(' '),
          ],
          [t('four-next'), t('four-next-saved')],
        ]}
      />
      <div className="stack">
        <Card title={t('drawing')} note={t('drawing-note')}>
          <Editor
            bpmn={opened}
            ready={(handle) => {
              editor.current = handle
            }}
            changed={() => {
              setChanged(true)
              setChecked(null)
            }}
          />
        </Card>
        <Card title={t('check-save')}>
          {refusal && <RefusedBox refusal={refusal} />}
          {checked ? (
            <VerdictView verdict={checked} />
          ) : changed ? (
            <p className="sm">{t('changed-unchecked')}</p>
          ) : (
            <VerdictView verdict={proposal} />
          )}
          <div className="does">
            <button type="button" className="btn b2" onClick={() => void check()}>
              {t('check')}
            </button>
            <button
              type="button"
              className="btn b2"
              onClick={() => void attempt(async () => saveFile('proposal.bpmn', await text()))}
            >
              {t('take-bpmn')}
            </button>
            <a className="btn b2" href={`/api/proposals/${proposal.id}/net.pnml`} download="proposal.pnml">
              {t('take-pnml')}
            </a>
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
              {t('save-changes')}
            </button>
          </form>
        </Card>
        <Comparison proposal={proposal} unsaved={changed} />
      </div>
    </Page>
  )
}
