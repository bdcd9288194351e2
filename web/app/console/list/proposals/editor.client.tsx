import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/format.ts'
import type { ModelElement, NewPart, ProposalModeler } from './modeler.client.ts'

const parts: readonly NewPart[] = ['task', 'exclusiveGateway', 'parallelGateway', 'endEvent']

/** What the editor knows of its drawing at the moment. */
interface View {
  readonly nodes: readonly ModelElement[]
  readonly flows: readonly ModelElement[]
  readonly chosen: readonly ModelElement[]
  readonly undo: boolean
  readonly redo: boolean
}

const viewOf = (modeler: ProposalModeler): View => ({ ...modeler.parts, chosen: modeler.chosen, ...modeler.history })

/** Hands out the file as it stands. */
export interface EditorHandle {
  text(): Promise<string>
}

/** A proposal's drawing to be corrected in place: by pointer on the drawing, or by the buttons and lists above it. */
export function Editor({
  bpmn,
  cases,
  ready,
  changed,
}: {
  readonly bpmn: string
  /** Cases that pass each part, shown as long as the drawing is as it was proposed. */
  readonly cases?: Readonly<Record<string, number>>
  readonly ready: (handle: EditorHandle) => void
  readonly changed: () => void
}) {
  const { t, i18n } = useTranslation('proposal')
  const place = useRef<HTMLDivElement>(null)
  const [modeler, setModeler] = useState<ProposalModeler | null>(null)
  const [view, setView] = useState<View | null>(null)
  const [failed, setFailed] = useState(false)
  const [counted, setCounted] = useState(true)

  useEffect(() => {
    let open: ProposalModeler | null = null
    let gone = false
    const start = async () => {
      const module = await import('./modeler.client.ts')
      if (gone || !place.current) return
      open = new module.ProposalModeler(place.current)
      await open.open(bpmn)
      const own = open
      own.changed((what) => {
        setView(viewOf(own))
        if (what === 'drawing') changed()
      })
      setView(viewOf(own))
      setModeler(own)
      ready({ text: () => own.text() })
    }
    start().catch(() => setFailed(true))
    return () => {
      gone = true
      open?.close()
    }
  }, [bpmn])

  useEffect(() => {
    const said = counted && cases ? Object.entries(cases) : []
    modeler?.showCases(Object.fromEntries(said.map(([id, count]) => [id, formatNumber(count, i18n.language)])))
  }, [modeler, cases, counted])

  if (failed) return <p role="alert">{t('not-drawn')}</p>
  return (
    <div className="editor">
      {modeler && view && <Toolbar modeler={modeler} view={view} />}
      {cases && (
        <p className="sm">
          <label>
            <input type="checkbox" checked={counted} onChange={(event) => setCounted(event.target.checked)} />{' '}
            {t('show-cases')}
          </label>
        </p>
      )}
      <div
        ref={place}
        className="bpmn"
        role="application"
        aria-label={t('drawing-says', { count: view?.nodes.length ?? 0 })}
      />
    </div>
  )
}

function Toolbar({ modeler, view }: { readonly modeler: ProposalModeler; readonly view: View }) {
  const { t } = useTranslation('proposal')
  const [one, ...others] = view.chosen
  const number = new Map(view.nodes.map(({ id }, index) => [id, index + 1]))
  const nameOf = (element: ModelElement): string =>
    element.businessObject.name ||
    `${t(`kind.${element.type.replace('bpmn:', '')}`, { defaultValue: element.type })} ${number.get(element.id) ?? ''}`
  const flowName = (flow: ModelElement): string =>
    `${flow.source ? nameOf(flow.source) : ''} → ${flow.target ? nameOf(flow.target) : ''}`
  return (
    <div className="editor-tools" role="toolbar" aria-label={t('tools')}>
      <fieldset>
        <legend>{one ? t('add-after') : t('add')}</legend>
        {parts.map((part) => (
          <button
            key={part}
            type="button"
            className="btn b3 small"
            onClick={() => modeler.add(part, part === 'task' ? t('new-step') : '')}
          >
            {t(`part.${part}`)}
          </button>
        ))}
      </fieldset>
      <fieldset>
        <legend>{t('chosen')}</legend>
        <select
          className="ip"
          aria-label={t('chosen')}
          value={others.length === 0 ? (one?.id ?? '') : ''}
          onChange={(event) => modeler.choose(event.target.value === '' ? [] : [event.target.value])}
        >
          <option value="">{t(others.length > 0 ? 'several' : 'nothing-chosen')}</option>
          <optgroup label={t('nodes')}>
            {view.nodes.map((element) => (
              <option key={element.id} value={element.id}>
                {nameOf(element)}
              </option>
            ))}
          </optgroup>
          <optgroup label={t('flows')}>
            {view.flows.map((element) => (
              <option key={element.id} value={element.id}>
                {flowName(element)}
              </option>
            ))}
          </optgroup>
        </select>
        {one && others.length === 0 && !one.waypoints && <Rename key={one.id} modeler={modeler} element={one} />}
        {one && (
          <button type="button" className="btn b3 small" onClick={() => modeler.remove()}>
            {t('remove')}
          </button>
        )}
      </fieldset>
      {one && others.length === 0 && !one.waypoints && one.type !== 'bpmn:EndEvent' && (
        <fieldset>
          <legend>{t('lead-to')}</legend>
          <select
            className="ip"
            aria-label={t('lead-to')}
            value=""
            onChange={(event) => {
              const target = view.nodes.find(({ id }) => id === event.target.value)
              if (target) modeler.connect(one, target)
            }}
          >
            <option value="">{t('choose-target')}</option>
            {view.nodes
              .filter(({ id, type }) => id !== one.id && type !== 'bpmn:StartEvent')
              .map((element) => (
                <option key={element.id} value={element.id}>
                  {nameOf(element)}
                </option>
              ))}
          </select>
        </fieldset>
      )}
      <fieldset>
        <legend>{t('view')}</legend>
        <button type="button" className="btn b3 small" onClick={() => modeler.showStart()}>
          {t('view-start')}
        </button>
        <button type="button" className="btn b3 small" onClick={() => modeler.showAll()}>
          {t('view-all')}
        </button>
      </fieldset>
      <fieldset>
        <legend>{t('history')}</legend>
        {view.undo && (
          <button type="button" className="btn b3 small" onClick={() => modeler.undo()}>
            {t('undo')}
          </button>
        )}
        {view.redo && (
          <button type="button" className="btn b3 small" onClick={() => modeler.redo()}>
            {t('redo')}
          </button>
        )}
        {!view.undo && !view.redo && <span className="sm">{t('unchanged')}</span>}
      </fieldset>
    </div>
  )
}

/** The name of the chosen part, changed when it is sent. */
function Rename({ modeler, element }: { readonly modeler: ProposalModeler; readonly element: ModelElement }) {
  const { t } = useTranslation('proposal')
  const [name, setName] = useState(element.businessObject.name ?? '')
  const send = (event: FormEvent) => {
    event.preventDefault()
    modeler.rename(element, name.trim())
  }
  return (
    <form onSubmit={send} className="rename">
      <input
        className="ip"
        aria-label={t('name-of-part')}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <button type="submit" className="btn b3 small">
        {t('rename')}
      </button>
    </form>
  )
}
