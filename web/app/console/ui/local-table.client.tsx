import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../shared/format.ts'
import { Icon } from '../../shared/icons.tsx'
import { ScrollPart } from '../../shared/scroll.tsx'
import { saveCsv } from './csv.client.ts'
import { Empty } from './page.client.tsx'
import type { Column } from './table.client.tsx'

/** A column of a table whose rows are all here: it sorts by what `sort` gives, the missing always last. */
export interface LocalColumn<Row> extends Column<Row> {
  readonly sort?: (row: Row) => string | number | null
}

/** A table of rows that have all arrived: find, sort, show more, export what is found. */
export function LocalTable<Row>({
  name,
  caption,
  columns,
  rows,
  rowKey,
  empty,
  find,
  first = 20,
  picked,
}: {
  /** Names the file of the export. */
  readonly name: string
  readonly caption: string
  readonly columns: readonly LocalColumn<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly empty: ReactNode
  /** The text in which a search looks; without it there is no search. */
  readonly find?: (row: Row) => string
  /** So many rows are shown before all are asked for. */
  readonly first?: number
  readonly picked?: (row: Row) => boolean
}) {
  const { t, i18n } = useTranslation('console')
  const [order, setOrder] = useState<{ readonly key: string; readonly down: boolean } | null>(null)
  const [wanted, setWanted] = useState('')
  const [all, setAll] = useState(false)
  if (rows.length === 0) return <Empty says={t('table.none')} next={empty} />
  const words = wanted.trim().toLowerCase()
  const found = words === '' || !find ? rows : rows.filter((row) => find(row).toLowerCase().includes(words))
  const sorted = sortRows(found, columns.find(({ key }) => key === order?.key)?.sort, order?.down ?? false)
  const shown = all ? sorted : sorted.slice(0, first)
  return (
    <>
      <div className="tools">
        {find && (
          <label className="find">
            {t('table.find')} <input type="search" value={wanted} onChange={(event) => setWanted(event.target.value)} />
          </label>
        )}
        <span role="status">
          {t('table.total', { count: found.length, shown: formatNumber(found.length, i18n.language) })}
        </span>
        <span className="r">
          <button
            type="button"
            className="btn b3 small"
            onClick={() =>
              saveCsv(
                name,
                columns.map((column) => column.title),
                sorted.map((row) => columns.map((column) => column.csv(row))),
              )
            }
          >
            <Icon name="download" />
            {t('table.export')}
          </button>
        </span>
      </div>
      <ScrollPart label={caption}>
        <table className="data middle">
          <caption className="vh">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <Head
                  key={column.key}
                  column={column}
                  order={order?.key === column.key ? (order.down ? 'descending' : 'ascending') : 'none'}
                  turn={() => setOrder(next(order, column.key, column.right === true))}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={rowKey(row)} className={picked?.(row) ? 'sel' : undefined}>
                {columns.map((column) => (
                  <td key={column.key} className={column.right ? 'r' : undefined}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPart>
      {sorted.length > first && (
        <p className="pager">
          <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
            {all
              ? t('table.fewer', { count: first })
              : t('table.all', { count: sorted.length, shown: formatNumber(sorted.length, i18n.language) })}
          </button>
        </p>
      )}
    </>
  )
}

type Order = { readonly key: string; readonly down: boolean } | null

/** Numbers begin with the greatest, texts with the first; a third press gives the given order back. */
function next(order: Order, key: string, number: boolean): Order {
  if (order?.key !== key) return { key, down: number }
  return order.down === number ? { key, down: !number } : null
}

function sortRows<Row>(rows: readonly Row[], by: LocalColumn<Row>['sort'], down: boolean): readonly Row[] {
  if (!by) return rows
  return rows.toSorted((a, b) => {
    const [x, y] = [by(a), by(b)]
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y))
    return down ? -order : order
  })
}

function Head<Row>({
  column,
  order,
  turn,
}: {
  readonly column: LocalColumn<Row>
  readonly order: 'ascending' | 'descending' | 'none'
  readonly turn: () => void
}) {
  const className = column.right ? 'r' : undefined
  if (!column.sort) {
    return (
      <th scope="col" className={className}>
        {column.title}
      </th>
    )
  }
  return (
    <th scope="col" className={className} aria-sort={order}>
      <button type="button" className="sort" onClick={turn}>
        {column.title}
        <span aria-hidden="true">{order === 'none' ? '↕' : order === 'descending' ? '↓' : '↑'}</span>
      </button>
    </th>
  )
}
