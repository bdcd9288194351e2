import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../api/generated/schema.d.ts'
import { formatNumber, inLanguage } from '../../../shared/format.ts'
import { State } from '../../../shared/marks.tsx'
import type { RefusalBody } from '../../../shared/refusal.ts'
import { api, dataOf, Refused } from '../../api.client.ts'
import { Card } from '../../ui/page.client.tsx'
import { RefusedBox } from '../../ui/refused.client.tsx'
import { ColumnRoles } from './import-columns.client.tsx'
import { type Mapping, mappingOf, type Roles, rolesOf, withRole } from './import-mapping.ts'
import { PreviewCases } from './import-preview.client.tsx'

type Survey = components['schemas']['LogSurvey']
type Preview = components['schemas']['LogPreview']
type ApiMapping = components['schemas']['LogMappingInput']

/** The formats that a person may name where a column's values leave them open. */
const formats = ['', 'ymd', 'dmy', 'mdy', 'epoch-s', 'epoch-ms', 'excel'] as const
/** Changes that follow each other at once are previewed together. */
const PAUSE = 250

/** What the preview of the present mapping came to. */
interface Shown {
  readonly preview: Preview | null
  readonly refusal: RefusalBody | null
}

/** Takes a refusal for an answer; what is no refusal is a bug. */
async function answered<T>(act: () => Promise<T>): Promise<T | Refused> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
}

/** Shows the first cases by a mapping, again whenever it changes; an answer that comes too late is passed over. */
function usePreview(upload: string, mapping: Mapping | null): Shown {
  const [shown, setShown] = useState<Shown>({ preview: null, refusal: null })
  const asked = useRef(0)
  const key = JSON.stringify(mapping)
  useEffect(() => {
    asked.current++
    const mine = asked.current
    if (mapping === null) {
      setShown({ preview: null, refusal: null })
      return
    }
    const timer = setTimeout(async () => {
      const body = { mapping: mapping as unknown as ApiMapping }
      const path = { id: upload }
      const answer = await answered(async () =>
        dataOf(await api.POST('/api/log-uploads/{id}/preview', { params: { path }, body })),
      )
      if (asked.current !== mine) return
      setShown(
        answer instanceof Refused ? { preview: null, refusal: answer.refusal } : { preview: answer, refusal: null },
      )
    }, PAUSE)
    return () => clearTimeout(timer)
  }, [upload, key])
  return shown
}

/** What is known where the guesses make no whole mapping: the roles that were told, and personal data left out. */
function guessedOnly({ guesses, columns }: Survey): Mapping {
  const personal = columns.filter(({ personal: kind }) => kind !== null).map(({ name }) => name)
  return { ...Object.fromEntries(guesses.map(({ role, column }) => [role, column])), attributes: { exclude: personal } }
}

/** The mapping helper: says what each column is, shows the first cases by it at once, keeps it under a name, imports. */
export function MapColumns({
  survey: first,
  base,
  importWith,
  back,
}: {
  readonly survey: Survey
  /** A mapping to begin from in place of the guess: a saved one, or that of a plan. */
  readonly base: Mapping | null
  readonly importWith: (mapping: Mapping) => void
  readonly back: () => void
}) {
  const { t, i18n } = useTranslation('console')
  const [survey, setSurvey] = useState(first)
  const begun = base ?? survey.mapping ?? guessedOnly(survey)
  const names = survey.columns.map(({ name }) => name)
  const [roles, setRoles] = useState<Roles>(() => rolesOf(names, begun))
  const [timeFormat, setTimeFormat] = useState(String(base?.timeFormat ?? ''))
  const [refusal, setRefusal] = useState<RefusalBody | null>(null)
  const choice = survey.choice
  const source =
    choice === null || (choice.kind === 'sheet' && choice.names.length === 1) ? {} : { [choice.kind]: choice.chosen }
  const mapping = mappingOf(base, roles, { ...source, timeFormat })
  const { preview, refusal: unread } = usePreview(survey.upload, mapping)

  const look = async (chosen: string) => {
    if (choice === null) return
    const body = choice.kind === 'sheet' ? { sheet: chosen } : { objectType: chosen }
    const path = { id: survey.upload }
    const answer = await answered(async () =>
      dataOf(await api.POST('/api/log-uploads/{id}/survey', { params: { path }, body })),
    )
    if (answer instanceof Refused) {
      setRefusal(answer.refusal)
      return
    }
    setRefusal(null)
    setSurvey(answer)
    setRoles(
      rolesOf(
        answer.columns.map(({ name }) => name),
        base ?? answer.mapping ?? guessedOnly(answer),
      ),
    )
  }

  return (
    <div className="stack">
      {refusal && <RefusedBox refusal={refusal} />}
      {survey.hint && (
        <p>
          <State tone="yellow">{inLanguage(survey.hint, i18n.language)}</State>
        </p>
      )}
      <Card
        title={t('mapping.title')}
        note={t(survey.whole ? 'mapping.looked-whole' : 'mapping.looked-head', {
          file: survey.file,
          rows: formatNumber(survey.rows, i18n.language),
        })}
        foot={t('mapping.personal-note')}
        flush
      >
        <div className="tools">
          {choice !== null && choice.names.length > 1 && (
            <label>
              {t(`mapping.${choice.kind}`)}{' '}
              <select className="ip" value={choice.chosen} onChange={(event) => void look(event.target.value)}>
                {choice.names.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </label>
          )}
          <label>
            {t('mapping.time-format')}{' '}
            <select className="ip" value={timeFormat} onChange={(event) => setTimeFormat(event.target.value)}>
              {formats.map((format) => (
                <option key={format} value={format}>
                  {t(`mapping.format-${format === '' ? 'auto' : format}`)}
                </option>
              ))}
            </select>
          </label>
        </div>
        <ColumnRoles
          survey={survey}
          roles={roles}
          choose={(column, role) => setRoles((known) => withRole(known, column, role))}
        />
      </Card>
      <Card title={t('mapping.cases')}>
        {mapping === null && <p role="status">{t('mapping.open')}</p>}
        {unread && <RefusedBox refusal={unread} />}
        {preview && <PreviewCases preview={preview} />}
      </Card>
      <Card title={t('mapping.next')}>
        <SaveMapping mapping={mapping} />
        <p className="acts">
          <button
            type="button"
            className="btn"
            disabled={mapping === null || preview === null}
            onClick={() => mapping && importWith(mapping)}
          >
            {t('mapping.go')}
          </button>{' '}
          <button type="button" className="btn b3" onClick={back}>
            {t('mapping.back')}
          </button>
        </p>
      </Card>
    </div>
  )
}

/** A random UUID; `crypto.randomUUID` is missing on plain-http intranets. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Keeps the mapping under a name, for the next file of the same system. */
function SaveMapping({ mapping }: { readonly mapping: Mapping | null }) {
  const { t } = useTranslation('console')
  const [name, setName] = useState('')
  const [saved, setSaved] = useState('')
  const [refusal, setRefusal] = useState<RefusalBody | null>(null)
  const save = async () => {
    if (mapping === null) return
    const body = { name: name.trim(), mapping: mapping as unknown as ApiMapping, revision: 0 }
    const path = { id: newId() }
    const answer = await answered(async () =>
      dataOf(await api.PUT('/api/log-mappings/{id}', { params: { path }, body })),
    )
    setRefusal(answer instanceof Refused ? answer.refusal : null)
    setSaved(answer instanceof Refused ? '' : body.name)
  }
  return (
    <div className="fld">
      {refusal && <RefusedBox refusal={refusal} />}
      <label htmlFor="mapping-name">{t('mapping.save-name')}</label>
      <div className="fl">
        <input
          id="mapping-name"
          className="ip"
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button
          type="button"
          className="btn b2"
          disabled={mapping === null || name.trim() === ''}
          onClick={() => void save()}
        >
          {t('mapping.save')}
        </button>
      </div>
      {saved !== '' && <p role="status">{t('mapping.saved', { name: saved })}</p>}
    </div>
  )
}
