import { createWriteStream, existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'

/** One file to read, and how PM4Py is told of its columns. */
export interface BenchInput {
  readonly name: string
  readonly path: string
  readonly kind: 'csv' | 'xes'
  readonly columns?: Readonly<Record<string, string>>
}

const steps = ['受理', '初审', '复审', '现场核查', '补正告知', '决定', '送达', '归档'] as const

/** Numbers that look random and are the same on every run (mulberry32). */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    yield (mixed ^ (mixed >>> 14)) >>> 0
  }
}

interface MadeEvent {
  readonly caseId: string
  readonly first: boolean
  readonly last: boolean
  readonly step: string
  readonly time: string
  readonly officer: string
  readonly organ: string
  readonly task: number
}

function* madeEvents(count: number): Generator<MadeEvent> {
  const random = numbers(7)
  const below = (limit: number): number => random.next().value % limit
  for (let task = 0, c = 0; task < count; c++) {
    let minute = below(1_500_000)
    const length = Math.min(3 + below(5), count - task)
    for (let i = 0; i < length; i++, task++) {
      minute += below(3000)
      yield {
        caseId: `BJ${String(c).padStart(8, '0')}`,
        first: i === 0,
        last: i === length - 1,
        step: steps[i] as string,
        time: new Date(Date.UTC(2022, 0, 1) + minute * 60_000).toISOString().slice(0, 19),
        officer: `officer${below(400)}`,
        organ: `organ${below(40)}`,
        task,
      }
    }
  }
}

function* csv(count: number): Generator<string> {
  yield '办件编号,环节,时间,经办人,部门,任务号\n'
  for (const { caseId, step, time, officer, organ, task } of madeEvents(count)) {
    yield `${caseId},${step},${time.replace('T', ' ')},${officer},${organ},task-${task}\n`
  }
}

function* xes(count: number): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">\n'
  const text = (key: string, value: string): string => `<string key="${key}" value="${value}"/>`
  for (const { caseId, first, last, step, time, officer, organ } of madeEvents(count)) {
    if (first) yield `<trace>${text('concept:name', caseId)}\n`
    const date = `<date key="time:timestamp" value="${time}.000+08:00"/>`
    yield `<event>${text('concept:name', step)}${date}${text('org:resource', officer)}${text('org:group', organ)}</event>\n`
    if (last) yield '</trace>\n'
  }
  yield '</log>\n'
}

async function write(path: string, text: Iterable<string>): Promise<void> {
  const target = createWriteStream(path)
  await (path.endsWith('.gz')
    ? pipeline(Readable.from(text), createGzip(), target)
    : pipeline(Readable.from(text), target))
}

const chinese = { case_id: '办件编号', activity_key: '环节', timestamp_key: '时间' }

/** Generated logs in a folder, and real ones where `../shared` lies beside the checkout. */
export async function benchInputs(folder: string): Promise<readonly BenchInput[]> {
  const big = 500_000
  const small = 100_000
  const at = (name: string): string => join(folder, name)
  await write(at('generated.csv'), csv(big))
  await write(at('generated.csv.gz'), csv(big))
  await write(at('generated.xes'), xes(small))
  await write(at('generated.xes.gz'), xes(small))
  const inputs: BenchInput[] = [
    {
      name: `generated, CSV, ${big.toLocaleString('en')} events`,
      path: at('generated.csv'),
      kind: 'csv',
      columns: chinese,
    },
    { name: 'the same, CSV gzip', path: at('generated.csv.gz'), kind: 'csv', columns: chinese },
    { name: `generated, XES, ${small.toLocaleString('en')} events`, path: at('generated.xes'), kind: 'xes' },
    { name: 'the same, XES gzip', path: at('generated.xes.gz'), kind: 'xes' },
  ]
  const shared = resolve(import.meta.dirname, '../../../shared/data/eventlogs')
  const columns = { case_id: 'case:concept:name', activity_key: 'concept:name', timestamp_key: 'time:timestamp' }
  const real: BenchInput[] = [
    { name: 'receipt (CoSeLoG), CSV', path: join(shared, 'receipt.csv'), kind: 'csv', columns },
    { name: 'permits (BPI 2020), XES gzip', path: join(shared, 'PermitLog.xes.gz'), kind: 'xes' },
  ]
  return [...inputs, ...real.filter(({ path }) => existsSync(path))]
}

/** The machine, for the table's foot. */
export function machine(): string {
  const model = /model name\s*:\s*(.+)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? process.arch
  return `${model}, Node ${process.versions.node}`
}
