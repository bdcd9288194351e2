// `npm run bench -- import`: reading logs against PM4Py in the same run; writes bench/results/import.md and .json.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type BenchInput, benchInputs, machine } from './import/inputs.ts'

const run = promisify(execFile)
const ROUNDS = 3

interface Reading {
  readonly cases: number
  readonly events: number
  /** Seconds of wall clock and of processor, and the process's peak in MiB. */
  readonly wall: number
  readonly cpu: number
  readonly memory: number
  readonly version?: string
}

interface Measured {
  readonly input: string
  readonly ours: Reading
  readonly peer: Reading | null
}

const here = import.meta.dirname

/** The Python that PM4Py was installed for by `bench/peers/pm4py`, or the one that `PM4PY_PYTHON` names. */
function peerPython(): string | null {
  const places = [process.env.PM4PY_PYTHON, join(here, 'peers/pm4py/.venv/bin/python')]
  return places.find((path) => path !== undefined && existsSync(path)) ?? null
}

async function once(command: string, words: readonly string[]): Promise<Reading> {
  const { stdout } = await run(command, [...words], { maxBuffer: 1 << 26 })
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Reading
}

const median = (readings: readonly Reading[]): Reading =>
  [...readings].sort((a, b) => a.cpu - b.cpu)[Math.floor(readings.length / 2)] as Reading

async function measure(input: BenchInput, python: string | null): Promise<Measured> {
  const ours: Reading[] = []
  const peer: Reading[] = []
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await once(process.execPath, [join(here, 'import/ours.ts'), input.path]))
    if (python !== null) {
      const script = join(here, 'peers/pm4py/read_log.py')
      peer.push(await once(python, [script, input.path, input.kind, JSON.stringify(input.columns ?? {})]))
    }
  }
  const measured = { input: input.name, ours: median(ours), peer: peer.length === 0 ? null : median(peer) }
  const { ours: a, peer: b } = measured
  if (b !== null && (a.cases !== b.cases || a.events !== b.events)) {
    throw new Error(`${input.name}: ${a.cases} cases, ${a.events} events here, ${b.cases} and ${b.events} by PM4Py`)
  }
  return measured
}

const number = (value: number): string => Math.round(value).toLocaleString('en')
const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

function table(rows: readonly Measured[]): string {
  const head = [
    'log',
    'cases',
    'events',
    'events/s',
    'CPU s',
    'MiB',
    'PM4Py events/s',
    'PM4Py CPU s',
    'PM4Py MiB',
    'CPU ratio',
  ]
  const body = rows.map(({ input, ours, peer }) => [
    input,
    number(ours.cases),
    number(ours.events),
    number(ours.events / ours.wall),
    ours.cpu.toFixed(2),
    number(ours.memory),
    peer === null ? '–' : number(peer.events / peer.wall),
    peer === null ? '–' : peer.cpu.toFixed(2),
    peer === null ? '–' : number(peer.memory),
    peer === null ? '–' : `${(peer.cpu / ours.cpu).toFixed(1)} ×`,
  ])
  return [head, head.map(() => '---'), ...body].map(line).join('\n')
}

const folder = await mkdtemp(join(tmpdir(), 'daylight-bench-'))
try {
  const python = peerPython()
  if (python === null) console.log('PM4Py is not installed (bench/peers/pm4py/install.sh): measuring Daylight alone.')
  const rows: Measured[] = []
  for (const input of await benchInputs(folder)) {
    rows.push(await measure(input, python))
    console.log(`measured: ${input.name}`)
  }
  const shown = table(rows)
  const version = rows.find(({ peer }) => peer !== null)?.peer?.version
  const foot = [
    `Median of ${ROUNDS} rounds by CPU time, each reading in a process of its own; CPU ratio: PM4Py ÷ Daylight.`,
    `PM4Py ${version ?? 'not installed'}: \`read_xes\`, and for CSV \`pandas.read_csv\` with \`format_dataframe\`.`,
    'Daylight also counts and reports every row, checks the encoding byte by byte, and keeps every attribute.',
    `${machine()}, ${cpus().length} CPUs, load ${loadavg()[0]?.toFixed(1)}; ${new Date().toISOString().slice(0, 10)}; \`npm run bench -- import\`.`,
  ]
  const results = join(here, 'results')
  await mkdir(results, { recursive: true })
  await writeFile(join(results, 'import.md'), `# Reading logs\n\n${shown}\n\n${foot.join('\n')}\n`)
  await writeFile(join(results, 'import.json'), `${JSON.stringify(rows, null, 2)}\n`)
  console.log(`\n${shown}\n\n${foot.join('\n')}`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
