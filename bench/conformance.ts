// `npm run bench -- conformance`: optimal alignments against PM4Py in the same run; writes bench/results/conformance.md and .json.
import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { machine } from './import/inputs.ts'

const run = promisify(execFile)
const ROUNDS = 3
/** Seconds that PM4Py gets for one pair; what it has not solved by then is left out of the comparison of costs. */
const PEER_SECONDS = 60

interface Aligned {
  readonly cases: number
  readonly variants: number
  readonly solved: number
  /** Sum of the costs of all solved cases. */
  readonly cost: number
  readonly wall: number
  readonly cpu: number
  readonly noEnd?: boolean
  readonly version?: string
}

interface Measured {
  readonly log: string
  readonly net: string
  readonly ours: Aligned
  readonly peer: Aligned | null
}

const here = import.meta.dirname
const reference = resolve(here, '../../shared/data/conformance')

/** The Python that `bench/peers/pm4py/install.sh` made, or the one that `PM4PY_PYTHON` names. */
function peerPython(): string | null {
  const places = [process.env.PM4PY_PYTHON, join(here, 'peers/pm4py/.venv/bin/python')]
  return places.find((path) => path !== undefined && existsSync(path)) ?? null
}

async function once(command: string, words: readonly string[]): Promise<Aligned> {
  const { stdout } = await run(command, [...words], { maxBuffer: 1 << 26 })
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Aligned
}

async function measure(log: string, net: string, python: string | null): Promise<Measured> {
  const files = [join(reference, log, 'log.xes.gz'), join(reference, log, 'models', `${net}.pnml`)]
  const rounds: Aligned[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push(await once(process.execPath, [join(here, 'conformance/ours.ts'), ...files]))
  }
  const ours = rounds.sort((a, b) => a.cpu - b.cpu)[Math.floor(ROUNDS / 2)] as Aligned
  const peer =
    python === null ? null : await once(python, [join(here, 'peers/pm4py/align.py'), ...files, String(PEER_SECONDS)])
  if (peer !== null && peer.solved === ours.solved && peer.cost !== ours.cost) {
    throw new Error(`${log} by ${net}: the costs sum to ${ours.cost} here and to ${peer.cost} by PM4Py`)
  }
  return { log, net, ours, peer }
}

const number = (value: number): string => value.toLocaleString('en')
const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

function table(rows: readonly Measured[]): string {
  const head = ['log', 'net', 'cases', 'variants', 'solved', 'CPU ms', 'PM4Py solved', 'PM4Py CPU ms', 'ratio', 'costs']
  const body = rows.map(({ log, net, ours, peer }) => [
    log,
    net,
    number(ours.cases),
    number(ours.variants),
    ours.noEnd ? 'no end (proven)' : number(ours.solved),
    (ours.cpu * 1000).toFixed(0),
    peer === null ? '–' : number(peer.solved),
    peer === null ? '–' : (peer.cpu * 1000).toFixed(0),
    peer === null || peer.solved === 0 ? '–' : `${(peer.cpu / ours.cpu).toFixed(0)} ×`,
    peer === null || peer.solved !== ours.solved ? '–' : ours.solved === 0 ? 'both blank' : 'equal',
  ])
  return [head, head.map(() => '---'), ...body].map(line).join('\n')
}

function overall(rows: readonly Measured[]): string {
  const both = rows.filter(({ ours, peer }) => peer !== null && ours.solved > 0 && peer.solved === ours.solved)
  if (both.length === 0) return 'PM4Py was not measured.'
  const mine = both.reduce((sum, { ours }) => sum + ours.cpu, 0)
  const theirs = both.reduce((sum, { peer }) => sum + (peer?.cpu ?? 0), 0)
  const ratios = both.map(({ ours, peer }) => (peer?.cpu ?? 0) / ours.cpu).sort((a, b) => a - b)
  const median = ratios[Math.floor(ratios.length / 2)] as number
  return `Over the ${both.length} pairs that both solved: ${mine.toFixed(2)} s against ${theirs.toFixed(2)} s of CPU, ${(theirs / mine).toFixed(0)} × in sum; median of the ratios ${median.toFixed(0)} ×, least ${(ratios[0] as number).toFixed(0)} ×.`
}

if (!existsSync(reference)) {
  console.log('The reference logs are not beside this checkout (../shared/data/conformance): nothing to measure.')
} else {
  const python = peerPython()
  if (python === null) console.log('PM4Py is not installed (bench/peers/pm4py/install.sh): measuring Daylight alone.')
  const rows: Measured[] = []
  for (const log of readdirSync(reference).filter((name) => existsSync(join(reference, name, 'models')))) {
    const nets = readdirSync(join(reference, log, 'models')).filter((file) => file.endsWith('.pnml'))
    for (const net of nets) {
      rows.push(await measure(log, net.replace('.pnml', ''), python))
      console.log(`measured: ${log} by ${net}`)
    }
  }
  const version = rows.find(({ peer }) => peer !== null)?.peer?.version
  const foot = [
    overall(rows),
    'Each pair runs in a process of its own, the log and the net already read: only aligning is measured, every variant once on both sides.',
    `Daylight: median of ${ROUNDS} rounds, and its time includes replay, fitness and deviations. PM4Py ${version ?? 'not installed'}: its default alignments, one round of at most ${PEER_SECONDS} s.`,
    `${machine()}, ${cpus().length} CPUs, load ${loadavg()[0]?.toFixed(1)}; ${new Date().toISOString().slice(0, 10)}; \`npm run bench -- conformance\`.`,
  ]
  const shown = table(rows)
  const results = join(here, 'results')
  await mkdir(results, { recursive: true })
  await writeFile(join(results, 'conformance.md'), `# Optimal alignments\n\n${shown}\n\n${foot.join('\n')}\n`)
  await writeFile(join(results, 'conformance.json'), `${JSON.stringify(rows, null, 2)}\n`)
  console.log(`\n${shown}\n\n${foot.join('\n')}`)
}
