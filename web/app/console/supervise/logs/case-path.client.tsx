import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { components } from '../../../api/generated/schema.d.ts'
import { Flow, type FlowDiagram } from '../../../shared/diagram/flow.tsx'
import { fold } from '../../../shared/diagram/fold.ts'
import { namedIn } from '../../../shared/diagram/names.ts'
import { paintOf } from '../../../shared/diagram/paint.ts'
import { formatInstant, inLanguage } from '../../../shared/format.ts'
import { State } from '../../../shared/marks.tsx'
import { ScrollPart } from '../../../shared/scroll.tsx'
import { useGet } from '../../api.client.ts'
import { Card, Empty } from '../../ui/page.client.tsx'
import { Shown } from '../../ui/query.client.tsx'

type Case = components['schemas']['LogCaseDetail']

/** The case's path on the procedure's own drawing, with what deviates marked, and each deviation as a sentence. */
export function CasePath({
  one,
  procedure,
  zone,
}: {
  readonly one: Case
  readonly procedure: string | null
  readonly zone: string | undefined
}) {
  const { t } = useTranslation('console')
  const [whole, setWhole] = useState(false)
  const drawn = useGet(
    '/api/procedures/{procedure}',
    { params: { path: { procedure: procedure ?? '' } } },
    { enabled: procedure !== null },
  )
  if (procedure === null) {
    return (
      <Card title={t('path.title')}>
        <Empty says={t('path.none')} next={t('path.none-next')} />
      </Card>
    )
  }
  return (
    <Card
      title={t('path.title')}
      note={t(whole ? 'path.note-whole' : 'path.note')}
      right={
        <>
          <span className="seg">
            <button type="button" aria-pressed={!whole} onClick={() => setWhole(false)}>
              {t('path.own')}
            </button>
            <button type="button" aria-pressed={whole} onClick={() => setWhole(true)}>
              {t('path.all')}
            </button>
          </span>{' '}
          <Link to={`/console/list/procedures/${procedure}`}>{t('path.whole')}</Link>
        </>
      }
    >
      <Shown query={drawn}>
        {(body) => <Drawing one={one} diagram={body.diagram} steps={body.inOrder} whole={whole} zone={zone} />}
      </Shown>
      <Deviations one={one} />
    </Card>
  )
}

function Drawing({
  one,
  diagram,
  steps,
  whole,
  zone,
}: {
  readonly one: Case
  readonly diagram: FlowDiagram
  readonly steps: Parameters<typeof namedIn>[2]
  readonly whole: boolean
  readonly zone: string | undefined
}) {
  const { t, i18n } = useTranslation('console')
  const part = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // What deviates, or where the case stands, comes into view first.
    const marked = part.current?.querySelector('.f-node.red,.f-node.missing,.f-node.yellow,.f-node.now')
    if (!marked || !part.current) return
    const at = marked.getBoundingClientRect().left - part.current.getBoundingClientRect().left
    if (at > part.current.clientWidth - 120) part.current.scrollLeft += at - part.current.clientWidth / 2
  }, [diagram, whole])
  const told = (event: number) => {
    const logged = one.timeline[event]
    const note = logged?.happenedAt ? formatInstant(logged.happenedAt, zone).slice(5, 10) : ''
    return { activity: logged?.activity ?? '', note }
  }
  const deviations = one.deviations as unknown as Parameters<typeof paintOf>[2]
  const paint = paintOf(diagram, one.path, deviations, told, one.unfinished)
  const shown = whole ? diagram : fold(diagram, new Set(Object.keys(paint.nodes)))
  return (
    <ScrollPart ref={part} label={t('path.title')}>
      <Flow
        diagram={namedIn(i18n.language, shown, steps)}
        says={t('path.says', { count: one.deviations.length })}
        paint={paint}
      />
    </ScrollPart>
  )
}

function Deviations({ one }: { readonly one: Case }) {
  const { t, i18n } = useTranslation('console')
  if (one.deviations.length === 0) return null
  return (
    <ol className="deviations" aria-label={t('case.deviations')}>
      {one.deviations.map((deviation) => (
        <li key={deviation.says.zh}>
          <State tone={deviation.kind === 'order' || deviation.kind === 'skipped' ? 'red' : 'yellow'}>
            {inLanguage(deviation.says, i18n.language)}
          </State>
        </li>
      ))}
    </ol>
  )
}
