// `npm run bench -- logs`: analyses, token replay and discovery against PM4Py in the same run; writes bench/results/logs.md and .json.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { machine } from './import/inputs.ts'
import { type AnalysisInput, analysisInputs, referenceLogs } from './logs/inputs.ts'

const run = promisify(execFile)
const here = import.meta.dirname
/** Rounds of Daylight, of which the one in the middle by CPU time counts; PM4Py runs once. */
const ROUNDS = 3
const REPLAYED = 430_000

interface Time {
  readonly wall: number
  readonly cpu: number
}

interface Analysed {
  readonly cases: number
  readonly events: number
  readonly read: Time
  readonly analysed: Time
  readonly temporal: Time
  readonly counts: Readonly<Record<string, number>>
  readonly means: Readonly<Record<string, number>>
  readonly version?: string
}

interface Replayed extends Time {
  readonly cases: number
  readonly events: number
  readonly missing: number
  readonly remaining: number
  readonly consumed: number
  readonly produced: number
}

interface Quality {
  readonly fitness: number | null
  readonly precision: number | null
}

interface Discovered extends Time {
  readonly cases: number
  readonly nodes: number
  readonly quality: Quality
  readonly peerQuality: Quality | null
}

interface Pair<Ours, Peer = Ours> {
  readonly name: string
  readonly ours: Ours
  readonly peer: Peer | null
}

/** The Python that `bench/peers/pm4py/install.sh` made, or the one that `PM4PY_PYTHON` names. */
function peerPython(): string | null {
  const places = [process.env.PM4PY_PYTHON, join(here, 'peers/pm4py/.venv/bin/python')]
  return places.find((path) => path !== undefined && existsSync(path)) ?? null
}

const python = peerPython()

async function once<Answer>(command: string, words: readonly string[]): Promise<Answer> {
  const { stdout } = await run(command, [...words], { maxBuffer: 1 << 26 })
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Answer
}

const ours = <Answer>(file: string, ...words: string[]): Promise<Answer> =>
  once<Answer>(process.execPath, [join(here, 'logs', file), ...words])
const peer = async <Answer>(file: string, ...words: string[]): Promise<Answer | null> =>
  python === null ? null : await once<Answer>(python, [join(here, 'peers/pm4py', file), ...words])

async function middle<Answer>(cpu: (answer: Answer) => number, round: () => Promise<Answer>): Promise<Answer> {
  const answers: Answer[] = []
  for (let k = 0; k < ROUNDS; k++) answers.push(await round())
  return answers.sort((a, b) => cpu(a) - cpu(b))[Math.floor(ROUNDS / 2)] as Answer
}

/** Both must have found the same, or the times compare nothing. */
function checkSame(name: string, a: Analysed, b: Analysed): void {
  const counts = JSON.stringify(a.counts) === JSON.stringify(b.counts) && a.events === b.events && a.cases === b.cases
  const near = Object.entries(a.means).every(([key, value]) => {
    const other = b.means[key] ?? Number.NaN
    return Math.abs(value - other) <= 1e-6 * Math.max(1, Math.abs(other))
  })
  if (!counts || !near)
    throw new Error(
      `${name}: ${JSON.stringify([a.counts, a.means])} here, ${JSON.stringify([b.counts, b.means])} by PM4Py`,
    )
}

async function analyse({ name, path, kind, columns }: AnalysisInput): Promise<Pair<Analysed>> {
  const mine = await middle(
    ({ analysed, temporal }) => analysed.cpu + temporal.cpu,
    () => ours<Analysed>('ours-analyse.ts', path),
  )
  const theirs = await peer<Analysed>('analyse_log.py', path, kind, JSON.stringify(columns))
  if (theirs !== null) checkSame(name, mine, theirs)
  return { name, ours: mine, peer: theirs }
}

async function replay(name: string, log: string, net: string, columns?: object): Promise<Pair<Replayed>> {
  const mine = await middle(
    ({ cpu }) => cpu,
    () => ours<Replayed>('ours-replay.ts', log, net, String(REPLAYED)),
  )
  const told = columns === undefined ? [] : [JSON.stringify(columns)]
  const theirs = await peer<Replayed>('replay.py', log, net, String(REPLAYED), ...told)
  const totals = ({ missing, remaining, consumed, produced }: Replayed) =>
    [missing, remaining, consumed, produced].join(' ')
  if (theirs !== null && totals(mine) !== totals(theirs)) {
    throw new Error(`${name}: replay adds up to ${totals(mine)} here and to ${totals(theirs)} by PM4Py`)
  }
  return { name, ours: mine, peer: theirs }
}

async function discover(
  name: string,
  log: string,
  noise: number,
  folder: string,
  columns?: object,
): Promise<Pair<Discovered, Time>> {
  const net = join(folder, 'peer.pnml')
  const told = columns === undefined ? [] : [JSON.stringify(columns)]
  const theirs = await peer<Time>('discover.py', log, String(noise), net, ...told)
  const mine = await ours<Discovered>('ours-discover.ts', log, String(noise), ...(theirs === null ? [] : [net]))
  return { name: `${name}, noise ${noise}`, ours: mine, peer: theirs }
}

const number = (value: number): string => Math.round(value).toLocaleString('en')
const seconds = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(3))
const ratio = (mine: Time, theirs: Time | undefined): string =>
  theirs === undefined ? '–' : `${(theirs.cpu / mine.cpu).toFixed(1)} ×`
const share = (value: number | null | undefined): string => (value == null ? '–' : value.toFixed(3))

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const timeHead = ['CPU s', 'wall s', 'PM4Py CPU s', 'CPU ratio']
const times = (mine: Time, theirs: Time | undefined): string[] => [
  seconds(mine.cpu),
  seconds(mine.wall),
  seconds(theirs?.cpu),
  ratio(mine, theirs),
]

const analysisRows = (pairs: readonly Pair<Analysed>[]): string[][] =>
  pairs.flatMap(({ name, ours: mine, peer: theirs }) => [
    [name, number(mine.events), 'reading', ...times(mine.read, theirs?.read)],
    ['', '', 'variants, graph, durations', ...times(mine.analysed, theirs?.analysed)],
    ['', '', 'temporal profile and deviations', ...times(mine.temporal, theirs?.temporal)],
  ])

const replayRows = (pairs: readonly Pair<Replayed>[]): string[][] =>
  pairs.map(({ name, ours: mine, peer: theirs }) => [
    name,
    number(mine.cases),
    number(mine.events),
    ...times(mine, theirs ?? undefined),
    theirs === null ? '–' : 'equal',
  ])

const discoveryRows = (pairs: readonly Pair<Discovered, Time>[]): string[][] =>
  pairs.map(({ name, ours: mine, peer: theirs }) => [
    name,
    ...times(mine, theirs ?? undefined),
    share(mine.quality.fitness),
    share(mine.peerQuality?.fitness),
    share(mine.quality.precision),
    share(mine.peerQuality?.precision),
  ])

const folder = await mkdtemp(join(tmpdir(), 'daylight-bench-logs-'))
const load = loadavg()[0] ?? 0
try {
  if (python === null) console.log('PM4Py is not installed (bench/peers/pm4py/install.sh): measuring Daylight alone.')
  const data = referenceLogs()
  if (data === null) console.log('The reference logs are not beside this checkout (../shared/data): a made log alone.')
  const said = <Answer>(found: Pair<Answer, unknown>): void => console.log(`measured: ${found.name}`)

  const analyses: Pair<Analysed>[] = []
  for (const input of await analysisInputs(folder)) {
    const found = await analyse(input)
    analyses.push(found)
    said(found)
  }
  const replays: Pair<Replayed>[] = []
  const discoveries: Pair<Discovered, Time>[] = []
  if (data !== null) {
    const fines = join(data, 'eventlogs/traffic_fines_10k.csv.gz')
    const alpha = join(data, 'conformance/roadtraffic100/models/alpha.pnml')
    const columns = { case_id: 'case_id', activity_key: 'activity', timestamp_key: 'timestamp' }
    const permits = { case_id: 'case:concept:name', activity_key: 'concept:name', timestamp_key: 'time:timestamp' }
    for (const asked of [
      () => replay('traffic fines by an alpha net', fines, alpha, columns),
      () => replay('traffic fines by the normative net', fines, join(data, 'eventlogs/roadtraffic.pnml'), columns),
    ]) {
      const found = await asked()
      replays.push(found)
      said(found)
    }
    const receipt = join(data, 'eventlogs/receipt.csv')
    const payments = join(data, 'eventlogs/RequestForPayment.xes.gz')
    for (const noise of [0, 0.2]) {
      for (const asked of [
        () => discover('receipt', receipt, noise, folder, permits),
        () => discover('requests for payment', payments, noise, folder),
      ]) {
        const found = await asked()
        discoveries.push(found)
        said(found)
      }
    }
  }

  const version = analyses.find(({ peer: theirs }) => theirs !== null)?.peer?.version
  const parts = [
    '# Analyses of logs',
    table(['log', 'events', 'what', ...timeHead], analysisRows(analyses)),
    'Each from the loaded columns, the first time that it runs in its process, in one thread. Both sides found the same numbers: variants, edges, pairs, deviations, means and standard deviations.',
    ...(replays.length === 0
      ? []
      : [
          '## Token replay',
          table(['log and net', 'cases', 'events', ...timeHead, 'token counts'], replayRows(replays)),
          'Missing, remaining, consumed and produced tokens add up to the same on both sides. The normative net has silent steps: Daylight replays along optimal alignments there, whose computing is in its time; PM4Py guesses the silent steps.',
          '## Discovery: the inductive miner',
          table(
            ['log', ...timeHead, 'fitness', 'PM4Py fitness', 'precision', 'PM4Py precision'],
            discoveryRows(discoveries),
          ),
          'Fitness and precision of both nets by our own alignments.',
        ]),
    [
      `Daylight: the middle of ${ROUNDS} rounds by CPU time (discovery: one); PM4Py ${version ?? 'not installed'}: one round, of each analysis the faster of its ways (data frame or traces).`,
      `${machine()}, ${cpus().length} CPUs, load ${load.toFixed(1)} at the start and ${(loadavg()[0] ?? 0).toFixed(1)} at the end; ${new Date().toISOString().slice(0, 10)}; \`npm run bench -- logs\`.`,
    ].join('\n'),
  ]
  const shown = `${parts.join('\n\n')}\n`
  const results = join(here, 'results')
  await mkdir(results, { recursive: true })
  await writeFile(join(results, 'logs.md'), shown)
  await writeFile(join(results, 'logs.json'), `${JSON.stringify({ analyses, replays, discoveries }, null, 2)}\n`)
  console.log(`\n${shown}`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
