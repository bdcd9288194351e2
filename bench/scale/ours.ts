// Reads one log and answers about it, from files or in memory: a process of its own, so that its peak is its own.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { caseDurations } from '../../src/core/eventlog/case-times.ts'
import { followsGraph } from '../../src/core/eventlog/graph.ts'
import { wholeLog } from '../../src/core/eventlog/log-view.ts'
import { openCases } from '../../src/core/eventlog/open-cases.ts'
import { variantsOf } from '../../src/core/eventlog/variants.ts'
import { isRefusal, type Refusal } from '../../src/core/refusal/refusal.ts'
import { zoneOf } from '../../src/core/worktime/zone.ts'
import { readEventFiles } from '../../src/kernel/event-files/event-files.ts'
import { openEventTable, openVariants } from '../../src/kernel/event-files/event-table.ts'
import { durationsOfCases } from '../../src/kernel/event-files/spreads.ts'
import { storedGraph } from '../../src/kernel/event-files/stored-graph.ts'
import { storedOpenCases, withEnds } from '../../src/kernel/event-files/stored-open-cases.ts'
import { variantsPage } from '../../src/kernel/event-files/stored-variants.ts'
import { olapLimits, openOlap } from '../../src/kernel/olap/olap.ts'
import { readLog } from '../../src/kernel/tables/read-log.ts'

const [how = '', path = '', folder = ''] = process.argv.slice(2)
const zone = zoneOf('Asia/Shanghai')
const stages: Record<string, number> = {}
let last = performance.now()
const stage = (name: string): void => {
  const now = performance.now()
  stages[name] = (now - last) / 1000
  last = now
}

function good<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(value.says.en)
  return value
}

async function fromFiles() {
  const olap = openOlap(olapLimits(folder))
  try {
    return await olap.use(async ({ engine }) => {
      const read = await readEventFiles(engine, path, join(folder, 'log'), { onOrdering: () => stage('read') })
      const { ordered } = good(read)
      stage('order')
      const files = [withEnds(ordered)]
      await openEventTable(engine, files)
      await openVariants(engine)
      const { total } = await variantsPage(engine, 100)
      stage('variants')
      const { edges } = await storedGraph(engine, files)
      stage('graph')
      const durations = await durationsOfCases(engine)
      stage('durations')
      const { rows } = await storedOpenCases(engine, files, zone, 'day')
      stage('open')
      const { caseCount: cases, eventCount: events } = ordered
      return { cases, events, variants: total, edges: edges.length, median: durations?.median, days: rows.length }
    })
  } finally {
    olap.close()
  }
}

async function inMemory() {
  const { log } = good(await readLog(path))
  stage('read')
  const { variants } = variantsOf(log)
  stage('variants')
  const view = wholeLog(log)
  const { edges } = followsGraph(view)
  stage('graph')
  const durations = caseDurations(view)
  stage('durations')
  const { rows } = openCases(view, zone, 'day')
  stage('open')
  const [cases, events] = [log.caseIds.length, log.row.length]
  return { cases, events, variants: variants.length, edges: edges.length, median: durations?.median, days: rows.length }
}

const found = how === 'files' ? await fromFiles() : await inMemory()
const { user, system } = process.cpuUsage()
const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024
const wall = Object.values(stages).reduce((sum, seconds) => sum + seconds, 0)
console.log(JSON.stringify({ found, stages, wall, cpu: (user + system) / 1e6, peak }))
