import { type Refusal, refuse } from '../../core/refusal/refusal.ts'
import type { ImportNote, ImportReport } from './import-report.ts'
import type { LogBuilder } from './log-builder.ts'
import type { LogPart, PartsEnd } from './log-part.ts'
import { type ReadLogOptions, readRows } from './read-log.ts'
import { Stopped, stoppable } from './stopped.ts'

/** So many cells, rows and bytes of the source make a part at most (about: a piece of the file is read whole). */
const CELLS = 1_500_000
const ROWS = 131_072
const BYTES = 48 * 1024 * 1024

/** What is known of a log that was read in parts, before it is ordered. */
export interface ReadParts extends PartsEnd {
  /** The report, without what only ordering can tell: which rows were used, and why others were not. */
  readonly report: Omit<ImportReport, 'rows' | 'reportedRows' | 'reportedReasons' | 'reportedTexts' | 'time' | 'notes'>
  readonly notes: readonly ImportNote[]
}

/**
 * Reads a log as `readLog` does, but hands its events over part by part in the order of the source, so that memory does
 * not grow with the log. `take` is awaited: a slow taker holds the reading back.
 */
export function readLogParts(
  path: string,
  options: ReadLogOptions,
  take: (part: LogPart) => Promise<void>,
  rows = ROWS,
): Promise<ReadParts | Refusal> {
  return stoppable(async () => {
    let held = 0
    const full = (builder: LogBuilder): boolean =>
      held >= BYTES || builder.length >= rows || builder.length * builder.columns >= CELLS
    const { source, ended, encoding, cut } = await readRows(path, options, async (builder, bytes) => {
      held += bytes
      if (!full(builder)) return
      held = 0
      await take(builder.takePart())
    })
    const { builder } = ended
    const { file, gzip, size } = source
    if (builder.rowsIn === 0) throw new Stopped(refuse('log.no-rows', { file }, { place: { file } }))
    await take(builder.takePart())
    const { format, delimiter, columns, mapping, guessed, choice = null } = ended
    const zoneFrom = mapping.zone === undefined ? 'setting' : 'mapping'
    return {
      ...builder.finishParts(),
      report: { file, format, gzip, encoding, delimiter, size, columns, mapping, guessed, choice, zoneFrom },
      notes: cut ? [{ code: 'head-only', count: builder.rowsIn }, ...builder.notes] : builder.notes,
    }
  })
}
