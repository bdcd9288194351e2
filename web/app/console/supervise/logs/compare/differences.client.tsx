import { useTranslation } from 'react-i18next'
import type { components } from '../../../../api/generated/schema.d.ts'
import { formatNumber, inLanguage } from '../../../../shared/format.ts'
import { State } from '../../../../shared/marks.tsx'
import { useElapsed } from '../../../ui/elapsed.client.ts'
import { type LocalColumn, LocalTable } from '../../../ui/local-table.client.tsx'
import { Card, Count } from '../../../ui/page.client.tsx'
import { withFilter } from '../filter/filter.client.ts'

type Comparison = components['schemas']['LogComparison']
type Difference = Comparison['differences'][number]

const tones = { sure: 'prompt', likely: 'none', unsure: 'none' } as const

/** What differs between two sides: what matters first, how sure it is, and the cases behind both numbers. */
export function Differences({
  log,
  body,
  a,
  b,
}: {
  readonly log: string
  readonly body: Comparison
  readonly a: string
  readonly b: string
}) {
  const { t, i18n } = useTranslation('analysis')
  const elapsed = useElapsed()
  const value = (side: Difference['a'], unit: Difference['unit']): string => {
    if (unit === 'seconds') return elapsed(side.value)
    if (unit === 'share') return `${(100 * side.value).toFixed(1)}%`
    return formatNumber(Math.round(side.value * 100) / 100, i18n.language)
  }
  const cell = (row: Difference, side: 'a' | 'b') => (
    <>
      <b>{value(row[side], row.unit)}</b>
      <br />
      <span className="sm">
        {row.opens && row[side].cases > 0 ? (
          <Count value={row[side].cases} to={withFilter(`/console/supervise/logs/${log}/cases`, row.opens[side])} />
        ) : (
          formatNumber(row[side].cases, i18n.language)
        )}{' '}
        {t('unit.cases')}
      </span>
    </>
  )
  const columns: readonly LocalColumn<Difference>[] = [
    {
      key: 'what',
      title: t('compare.what'),
      cell: (row) => (
        <>
          {inLanguage(row.says, i18n.language)} <span className="sm">{t(`compare.kind.${row.kind}`)}</span>
        </>
      ),
      csv: (row) => inLanguage(row.says, i18n.language),
      sort: (row) => row.kind,
    },
    {
      key: 'a',
      title: `${t('compare.a')} ${a}`,
      right: true,
      cell: (row) => cell(row, 'a'),
      csv: (row) => row.a.value,
    },
    {
      key: 'b',
      title: `${t('compare.b')} ${b}`,
      right: true,
      cell: (row) => cell(row, 'b'),
      csv: (row) => row.b.value,
    },
    {
      key: 'effect',
      title: t('compare.effect'),
      cell: (row) => <Effect row={row} />,
      csv: (row) => row.effect,
      sort: (row) => Math.abs(row.effect),
    },
    {
      key: 'sure',
      title: t('compare.sure'),
      cell: (row) => <State tone={tones[row.sure]}>{t(`compare.sureness.${row.sure}`)}</State>,
      csv: (row) => row.q,
      sort: (row) => row.q,
    },
  ]
  return (
    <Card
      title={t('compare.differences')}
      note={t('compare.differences-note', { count: body.compared })}
      flush
      foot={t(body.judgedBy === null ? 'compare.foot' : 'compare.foot-judged')}
    >
      <LocalTable
        name="comparison"
        caption={t('compare.differences')}
        columns={columns}
        rows={body.differences}
        rowKey={(row) => JSON.stringify([row.kind, row.activity, row.to, row.deviation])}
        find={(row) => inLanguage(row.says, i18n.language)}
        empty={t('compare.none')}
      />
    </Card>
  )
}

const size = { width: 120, height: 16 } as const

/** How large a difference is, from −1 to 1, with the bounds within which it surely lies. */
function Effect({ row }: { readonly row: Difference }) {
  const { t } = useTranslation('analysis')
  const x = (value: number) => Math.round(((value + 1) / 2) * (size.width - 4) * 10) / 10 + 2
  const says = t('compare.effect-says', {
    effect: row.effect.toFixed(2),
    low: row.low.toFixed(2),
    high: row.high.toFixed(2),
  })
  return (
    <span className="effect">
      <svg
        role="img"
        aria-label={says}
        width={size.width}
        height={size.height}
        viewBox={`0 0 ${size.width} ${size.height}`}
      >
        <path d={`M2 8H${size.width - 2}`} className="ch-grid" />
        <path d={`M${x(0)} 1v14`} className="ch-base" />
        <rect x={x(row.low)} y="5" width={Math.max(1, x(row.high) - x(row.low))} height="6" className="between" />
        <rect x={x(row.effect) - 1.5} y="1" width="3" height="14" className="tick" />
      </svg>
      <span className="sm">{row.effect.toFixed(2)}</span>
    </span>
  )
}
