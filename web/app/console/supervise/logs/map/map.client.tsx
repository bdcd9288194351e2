import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { components } from '../../../../api/generated/schema.d.ts'
import { formatNumber } from '../../../../shared/format.ts'
import { ScrollPart } from '../../../../shared/scroll.tsx'
import { useGet } from '../../../api.client.ts'
import { useElapsed } from '../../../ui/elapsed.client.ts'
import { type LocalColumn, LocalTable } from '../../../ui/local-table.client.tsx'
import { Card } from '../../../ui/page.client.tsx'
import { Shown } from '../../../ui/query.client.tsx'
import { useLogFilter } from '../filter/filter.client.ts'
import { LogFrame } from '../frame.client.tsx'
import { Opens } from '../opens.client.tsx'
import { useActivityName } from '../procedure.client.ts'
import { cut } from './cut.ts'
import { GraphDrawing, type Measure, measures } from './graph.client.tsx'
import { Intervals } from './intervals.client.tsx'

type Graph = components['schemas']['LogGraph']
type Edge = Graph['edges'][number]

/** Which step directly follows which, drawn, and the same as a table. */
export function MapView() {
  const { id = '' } = useParams()
  const { text } = useLogFilter()
  const { t, i18n } = useTranslation('analysis')
  const log = useGet('/api/logs/{id}', { params: { path: { id } } })
  const graph = useGet('/api/logs/{id}/analysis/graph', { params: { path: { id }, query: { filter: text } } })
  const number = (value: number) => formatNumber(value, i18n.language)
  return (
    <Shown query={log}>
      {(detail) => (
        <LogFrame
          log={detail}
          tab="map"
          title={
            graph.data
              ? t('graph.title', { steps: number(graph.data.allNodes), edges: number(graph.data.allEdges) })
              : t('tab.map')
          }
        >
          <Shown query={graph}>
            {(body) => (
              <div className="stack">
                <GraphCard log={id} graph={body} />
                <EdgeTable log={id} graph={body} />
                <NodeTable log={id} graph={body} />
                <Intervals log={id} />
              </div>
            )}
          </Shown>
        </LogFrame>
      )}
    </Shown>
  )
}

/** A drawing of more than these edges is a tangle; the rest is a slider away. */
const readable = 36

/** The drawing with its sliders: how many steps, how many of their successions, and what these tell. */
export function GraphCard({
  log,
  graph,
  printed = false,
}: {
  readonly log: string
  readonly graph: Graph
  readonly printed?: boolean
}) {
  const { t } = useTranslation('analysis')
  const [measure, setMeasure] = useState<Measure>('count')
  const [steps, setSteps] = useState(Math.min(graph.nodes.length, 18))
  const [ways, setWays] = useState(Math.min(graph.edges.length, readable))
  const drawn = cut(graph.nodes, graph.edges, { steps, ways })
  const said = t('graph.drawn', { steps: drawn.nodes.length, edges: drawn.edges.length, of: drawn.of })
  return (
    <Card
      title={t('graph.card')}
      note={said}
      right={
        !printed && (
          <span className="seg">
            {measures.map((one) => (
              <button key={one} type="button" aria-pressed={one === measure} onClick={() => setMeasure(one)}>
                {t(`graph.measure.${one}`)}
              </button>
            ))}
          </span>
        )
      }
      foot={t('graph.foot')}
    >
      {!printed && (
        <div className="sliders">
          <label>
            {t('graph.steps', { count: steps, all: graph.allNodes })}
            <input
              type="range"
              min="1"
              max={graph.nodes.length}
              value={steps}
              onChange={({ target }) => setSteps(Number(target.value))}
            />
          </label>
          <label>
            {t('graph.ways', { count: ways, all: graph.allEdges })}
            <input
              type="range"
              min="0"
              max={Math.min(graph.edges.length, 200)}
              value={ways}
              onChange={({ target }) => setWays(Number(target.value))}
            />
          </label>
        </div>
      )}
      <ScrollPart label={t('graph.card')}>
        <GraphDrawing log={log} nodes={drawn.nodes} edges={drawn.edges} measure={measure} says={said} />
      </ScrollPart>
    </Card>
  )
}

/** The same graph as a table: what the drawing shows, and what it leaves out. */
function EdgeTable({ log, graph }: { readonly log: string; readonly graph: Graph }) {
  const { t, i18n } = useTranslation('analysis')
  const elapsed = useElapsed()
  const activityName = useActivityName(log)
  const time = (key: 'mean' | 'median' | 'p90' | 'max', title: string): LocalColumn<Edge> => ({
    key,
    title,
    right: true,
    cell: ({ duration }) => elapsed(duration?.[key]),
    csv: ({ duration }) => duration?.[key] ?? null,
    sort: ({ duration }) => duration?.[key] ?? null,
  })
  const columns: readonly LocalColumn<Edge>[] = [
    {
      key: 'from',
      title: t('graph.from'),
      cell: ({ from }) => activityName(from),
      csv: ({ from }) => from,
      sort: ({ from }) => from,
    },
    { key: 'to', title: t('graph.to'), cell: ({ to }) => activityName(to), csv: ({ to }) => to, sort: ({ to }) => to },
    {
      key: 'count',
      title: t('graph.measure.count'),
      right: true,
      cell: ({ count }) => formatNumber(count, i18n.language),
      csv: ({ count }) => count,
      sort: ({ count }) => count,
    },
    {
      key: 'cases',
      title: t('figure.cases'),
      right: true,
      cell: ({ from, to, cases }) => (
        <Opens log={log} cases={cases} where={{ follows: [{ from, to, how: 'directly' }] }} />
      ),
      csv: ({ cases }) => cases,
      sort: ({ cases }) => cases,
    },
    time('median', t('figure.median')),
    time('mean', t('figure.mean')),
    time('p90', t('figure.p90')),
    time('max', t('figure.max')),
  ]
  return (
    <Card
      title={t('graph.edges')}
      note={t('graph.edges-note')}
      flush
      foot={graph.edges.length < graph.allEdges && t('graph.shortened', { count: graph.edges.length })}
    >
      <LocalTable
        name="follows"
        caption={t('graph.edges')}
        columns={columns}
        rows={graph.edges}
        rowKey={({ from, to }) => JSON.stringify([from, to])}
        find={({ from, to }) => `${from} ${to}`}
        empty={t('graph.none')}
      />
    </Card>
  )
}

/** The steps: how often, in how many cases, at how many beginnings and ends. */
function NodeTable({ log, graph }: { readonly log: string; readonly graph: Graph }) {
  const { t, i18n } = useTranslation('analysis')
  const activityName = useActivityName(log)
  type Step = Graph['nodes'][number]
  const opens = (
    key: 'cases' | 'starts' | 'ends',
    title: string,
    where: (step: string) => object,
  ): LocalColumn<Step> => ({
    key,
    title,
    right: true,
    cell: (step) => <Opens log={log} cases={step[key]} where={where(step.activity)} />,
    csv: (step) => step[key],
    sort: (step) => step[key],
  })
  const columns: readonly LocalColumn<Step>[] = [
    {
      key: 'step',
      title: t('graph.step'),
      cell: ({ activity }) => activityName(activity),
      csv: ({ activity }) => activity,
      sort: ({ activity }) => activity,
    },
    {
      key: 'events',
      title: t('figure.events'),
      right: true,
      cell: ({ events }) => formatNumber(events, i18n.language),
      csv: ({ events }) => events,
      sort: ({ events }) => events,
    },
    opens('cases', t('figure.cases'), (step) => ({ contains: [step] })),
    opens('starts', t('graph.starts'), (step) => ({ startsWith: [step] })),
    opens('ends', t('graph.ends-with'), (step) => ({ endsWith: [step] })),
  ]
  return (
    <Card title={t('graph.nodes')} flush>
      <LocalTable
        name="steps"
        caption={t('graph.nodes')}
        columns={columns}
        rows={graph.nodes}
        rowKey={({ activity }) => activity}
        find={({ activity }) => activity}
        empty={t('graph.none')}
      />
    </Card>
  )
}
