import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/format.ts'
import { ScrollPart } from '../../../shared/scroll.tsx'
import { heatOf } from './scale.ts'

/** A row or column of a heat map. */
export interface HeatHead {
  readonly key: string
  readonly says: ReactNode
}

/** A heat map that is a table: every cell has its number in it, and colour only repeats what the number says. */
export function HeatTable({
  caption,
  corner,
  rows,
  columns,
  value,
  cell,
  total,
}: {
  readonly caption: string
  /** What the row heads are. */
  readonly corner: string
  readonly rows: readonly HeatHead[]
  readonly columns: readonly HeatHead[]
  readonly value: (row: string, column: string) => number
  /** How a cell's number reads; a plain number where not given. */
  readonly cell?: (row: string, column: string, value: number) => ReactNode
  /** The head of a last column with each row's sum. */
  readonly total?: string
}) {
  const { i18n } = useTranslation()
  const most = Math.max(0, ...rows.flatMap((row) => columns.map((column) => value(row.key, column.key))))
  return (
    <ScrollPart label={caption}>
      <table className="heat">
        <caption className="vh">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map((column) => (
              <th key={column.key} scope="col">
                {column.says}
              </th>
            ))}
            {total && <th scope="col">{total}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.says}</th>
              {columns.map((column) => {
                const count = value(row.key, column.key)
                return (
                  <td key={column.key} className={`h${heatOf(count, most)}`}>
                    {count === 0 ? <span className="vh">0</span> : (cell?.(row.key, column.key, count) ?? count)}
                  </td>
                )
              })}
              {total && (
                <td className="sum">
                  {formatNumber(
                    columns.reduce((sum, column) => sum + value(row.key, column.key), 0),
                    i18n.language,
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollPart>
  )
}
