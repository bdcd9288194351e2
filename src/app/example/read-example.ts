import { join } from 'node:path'
import type { z } from 'zod'
import { isRefusal, type Refusal } from '../../core/refusal/refusal.ts'
import { compileCalendar, type WorkCalendar } from '../../core/worktime/calendar.ts'
import { readCalendar, readYaml } from '../../kernel/packs/packs.ts'
import { type CaseTerms, caseFile } from './case-file.ts'
import { accountFile, officerFile, organFile, postFile, regionFile } from './directory-files.ts'
import { type ExamplePower, powerFile } from './power-file.ts'
import { type StartTerms, startFile } from './start-file.ts'

/** The example county as its pack states it. */
export interface Example {
  readonly regions: z.output<typeof regionFile>
  readonly organs: z.output<typeof organFile>
  readonly posts: z.output<typeof postFile>['posts']
  readonly officers: z.output<typeof officerFile>
  readonly accounts: z.output<typeof accountFile>
  readonly powers: readonly ExamplePower[]
  readonly cases: CaseTerms
  readonly start: StartTerms
  /** The working days by which the cases were handled. */
  readonly calendar: WorkCalendar
}

/** Reads `packs/example`. Refuses what a file gets wrong, with file and row. */
export async function readExample(packs: string): Promise<Example | Refusal> {
  const of = <Schema extends z.ZodType>(name: string, schema: Schema) =>
    readYaml(join(packs, 'example', `${name}.yml`), schema)
  const regions = await of('regions', regionFile)
  if (isRefusal(regions)) return regions
  const organs = await of('organs', organFile)
  if (isRefusal(organs)) return organs
  const posts = await of('posts', postFile)
  if (isRefusal(posts)) return posts
  const officers = await of('officers', officerFile)
  if (isRefusal(officers)) return officers
  const accounts = await of('accounts', accountFile)
  if (isRefusal(accounts)) return accounts
  const powers = await of('powers', powerFile)
  if (isRefusal(powers)) return powers
  const cases = await of('cases', caseFile)
  if (isRefusal(cases)) return cases
  const start = await of('start', startFile)
  if (isRefusal(start)) return start
  const calendar = await readCalendar(cases.calendar, [join(packs, 'calendars')])
  if (isRefusal(calendar)) return calendar
  return {
    regions,
    organs,
    posts: posts.posts,
    officers,
    accounts,
    powers: powers.powers,
    cases,
    start,
    calendar: compileCalendar(calendar),
  }
}
