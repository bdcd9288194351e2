import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ScrollPart } from '../../../../shared/scroll.tsx'

/** The numbers of a chart as a table, one press away: the equal alternative for who does not see the drawing. */
export function ChartTable({
  caption,
  heads,
  rows,
}: {
  readonly caption: string
  readonly heads: readonly string[]
  readonly rows: readonly (readonly ReactNode[])[]
}) {
  const { t } = useTranslation('analysis')
  return (
    <details className="chart-table">
      <summary>{t('chart.table', { count: rows.length })}</summary>
      <ScrollPart label={caption}>
        <table>
          <caption className="vh">{caption}</caption>
          <thead>
            <tr>
              {heads.map((head, at) => (
                <th key={head} scope="col" className={at > 0 ? 'r' : undefined}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                {row.map((cell, column) => (
                  <td key={heads[column]} className={column > 0 ? 'r' : undefined}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPart>
    </details>
  )
}
