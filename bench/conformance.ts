// `npm run bench -- conformance`: optimal alignments against PM4Py in the same run; writes bench/results/conformance.md and .json.
import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { machine } from './import/inputs.ts'

const run = promisify(execFile)
const ROUNDS = 3
/** Seconds that each of PM4Py's exact variants gets for one pair; where it needs more, both are compared on what it tried. */
const PEER_SECONDS = 30
/** PM4Py's variants that are exact by the same costs. */
const VARIANTS = ['a-star', 'dijkstra']

interface Aligned {
  readonly cases: number
  readonly variants: number
  readonly solved: number
  /** Sum of the costs of all solved cases. */
  readonly cost: number
  readonly wall: number
  readonly cpu: number
  readonly noEnd?: boolean
  /** How many variants, in order of first appearance, were tried before the time was over. */
  readonly begun?: number
  readonly version?: string
}

interface Measured {
  readonly log: string
  readonly net: string
  readonly ours: Aligned
  readonly peer: Aligned | null
  /** Ours on the variants alone that the peer tried in its time, where those are not all. */
  readonly same: Aligned | null
}

const here = import.meta.dirname
const reference = resolve(here, '../../shared/data/conformance')
/** Logs whose nets PM4Py discovers in the run: wider ones than the reference's. */
const wider = ['receipt.csv', 'RequestForPayment.xes.gz', 'PermitLog.xes.gz'].map((name) =>
  resolve(here, '../../shared/data/eventlogs', name),
)

/** The Python that `bench/peers/pm4py/install.sh` made, or the one that `PM4PY_PYTHON` names. */
function peerPython(): string | null {
  const places = [process.env.PM4PY_PYTHON, join(here, 'peers/pm4py/.venv/bin/python')]
  return places.find((path) => path !== undefined && existsSync(path)) ?? null
}

async function once(command: string, words: readonly string[]): Promise<Aligned> {
  const { stdout } = await run(command, [...words], { maxBuffer: 1 << 26 })
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Aligned
}

async function measure(log: string, net: string, files: readonly string[], python: string | null): Promise<Measured> {
  const rounds: Aligned[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const own = await once(process.execPath, [join(here, 'conformance/ours.ts'), ...files])
    rounds.push(own)
    if (own.cpu > PEER_SECONDS) break
  }
  const ours = rounds.sort((a, b) => a.cpu - b.cpu)[Math.floor(rounds.length / 2)] as Aligned
  const peers: Aligned[] = []
  for (const variant of python === null ? [] : VARIANTS) {
    peers.push(await once(python as string, [join(here, 'peers/pm4py/align.py'), ...files, `${PEER_SECONDS}`, variant]))
  }
  const peer = peers.sort((a, b) => b.solved - a.solved || a.cpu - b.cpu)[0] ?? null
  const begun = peer?.begun ?? 0
  const same =
    peer !== null && begun > 0 && begun < ours.variants
      ? await once(process.execPath, [join(here, 'conformance/ours.ts'), ...files, `${begun}`])
      : null
  if (peer !== null && peer.solved === ours.solved && peer.cost !== ours.cost) {
    throw new Error(`${log} by ${net}: the costs sum to ${ours.cost} here and to ${peer.cost} by PM4Py`)
  }
  return { log, net, ours, peer, same }
}

/** The reference's pairs, and those of nets that PM4Py discovers now from wider logs. */
async function* pairs(
  python: string | null,
  folder: string,
): AsyncIterable<{ log: string; net: string; files: string[] }> {
  const of = (log: string, place: string, file: string) =>
    readdirSync(join(place, 'models'))
      .filter((name) => name.endsWith('.pnml'))
      .map((name) => ({ log, net: name.replace('.pnml', ''), files: [join(place, file), join(place, 'models', name)] }))
  for (const log of readdirSync(reference).filter((name) => existsSync(join(reference, name, 'models')))) {
    yield* of(log, join(reference, log), 'log.xes.gz')
  }
  if (python === null) return
  for (const path of wider.filter((each) => existsSync(each))) {
    const log = basename(path).replace(/\..*$/, '')
    await run(python, [join(here, 'peers/pm4py/models.py'), path, join(folder, log)])
    yield* of(log, join(folder, log), 'log.xes')
  }
}

const number = (value: number): string => value.toLocaleString('en')
const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** How many times our processor time the peer takes, for the same variants; null where there is nothing to compare. */
function ratioOf({ ours, peer, same }: Measured): number | null {
  const own = same ?? ours
  return peer === null || ours.noEnd || own.solved < peer.solved ? null : peer.cpu / own.cpu
}

function shownRatio(row: Measured): string {
  const ratio = ratioOf(row)
  if (ratio === null) return '–'
  const of = row.same === null ? '' : ` (its first ${row.peer?.begun} variants)`
  return `${ratio.toFixed(ratio < 10 ? 1 : 0)} ×${of}`
}

function table(rows: readonly Measured[]): string {
  const head = ['log', 'net', 'cases', 'variants', 'solved', 'CPU ms', 'PM4Py solved', 'PM4Py CPU ms', 'ratio', 'costs']
  const body = rows.map(({ log, net, ours, peer, same }) => [
    log,
    net,
    number(ours.cases),
    number(ours.variants),
    ours.noEnd ? 'no end (proven)' : number(ours.solved),
    (ours.cpu * 1000).toFixed(0),
    peer === null ? '–' : number(peer.solved),
    peer === null ? '–' : (peer.cpu * 1000).toFixed(0),
    shownRatio({ log, net, ours, peer, same }),
    peer === null || peer.solved !== ours.solved ? '–' : ours.solved === 0 ? 'both blank' : 'equal',
  ])
  return [head, head.map(() => '---'), ...body].map(line).join('\n')
}

function overall(rows: readonly Measured[]): string {
  const compared = rows.flatMap((row) => {
    const ratio = ratioOf(row)
    return ratio === null ? [] : [{ ratio, peer: row.peer?.cpu ?? 0 }]
  })
  if (compared.length === 0) return 'PM4Py was not measured.'
  const mean = (some: typeof compared): string =>
    `${Math.exp(some.reduce((sum, { ratio }) => sum + Math.log(ratio), 0) / some.length).toFixed(0)} ×`
  const long = compared.filter(({ peer }) => peer >= 1)
  const least = (some: typeof compared): string => `${Math.min(...some.map(({ ratio }) => ratio)).toFixed(1)} ×`
  const unsolved = rows.filter(({ ours }) => !ours.noEnd && ours.solved < ours.cases)
  return [
    `Over the ${long.length} pairs where PM4Py needs 1 s or more: geometric mean ${mean(long)}, least ${least(long)}.`,
    `Over all ${compared.length}: geometric mean ${mean(compared)}, least ${least(compared)}.`,
    unsolved.length === 0
      ? 'Daylight solved every case of every pair whose net has an end.'
      : `Not solved whole by Daylight: ${unsolved.map(({ log, net, ours }) => `${log} by ${net} (${ours.cases - ours.solved} cases)`).join(', ')}.`,
  ].join(' ')
}

if (!existsSync(reference)) {
  console.log('The reference logs are not beside this checkout (../shared/data/conformance): nothing to measure.')
} else {
  const python = peerPython()
  if (python === null) console.log('PM4Py is not installed (bench/peers/pm4py/install.sh): measuring Daylight alone.')
  const rows: Measured[] = []
  const folder = await mkdtemp(join(tmpdir(), 'daylight-conformance-'))
  try {
    for await (const { log, net, files } of pairs(python, folder)) {
      rows.push(await measure(log, net, files, python))
      console.log(`measured: ${log} by ${net}`)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  const version = rows.find(({ peer }) => peer !== null)?.peer?.version
  const foot = [
    overall(rows),
    'Each pair runs in a process of its own, the log and the net already read: only aligning is measured, every variant once on both sides.',
    `Daylight: median of ${ROUNDS} rounds, each in a cold process. PM4Py ${version ?? 'not installed'}: the faster of its two exact variants (A* with the state equation, Dijkstra), one round each of at most ${PEER_SECONDS} s; where it was not done by then, both are compared on the variants that it tried.`,
    `${machine()}, ${cpus().length} CPUs, load ${loadavg()[0]?.toFixed(1)}; ${new Date().toISOString().slice(0, 10)}; \`npm run bench -- conformance\`.`,
  ]
  const shown = table(rows)
  const results = join(here, 'results')
  await mkdir(results, { recursive: true })
  await writeFile(join(results, 'conformance.md'), `# Optimal alignments\n\n${shown}\n\n${foot.join('\n')}\n`)
  await writeFile(join(results, 'conformance.json'), `${JSON.stringify(rows, null, 2)}\n`)
  console.log(`\n${shown}\n\n${foot.join('\n')}`)
}
