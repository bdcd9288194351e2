import { createReadStream, existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { writeMadeLog } from '../scale/made-log.ts'

/** A log to analyse, and how PM4Py is told of its columns. */
export interface AnalysisInput {
  readonly name: string
  readonly path: string
  readonly kind: 'csv' | 'xes'
  readonly columns: Readonly<Record<string, string>>
}

/** Where the reference logs lie, beside the checkout; null where they are absent. */
export function referenceLogs(): string | null {
  const folder = resolve(import.meta.dirname, '../../../shared/data')
  return existsSync(folder) ? folder : null
}

const LARGE = 430_000
const plain = { case_id: 'case_id', activity_key: 'activity', timestamp_key: 'timestamp' }
const xes = { case_id: 'case:concept:name', activity_key: 'concept:name', timestamp_key: 'time:timestamp' }
const chinese = { case_id: '办件编号', activity_key: '环节', timestamp_key: '时间' }

/** The traffic fines under new case ids, again and again, until there are so many events. */
async function repeatedFines(fines: string, path: string): Promise<void> {
  const whole = await text(createReadStream(fines).pipe(createGunzip()))
  const [head = '', ...lines] = whole.trimEnd().split('\n')
  const times = Math.ceil(LARGE / lines.length)
  const copies = Array.from({ length: times }, (_, copy) => lines.map((line) => `R${copy}-${line}`).join('\n'))
  await writeFile(path, `${head}\n${copies.join('\n')}\n`)
}

/** The logs of the bench: a made one, and real ones where they lie beside the checkout. */
export async function analysisInputs(folder: string): Promise<readonly AnalysisInput[]> {
  const made = join(folder, 'made.csv')
  await writeMadeLog(made, LARGE)
  const inputs: AnalysisInput[] = [
    { name: `made, ${LARGE.toLocaleString('en')} events, CSV`, path: made, kind: 'csv', columns: chinese },
  ]
  const data = referenceLogs()
  if (data === null) return inputs
  const fines = join(folder, 'fines.csv')
  await repeatedFines(join(data, 'eventlogs/traffic_fines_10k.csv.gz'), fines)
  return [
    ...inputs,
    { name: 'traffic fines, repeated, CSV', path: fines, kind: 'csv', columns: plain },
    { name: 'permits (BPI 2020), XES gzip', path: join(data, 'eventlogs/PermitLog.xes.gz'), kind: 'xes', columns: xes },
    { name: 'receipt (CoSeLoG), CSV', path: join(data, 'eventlogs/receipt.csv'), kind: 'csv', columns: xes },
  ]
}
