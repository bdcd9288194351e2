// The format of a check in a pack: what it asks, what it reads, its rule as data, and its own examples.
import { z } from 'zod'
import { examplesFile } from './example-file.ts'
import { allFacts, type FactName } from './facts.ts'

const kebab = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'kebab-case')
const bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const parameterName = z.string().regex(/^[a-z]+(?:[.-][a-z0-9]+)+$/, 'like clock.near-days')

/** The kinds of case: 即办件 instant, 承诺件 promised, 告知承诺 commitment. */
export const caseKind = z.enum(['instant', 'promised', 'commitment'])

/** 预警 prompt, 黄牌 yellow, 红牌 red. */
export const severity = z.enum(['prompt', 'yellow', 'red'])

const nearLimit = z
  .strictObject({ judge: z.literal('near-limit'), days: parameterName, share: parameterName })
  .describe('An open case whose limit, or whose present step’s limit, has almost run out')
const overTotal = z
  .strictObject({
    judge: z.literal('over-limit'),
    of: z.literal('total'),
    over: z.enum(['promised', 'statutory']),
    upTo: z.literal('statutory').optional().describe('Silent once this limit is over too: a graver rule says so'),
  })
  .describe('A case that ran past a limit of the whole')
const overStep = z
  .strictObject({ judge: z.literal('over-limit'), of: z.literal('step') })
  .describe('A step that ran past its own limit while the whole had not run out')
const deviation = z
  .strictObject({
    judge: z.literal('deviation'),
    kinds: z.array(z.enum(['order', 'skipped'])).min(1),
    mandatory: z.boolean().describe('Only steps that the procedure calls mandatory'),
  })
  .describe('A departure from the procedure, read from an optimal alignment')
const sameOfficer = z
  .strictObject({
    judge: z.literal('same-officer'),
    fewer: z
      .literal(true)
      .optional()
      .describe('Also a step done by fewer officers than it needs; `saysFewer` tells it'),
  })
  .describe('One officer did steps that the procedure keeps apart')

/** A rule as data. A new rule of these kinds is a folder in a pack; nothing in the code changes. */
export const rule = z.union([nearLimit, z.discriminatedUnion('of', [overTotal, overStep]), deviation, sameOfficer])

/** A rule of a check. */
export type Rule = z.output<typeof rule>

/** The facts that a rule reads, in the order in which their lack is told. */
export function factsOf(of: Rule): readonly FactName[] {
  if (of.judge === 'near-limit') return ['as-of', 'case-start', 'any-limit', 'published-calendar']
  if (of.judge === 'deviation') return of.mandatory ? ['procedure', 'mandatory-steps'] : ['procedure']
  if (of.judge === 'same-officer')
    return of.fewer ? ['officer', 'separated-steps', 'several-officers'] : ['officer', 'separated-steps']
  if (of.of === 'step') return ['case-start', 'step-limits', 'published-calendar']
  return ['case-start', 'case-end', of.over === 'promised' ? 'promised-limit' : 'statutory-limit', 'published-calendar']
}

/** The columns that a rule returns: a check's sentence may use these and no others. */
export function columnsOf(of: Rule): readonly string[] {
  if (of.judge === 'deviation') return ['case', 'step', 'reference']
  if (of.judge === 'same-officer') return ['case', 'officer', 'first', 'second']
  if (of.judge === 'near-limit') return ['case', 'clock', 'started', 'due', 'limit', 'elapsed', 'remaining', 'paused']
  return ['case', 'clock', 'started', 'due', 'ended', 'limit', 'elapsed', 'paused']
}

/** The columns of a find that `saysFewer` tells. */
const columnsOfFewer: readonly string[] = ['case', 'step', 'least', 'officers']

const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string)

/** `check.yml`. Strict: an unknown key is an error. */
export const checkFile = z
  .strictObject({
    check: kebab.describe('Its id, kebab-case, never reused'),
    code: z
      .string()
      .regex(/^[A-Z]{2,}-\d{2,}$/, 'like EM-04')
      .describe('The code that officers know it by'),
    kind: z.enum(['clock', 'order']),
    version: z.int().positive(),
    status: z.enum(['draft', 'trial', 'active', 'retired']).describe('active needs measured precision, never age'),
    title: bilingual,
    asks: bilingual.describe('What it asks, as one question'),
    severity,
    subject: z.literal('case'),
    applies: z.array(caseKind).min(1).describe('The kinds of case that it applies to'),
    reads: z.array(z.enum(allFacts)).min(1).describe('The facts that it reads; where one is lacking it says so'),
    parameters: z.array(parameterName).describe('Names of values in parameters.yml'),
    basis: z.array(z.string().regex(/^.+#\d/, 'LAW#article.paragraph.item')).describe('Articles that make it a rule'),
    rule,
    says: bilingual.describe('One sentence; {places} are columns that the rule returns'),
    saysFewer: bilingual.optional().describe('The sentence where a step had fewer officers than it needs'),
    innocent: z.array(bilingual).min(1).describe('Known innocent explanations'),
    guide: bilingual.describe('What to look at first, how to rule it out, the next step'),
    examples: examplesFile,
  })
  .superRefine((file, context) => {
    const complain = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    const clock = file.rule.judge === 'near-limit' || file.rule.judge === 'over-limit'
    if (clock !== (file.kind === 'clock')) complain(['kind'], `the rule is of kind ${clock ? 'clock' : 'order'}`)
    const needed = factsOf(file.rule)
    if (needed.length !== file.reads.length || needed.some((fact) => !file.reads.includes(fact)))
      complain(['reads'], `the rule reads ${needed.join(', ')}`)
    const named = file.rule.judge === 'near-limit' ? [file.rule.days, file.rule.share] : []
    if (named.length !== file.parameters.length || named.some((name) => !file.parameters.includes(name)))
      complain(['parameters'], `the rule takes ${named.join(', ') || 'none'}`)
    const fewer = file.rule.judge === 'same-officer' && file.rule.fewer === true
    if (fewer !== (file.saysFewer !== undefined)) complain(['saysFewer'], 'stands with a rule that says `fewer`')
    const sentences = { says: columnsOf(file.rule), saysFewer: columnsOfFewer } as const
    for (const name of ['says', 'saysFewer'] as const)
      for (const language of ['zh', 'en'] as const)
        for (const place of places(file[name]?.[language] ?? ''))
          if (!sentences[name].includes(place))
            complain([name, language], `{${place}} is none of ${sentences[name].join(', ')}`)
    if (!file.examples.some((example) => example.expect.length > 0)) complain(['examples'], 'no example that fires')
    if (!file.examples.some((example) => example.expect.length === 0)) complain(['examples'], 'no silent example')
  })
  .meta({ id: 'CheckFile', title: 'A check of Daylight' })

/** A check as its pack states it. */
export type Check = z.output<typeof checkFile>
/** A kind of case that rules tell apart. */
export type CaseKind = z.output<typeof caseKind>
/** How grave a check's result is. */
export type Severity = z.output<typeof severity>
