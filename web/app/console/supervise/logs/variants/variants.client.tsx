import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import type { components } from '../../../../api/generated/schema.d.ts'
import { formatNumber, formatShare } from '../../../../shared/format.ts'
import { useGet } from '../../../api.client.ts'
import { useElapsed } from '../../../ui/elapsed.client.ts'
import { type LocalColumn, LocalTable } from '../../../ui/local-table.client.tsx'
import { Card } from '../../../ui/page.client.tsx'
import { Shown } from '../../../ui/query.client.tsx'
import { useLogFilter, withFilter } from '../filter/filter.client.ts'
import { narrow } from '../filter/narrow.ts'
import { LogFrame } from '../frame.client.tsx'
import { Opens } from '../opens.client.tsx'
import { useJudgedBy } from '../procedure.client.ts'
import { useJudged } from './judged.client.ts'
import { Way, WayState } from './way.client.tsx'

type LogDetail = components['schemas']['LogDetail']
type Variants = components['schemas']['LogVariants']
type Variant = Variants['rows'][number]

/** The ways that the cases of a log went: which, how often, how long, and how each keeps to the procedure. */
export function VariantsView() {
  const { id = '' } = useParams()
  const log = useGet('/api/logs/{id}', { params: { path: { id } } })
  return <Shown query={log}>{(detail) => <VariantsPage log={detail} />}</Shown>
}

const most = 500

function VariantsPage({ log }: { readonly log: LogDetail }) {
  const { t, i18n } = useTranslation('analysis')
  const [params] = useSearchParams()
  const { text } = useLogFilter()
  const cursor = params.get('cursor') ?? undefined
  const variants = useGet('/api/logs/{id}/analysis/variants', {
    params: { path: { id: log.id }, query: { filter: text, limit: most, cursor } },
  })
  const number = (value: number) => formatNumber(value, i18n.language)
  const top = variants.data?.rows.slice(0, 10)
  const title =
    variants.data && top && cursor === undefined
      ? t('variants.title', {
          count: variants.data.total,
          shown: number(variants.data.total),
          top: top.length,
          share: formatShare(
            top.reduce((sum, { cases }) => sum + cases, 0),
            variants.data.cases,
          ),
        })
      : t('tab.variants')
  return (
    <LogFrame log={log} title={title} tab="variants">
      <Shown query={variants}>{(body) => <Rows log={log} body={body} />}</Shown>
    </LogFrame>
  )
}

function Rows({ log, body }: { readonly log: LogDetail; readonly body: Variants }) {
  const { t, i18n } = useTranslation('analysis')
  const elapsed = useElapsed()
  const { filter } = useLogFilter()
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const names = useJudgedBy(log)
  const { procedure } = names
  const judged = useJudged(
    log.id,
    procedure,
    body.rows.map(({ variant }) => variant),
  )
  const base = `/console/supervise/logs/${log.id}`
  const toggle = (variant: string) => {
    const next = new Set(picked)
    if (!next.delete(variant)) next.add(variant)
    setPicked(next)
  }
  const chosen = narrow(filter, { variant: [...picked] })
  const columns: readonly LocalColumn<Variant>[] = [
    {
      key: 'rank',
      title: t('variant.rank'),
      cell: (row) => (
        <span className="pick">
          <input
            type="checkbox"
            aria-label={t('variant.pick', { rank: row.rank })}
            checked={picked.has(row.variant)}
            onChange={() => toggle(row.variant)}
          />
          <Link to={withFilter(`${base}/variants/${row.variant}`, filter)} data-row-link>
            {t('variant.name', { rank: row.rank })}
          </Link>
        </span>
      ),
      csv: (row) => row.rank,
      sort: (row) => row.rank,
    },
    {
      key: 'way',
      title: t('variant.way'),
      cell: (row) => <Way activities={row.activities} judged={judged.get(row.variant)} names={names} most={14} />,
      csv: (row) => row.activities.join(' → '),
    },
    {
      key: 'cases',
      title: t('figure.cases'),
      right: true,
      cell: (row) => <Opens log={log.id} cases={row.cases} where={{ variant: [row.variant] }} />,
      csv: (row) => row.cases,
      sort: (row) => row.cases,
    },
    {
      key: 'share',
      title: t('variant.share'),
      right: true,
      cell: (row) => formatShare(row.cases, body.cases),
      csv: (row) => row.share,
    },
    {
      key: 'cumulative',
      title: t('variant.cumulative'),
      right: true,
      cell: (row) => `${(100 * row.cumulative).toFixed(1)}%`,
      csv: (row) => row.cumulative,
    },
    {
      key: 'median',
      title: t('figure.median'),
      right: true,
      cell: (row) => elapsed(row.duration?.median),
      csv: (row) => row.duration?.median ?? null,
      sort: (row) => row.duration?.median ?? null,
    },
    {
      key: 'p90',
      title: t('figure.p90'),
      right: true,
      cell: (row) => elapsed(row.duration?.p90),
      csv: (row) => row.duration?.p90 ?? null,
      sort: (row) => row.duration?.p90 ?? null,
    },
    {
      key: 'judged',
      title: t('variant.judged'),
      cell: (row) => <WayState judged={judged.get(row.variant)} />,
      csv: (row) => {
        const fits = judged.get(row.variant)?.fits
        return fits === undefined || fits === null ? null : String(fits)
      },
      sort: (row) => judged.get(row.variant)?.cost ?? null,
    },
  ]
  return (
    <Card
      title={t('tab.variants')}
      note={t('variants.note')}
      flush
      foot={procedure === undefined ? t('variants.not-judged') : t('variants.foot')}
    >
      {picked.size > 0 && chosen && (
        <p className="picked" role="status">
          {t('variants.picked', { count: picked.size })}{' '}
          <Link className="btn b2 small" to={withFilter(`${base}/map`, chosen)}>
            {t('variants.picked-map')}
          </Link>{' '}
          <Link className="btn b2 small" to={withFilter(`${base}/cases`, chosen)}>
            {t('variants.picked-cases')}
          </Link>{' '}
          <button type="button" className="link" onClick={() => setPicked(new Set())}>
            {t('variants.picked-none')}
          </button>
        </p>
      )}
      <LocalTable
        name="variants"
        caption={t('tab.variants')}
        columns={columns}
        rows={body.rows}
        rowKey={(row) => row.variant}
        find={(row) => row.activities.join(' ')}
        picked={(row) => picked.has(row.variant)}
        empty={t('variants.empty')}
      />
      <More
        total={body.total}
        shown={body.rows.length}
        next={body.next}
        number={(n) => formatNumber(n, i18n.language)}
      />
    </Card>
  )
}

/** Beyond what one request gives, the next ones are a press away. */
function More({
  total,
  shown,
  next,
  number,
}: {
  readonly total: number
  readonly shown: number
  readonly next: string | null
  readonly number: (value: number) => string
}) {
  const { t } = useTranslation('analysis')
  const [params] = useSearchParams()
  const to = (cursor: string | null) => {
    const query = new URLSearchParams(params)
    if (cursor === null) query.delete('cursor')
    else query.set('cursor', cursor)
    return `?${query}`
  }
  if (next === null && !params.has('cursor')) return null
  return (
    <nav className="pager" aria-label={t('console:table.pages')}>
      <span>{t('variants.part', { shown: number(shown), total: number(total) })}</span>
      {params.has('cursor') && <Link to={to(null)}>{t('console:table.first')}</Link>}
      {next !== null && <Link to={to(next)}>{t('console:table.next')}</Link>}
    </nav>
  )
}
