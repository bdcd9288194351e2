// Calendars of working days as packs hold them: one file a year, `<pack>/<id>-<year>.yml`.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { isRefusal, type Refusal, refuse } from '../../core/refusal/refusal.ts'
import type { Calendar, CalendarYear } from '../../core/worktime/calendar.ts'
import { contentId } from './pack.ts'
import { readYaml } from './read-yaml.ts'

const isoDate = z.iso.date()

/** One year of one calendar. `extends` names the calendar that this one changes: its own days win. */
export const calendarFile = z
  .strictObject({
    calendar: contentId,
    extends: contentId.optional(),
    year: z.int().min(1949).max(2200),
    notice: z.string().min(1).describe('The document that published the arrangement'),
    source: z.url().optional(),
    weekend: z
      .array(z.int().min(1).max(7))
      .optional()
      .describe('1 Monday … 7 Sunday; Saturday and Sunday unless stated'),
    off: z.array(z.strictObject({ from: isoDate, to: isoDate, name: z.string().min(1) })),
    work: z.array(isoDate),
  })
  .refine((file) => file.off.every((range) => range.from <= range.to), 'a range ends before it begins')
  .meta({ id: 'CalendarFile' })

type CalendarFile = z.output<typeof calendarFile>

/**
 * Reads the calendar `id` from folders of calendars; later folders override earlier ones year by year, and a calendar
 * that `extends` another takes its years and changes the days that it names. Refusals: `pack.*`, `worktime.unknown-calendar`.
 */
export async function readCalendar(id: string, folders: readonly string[]): Promise<Calendar | Refusal> {
  const files: CalendarFile[] = []
  for (const folder of folders) {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.yml') && name !== 'pack.yml').sort()
    for (const name of names) {
      const file = await readYaml(join(folder, name), calendarFile)
      if (isRefusal(file)) return file
      files.push(file)
    }
  }
  return assemble(id, files, [])
}

function assemble(id: string, files: readonly CalendarFile[], seen: readonly string[]): Calendar | Refusal {
  const own = files.filter((file) => file.calendar === id)
  const parent = own.find((file) => file.extends !== undefined)?.extends
  if (own.length === 0 || seen.includes(id)) return refuse('worktime.unknown-calendar', { calendar: id })
  const base = parent === undefined ? undefined : assemble(parent, files, [...seen, id])
  if (isRefusal(base)) return base
  const byYear = new Map(own.map((file): [number, CalendarFile] => [file.year, file]))
  const ownYears: CalendarYear[] = [...byYear.values()].map(({ year, notice, off, work }) => ({
    year,
    notice,
    off,
    work,
  }))
  // A calendar that extends another adds to the other's years; it opens no year that the other does not hold.
  const inherited = base?.years ?? []
  const allowed =
    base === undefined ? ownYears : ownYears.filter((y) => inherited.some((entry) => entry.year === y.year))
  const weekend = own.find((file) => file.weekend !== undefined)?.weekend ?? base?.weekend ?? [6, 7]
  return { id, weekend, years: [...inherited, ...allowed] }
}
