// `npm run bench -- scale`: one to twenty million events from a CSV to answers, with the memory that it takes; about ten
// minutes and five gigabytes of disk. Writes bench/results/scale.md, .json and .svg.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { machine } from './import/inputs.ts'
import { curve } from './scale/curve.ts'
import { writeMadeLog } from './scale/made-log.ts'

const run = promisify(execFile)
const here = import.meta.dirname
const MILLION = 1_000_000
/** `DAYLIGHT_SCALE=1,2` measures these millions of events only. */
const sizes = (process.env.DAYLIGHT_SCALE ?? '1,2,5,10,20').split(',').map(Number)
/** Up to here the same is done in memory as well, and to the first by PM4Py. */
const IN_MEMORY = 5
const BY_PEER = 1

interface Measured {
  readonly found: Readonly<Record<string, number>>
  readonly stages: Readonly<Record<string, number>>
  readonly wall: number
  readonly cpu: number
  /** MiB. */
  readonly peak: number
  readonly version?: string
}

interface Size {
  readonly millions: number
  readonly bytes: number
  readonly load: number
  readonly files: Measured
  readonly memory: Measured | null
  readonly peer: Measured | null
}

function peerPython(): string | null {
  const places = [process.env.PM4PY_PYTHON, join(here, 'peers/pm4py/.venv/bin/python')]
  return places.find((path) => path !== undefined && existsSync(path)) ?? null
}

async function once(command: string, words: readonly string[]): Promise<Measured> {
  const { stdout } = await run(command, [...words], { maxBuffer: 1 << 26 })
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Measured
}

/** Holds that two ways of answering found the same. */
function same(a: Measured, b: Measured, names: readonly string[]): void {
  const different = names.find((name) => a.found[name] !== b.found[name])
  if (different !== undefined) {
    throw new Error(`${different}: ${a.found[different]} from files, ${b.found[different]} otherwise`)
  }
}

async function measure(millions: number, folder: string, python: string | null): Promise<Size> {
  const path = join(folder, 'made.csv')
  await writeMadeLog(path, millions * MILLION)
  const { size: bytes } = await stat(path)
  const own = join(folder, 'home')
  await mkdir(own)
  const [load = 0] = loadavg()
  const child = join(here, 'scale/ours.ts')
  const files = await once(process.execPath, [child, 'files', path, own])
  const memory = millions <= IN_MEMORY ? await once(process.execPath, [child, 'memory', path]) : null
  if (memory !== null) same(files, memory, ['cases', 'events', 'variants', 'edges', 'median', 'days'])
  const columns = { case_id: '办件编号', activity_key: '环节', timestamp_key: '时间' }
  const peer =
    millions <= BY_PEER && python !== null
      ? await once(python, [join(here, 'peers/pm4py/scale.py'), path, JSON.stringify(columns)])
      : null
  if (peer !== null) same(files, peer, ['cases', 'events', 'variants', 'edges'])
  await rm(own, { recursive: true })
  await rm(path)
  return { millions, bytes, load, files, memory, peer }
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const seconds = (measured: Measured, ...names: readonly string[]): string =>
  names.every((name) => measured.stages[name] === undefined)
    ? '–'
    : names.reduce((sum, name) => sum + (measured.stages[name] ?? 0), 0).toFixed(1)

function rows(size: Size): string[] {
  const row = (by: string, measured: Measured): string =>
    line([
      `${size.millions} M`,
      by,
      (size.bytes / MILLION).toFixed(0),
      seconds(measured, 'read'),
      seconds(measured, 'order'),
      seconds(measured, 'variants'),
      seconds(measured, 'graph'),
      seconds(measured, 'durations', 'open'),
      measured.wall.toFixed(1),
      measured.cpu.toFixed(1),
      measured.peak.toFixed(0),
      size.load.toFixed(1),
    ])
  return [
    row('files, DuckDB', size.files),
    ...(size.memory === null ? [] : [row('in memory', size.memory)]),
    ...(size.peer === null ? [] : [row('PM4Py', size.peer)]),
  ]
}

function summary(measured: readonly Size[]): string {
  const at = (millions: number): number | undefined => measured.find((size) => size.millions === millions)?.files.peak
  const [five, twenty] = [at(5), at(20)]
  if (five === undefined || twenty === undefined) return ''
  const more = ((twenty / five - 1) * 100).toFixed(0)
  return `Peak at 5 million events ${five.toFixed(0)} MiB; at 20 million ${twenty.toFixed(0)} MiB, ${more} % from it.\n`
}

const folder = await mkdtemp(join(process.env.DAYLIGHT_SCALE_FOLDER ?? tmpdir(), 'daylight-scale-'))
try {
  const python = peerPython()
  if (python === null) console.log('PM4Py is not installed (bench/peers/pm4py/install.sh): measuring Daylight alone.')
  const measured: Size[] = []
  for (const millions of sizes) {
    const size = await measure(millions, folder, python)
    measured.push(size)
    console.log(rows(size).join('\n'))
  }
  const head = [
    'events',
    'by',
    'MB',
    'read s',
    'order s',
    'variants s',
    'graph s',
    'durations s',
    'wall s',
    'CPU s',
    'peak MiB',
    'load',
  ]
  const table = [line(head), line(head.map(() => '---')), ...measured.flatMap(rows)].join('\n')
  const version = measured.find(({ peer }) => peer !== null)?.peer?.version
  const foot = [
    summary(measured),
    'One run a size; `peak` is the process’s greatest resident memory (VmHWM), DuckDB within it; wall from opening the file to the last answer.',
    'read: the CSV checked, every row used or reported, written as Parquet parts; order: cases by first row, events by instant and row (in memory, reading orders as well); variants; graph: directly-follows with the durations of its edges; durations: of cases, and open cases by day.',
    `PM4Py ${version ?? 'not installed'}: read_csv with format_dataframe (which also sorts), get_variants, discover_performance_dfg, get_all_case_durations; no open cases. All found the same cases, variants and edges.`,
    `${machine()}, ${cpus().length} CPUs; load: of the machine when the run began; ${new Date().toISOString().slice(0, 10)}; \`npm run bench -- scale\`.`,
  ]
  const results = join(here, 'results')
  await writeFile(
    join(results, 'scale.md'),
    `# From one to twenty million events\n\n![curve](scale.svg)\n\n${table}\n\n${foot.join('\n')}\n`,
  )
  await writeFile(join(results, 'scale.json'), `${JSON.stringify(measured, null, 2)}\n`)
  await writeFile(join(results, 'scale.svg'), curve(measured.map(({ millions, files }) => ({ millions, ...files }))))
  console.log(`\n${table}\n\n${foot.join('\n')}`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
