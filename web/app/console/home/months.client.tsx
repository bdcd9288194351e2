import { BarChart } from 'echarts/charts'
import { AriaComponent, GridComponent } from 'echarts/components'
import { init, registerTheme, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import theme from '../echarts-theme.json'

use([BarChart, GridComponent, AriaComponent, CanvasRenderer])
registerTheme('daylight', theme)

/** How many findings each month raised, drawn, with the same numbers as a table for who does not see the drawing. */
export function MonthChart({ rows }: { readonly rows: readonly { readonly key: string; readonly n: number }[] }) {
  const { t } = useTranslation('console')
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!place.current) return
    const chart = init(place.current, 'daylight')
    chart.setOption({
      animation: false,
      grid: { left: 4, right: 8, top: 18, bottom: 4, containLabel: true },
      xAxis: { type: 'category', data: rows.map((row) => row.key.slice(2)) },
      yAxis: { type: 'value', min: 0, minInterval: 1 },
      series: [
        { type: 'bar', data: rows.map((row) => row.n), barMaxWidth: 28, label: { show: true, position: 'top' } },
      ],
    })
    const follow = new ResizeObserver(() => chart.resize())
    follow.observe(place.current)
    return () => {
      follow.disconnect()
      chart.dispose()
    }
  }, [rows])
  return (
    <>
      <div ref={place} className="months" aria-hidden="true" />
      <table className="vh">
        <caption>{t('home.months')}</caption>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.key}</th>
              <td>{row.n}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
