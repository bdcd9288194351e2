import { Dropdown } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useSearchParams } from 'react-router'
import { formatNumber } from '../../shared/format.ts'
import { Icon } from '../../shared/icons.tsx'
import { ScrollPart } from '../../shared/scroll.tsx'
import { saveCsv } from './csv.client.ts'
import { Empty } from './page.client.tsx'

/** A column: how a cell reads, and what the export writes for it. Numbers stand right, with their unit in the title. */
export interface Column<Row> {
  readonly key: string
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  readonly csv: (row: Row) => string | number | null
  readonly right?: boolean
  /** Shown only when chosen. */
  readonly extra?: boolean
}

/** A page of rows as the API gives it: `total` is what the filters match over all pages. */
export interface RowPage<Row> {
  readonly rows: readonly Row[]
  readonly total: number
  readonly next: string | null
}

const densities = ['tight', 'middle', 'loose'] as const
type Density = (typeof densities)[number]

/** Reads a setting of this machine; what is not known counts as not set. */
function kept<T extends string>(key: string, known: readonly T[], otherwise: T): T {
  const value = localStorage.getItem(key)
  return known.find((item) => item === value) ?? otherwise
}

/** A list of the server's rows: density, columns, export of the filtered rows, and keyset pages in the address. */
export function DataTable<Row>({
  name,
  caption,
  columns,
  page,
  rowKey,
  all,
  empty,
}: {
  /** Names the table in the export's file name and in the settings kept. */
  readonly name: string
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly page: RowPage<Row>
  readonly rowKey: (row: Row) => string
  /** Fetches a page of the same filters, for the export. */
  readonly all: (cursor: string | undefined) => Promise<RowPage<Row>>
  readonly empty: ReactNode
}) {
  const { t, i18n } = useTranslation('console')
  const [density, setDensity] = useState<Density>(() => kept('daylight.density', densities, 'middle'))
  const [hidden, setHidden] = useState<ReadonlySet<string>>(
    () => new Set(columns.filter((column) => column.extra).map((column) => column.key)),
  )
  const shown = columns.filter((column) => !hidden.has(column.key))
  const choose = (next: Density) => {
    localStorage.setItem('daylight.density', next)
    setDensity(next)
  }
  const toggle = (key: string) => {
    const next = new Set(hidden)
    if (!next.delete(key)) next.add(key)
    setHidden(next)
  }
  if (page.total === 0) return <Empty says={t('table.none')} next={empty} />
  return (
    <>
      <div className="tools">
        <span role="status">
          {t('table.total', { count: page.total, shown: formatNumber(page.total, i18n.language) })}
        </span>
        <span className="r">
          <fieldset className="seg">
            <legend className="vh">{t('table.density')}</legend>
            {densities.map((item) => (
              <button key={item} type="button" aria-pressed={item === density} onClick={() => choose(item)}>
                {t(`table.${item}`)}
              </button>
            ))}
          </fieldset>
          <Dropdown
            trigger={['click']}
            menu={{
              selectable: true,
              multiple: true,
              selectedKeys: shown.map((column) => column.key),
              items: columns.map((column) => ({ key: column.key, label: column.title })),
              onClick: ({ key }) => toggle(key),
            }}
          >
            <button type="button" className="btn b3 small">
              {t('table.columns', { shown: shown.length, all: columns.length })}
            </button>
          </Dropdown>
          <ExportButton name={name} columns={columns} all={all} total={page.total} />
        </span>
      </div>
      <ScrollPart label={caption}>
        <table className={`data ${density}`}>
          <caption className="vh">{caption}</caption>
          <thead>
            <tr>
              {shown.map((column) => (
                <th key={column.key} scope="col" className={column.right ? 'r' : undefined}>
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {page.rows.map((row) => (
              <tr key={rowKey(row)}>
                {shown.map((column) => (
                  <td key={column.key} className={column.right ? 'r' : undefined}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPart>
      <Pager next={page.next} />
    </>
  )
}

function Pager({ next }: { readonly next: string | null }) {
  const { t } = useTranslation('console')
  const [params] = useSearchParams()
  const { pathname } = useLocation()
  const to = (cursor: string | null) => {
    const query = new URLSearchParams(params)
    if (cursor === null) query.delete('cursor')
    else query.set('cursor', cursor)
    return `${pathname}?${query}`
  }
  if (next === null && !params.has('cursor')) return null
  return (
    <nav className="pager" aria-label={t('table.pages')}>
      {params.has('cursor') && <Link to={to(null)}>{t('table.first')}</Link>}
      {next !== null && <Link to={to(next)}>{t('table.next')}</Link>}
    </nav>
  )
}

/** More rows than this are not given without narrowing the filters. */
const exportLimit = 10_000

function ExportButton<Row>({
  name,
  columns,
  all,
  total,
}: Pick<Parameters<typeof DataTable<Row>>[0], 'name' | 'columns' | 'all'> & { readonly total: number }) {
  const { t } = useTranslation('console')
  const [state, setState] = useState<'idle' | 'running' | 'failed' | 'too-many'>('idle')
  const run = async () => {
    if (total > exportLimit) return setState('too-many')
    setState('running')
    try {
      const rows: Row[] = []
      let cursor: string | undefined
      do {
        const page = await all(cursor)
        rows.push(...page.rows)
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
      saveCsv(
        name,
        columns.map((column) => column.title),
        rows.map((row) => columns.map((column) => column.csv(row))),
      )
      setState('idle')
    } catch {
      setState('failed')
    }
  }
  return (
    <>
      <button type="button" className="btn b3 small" onClick={run} disabled={state === 'running'}>
        <Icon name="download" />
        {t(state === 'running' ? 'table.exporting' : 'table.export')}
      </button>
      {state === 'failed' && <span role="alert">{t('table.export-failed')}</span>}
      {state === 'too-many' && <span role="alert">{t('table.export-too-many', { limit: exportLimit })}</span>}
    </>
  )
}
