// What the analyses of a log answer. Durations are seconds, instants ISO, days YYYY-MM-DD in the deployment's zone.
import { z } from 'zod'
import { logFilterSchema } from '../analysis/filter.ts'
import { deviationCount } from './bodies.ts'

const count = z.number().int()
const seconds = z.number().describe('Seconds')
const share = z.number().min(0).max(1)
const instant = z.string().describe('ISO instant')
const date = z.string().describe('YYYY-MM-DD')
const bilingual = z.object({ zh: z.string(), en: z.string() })

/** Every answer says of how many cases it speaks. */
const scope = {
  cases: count.describe('Cases that the filter leaves'),
  allCases: count.describe('Cases of the whole log'),
}

const spread = z
  .object({
    n: count,
    mean: z.number(),
    median: z.number(),
    p90: z.number(),
    min: z.number(),
    max: z.number(),
    sd: z.number().nullable().describe('Sample standard deviation; null for a single value'),
    sum: z.number(),
  })
  .meta({
    id: 'Spread',
    description: 'How values spread; seconds unless said otherwise. Quantiles interpolate linearly.',
  })

const spreadOrNull = spread.nullable().describe('Null where there is no value')

const endKind = z
  .enum(['column', 'activity', 'last-event'])
  .describe(
    'How it is told that a case has ended: a column of the log, an activity of the filter’s `endBy`, or its last event',
  )

export const overviewBody = z
  .object({
    ...scope,
    events: count,
    activities: count,
    variants: count,
    withoutTime: count.describe('Events without an instant'),
    backwards: count.describe('Events whose source order contradicts their instants'),
    firstAt: instant.nullable(),
    lastAt: instant.nullable(),
    duration: spreadOrNull.describe('From the first event of a case to its last'),
    workingDays: z
      .object({
        calendar: z.string(),
        spread: spreadOrNull.describe('Working days; the first day does not count'),
        unjudged: count.describe('Cases that touch a year whose notice is not published'),
      })
      .nullable()
      .describe('Null where no calendar was asked for'),
    histogram: z
      .array(z.object({ from: seconds, to: seconds, cases: count }))
      .describe('Cases by duration, [from, to)'),
    endBy: endKind,
    ended: count,
    open: count,
    perWeek: z.number().describe('Cases begun in a week, over the days from the first to the last beginning'),
    months: z.array(
      z.object({
        month: z.string().describe('YYYY-MM'),
        started: count,
        ended: count,
        duration: spreadOrNull.describe('Of the cases that began in this month'),
      }),
    ),
    rework: z.object({ cases: count, share }).describe('Cases in which an activity happened twice or more'),
    attention: z
      .array(
        z.object({
          kind: z.enum(['waiting', 'rework', 'open', 'slow', 'out-of-hours']),
          says: bilingual,
          cases: count,
          opens: logFilterSchema,
        }),
      )
      .describe('What deserves a look first'),
  })
  .meta({ id: 'LogOverview' })

export const variantsBody = z
  .object({
    ...scope,
    rows: z.array(
      z.object({
        variant: z.string().describe('Its name: for `filter.variant` and `/api/logs/:id/cases?variant=`'),
        rank: count,
        activities: z.array(z.string()),
        cases: count,
        share,
        cumulative: share.describe('Share of this variant and all before it'),
        duration: spreadOrNull,
      }),
    ),
    total: count,
    next: z.string().nullable(),
  })
  .meta({ id: 'LogVariants', description: 'The most frequent first; equal ones by their text' })

export const graphBody = z
  .object({
    ...scope,
    allNodes: count,
    allEdges: count.describe('More than are listed where there are more than 5,000'),
    nodes: z.array(z.object({ activity: z.string(), events: count, cases: count, starts: count, ends: count })),
    edges: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        count,
        cases: count,
        duration: spreadOrNull.describe('From the one event to the next'),
      }),
    ),
  })
  .meta({ id: 'LogGraph', description: 'Which activity directly follows which; the most frequent first' })

/** What events can be grouped by. */
export const groupings = ['step', 'organ', 'post', 'officer', 'region', 'power'] as const

export const throughputBody = z
  .object({
    ...scope,
    by: z.enum(groupings),
    known: z.boolean().describe('Whether the log says it at all'),
    total: count.describe('Rows in all; 5,000 are listed at most'),
    rows: z.array(
      z.object({
        key: z.string().nullable().describe('Null: not stated'),
        events: count,
        cases: count,
        perWeek: z.number().describe('Cases a week, over the days from the first event to the last'),
        waiting: spreadOrNull.describe(
          'From the event before it to this step (to its start, where the log has starts)',
        ),
        handling: spreadOrNull.describe('From start to end of the step; null where the log has no starts'),
      }),
    ),
  })
  .meta({ id: 'LogThroughput' })

export const temporalBody = z
  .object({
    ...scope,
    zeta: z.number(),
    leftOut: count.describe('Cases too long to compare every pair of their events'),
    deviatingCases: count,
    total: count.describe('Deviations in all'),
    allPairs: count,
    pairs: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        n: count,
        mean: seconds,
        sd: seconds,
        deviations: count,
        cases: count,
      }),
    ),
    rows: z
      .array(
        z.object({
          case: z.string(),
          from: z.string(),
          to: z.string(),
          seconds,
          mean: seconds,
          sd: seconds,
          deviates: z.number().nullable().describe('How many standard deviations; null where the deviation is 0'),
        }),
      )
      .describe('The farthest first'),
    next: z.string().nullable(),
  })
  .meta({
    id: 'LogTemporal',
    description: 'Mean and sample standard deviation between each ordered pair of activities',
  })

export const reworkBody = z
  .object({
    ...scope,
    reworked: count.describe('Cases in which an activity happened twice or more'),
    share,
    total: count,
    rows: z.array(
      z.object({
        activity: z.string(),
        cases: count.describe('Cases in which it happened twice or more'),
        extra: count.describe('Events beyond the first of each case'),
        direct: count.describe('Of these: at once after itself'),
        back: count.describe('Of these: after other activities'),
        most: count.describe('Most in one case'),
        loop: spreadOrNull.describe('From one occurrence to the next'),
      }),
    ),
  })
  .meta({ id: 'LogRework' })

export const handoverBody = z
  .object({
    ...scope,
    by: z.enum(['officer', 'organ', 'post']),
    known: z.boolean(),
    unstated: count.describe('Steps from or to an event that does not state it'),
    same: count.describe('Successive events in one hand'),
    allParties: count,
    total: count.describe('Pairs in all; 5,000 are listed at most'),
    parties: z.array(z.object({ key: z.string(), events: count, gave: count, took: count })),
    rows: z.array(z.object({ from: z.string(), to: z.string(), count, cases: count, duration: spreadOrNull })),
  })
  .meta({ id: 'LogHandovers', description: 'Officers are shown under their marks; the most frequent first' })

const week = z.array(z.array(count)).describe('7 × 24: Monday first, hour 0 first')

export const rhythmBody = z
  .object({
    ...scope,
    zone: z.string(),
    by: z.enum(['none', 'organ', 'post', 'officer']),
    known: z.boolean(),
    withoutTime: count,
    atMidnight: count.describe('Events at 00:00:00 sharp: where a source states days only, all of them'),
    hours: week,
    groups: z
      .array(z.object({ key: z.string(), events: count, hours: week }))
      .describe('The busiest first, 100 at most'),
  })
  .meta({ id: 'LogRhythm', description: 'Events by weekday and hour' })

export const openBody = z
  .object({
    ...scope,
    zone: z.string(),
    endBy: endKind,
    step: z.enum(['day', 'week', 'month']),
    withoutEnd: count,
    withoutTime: count.describe('Cases without any instant'),
    rows: z.array(
      z.object({ date: date.describe('First day of the stretch'), opened: count, closed: count, open: count }),
    ),
  })
  .meta({ id: 'LogOpenCases', description: '`open`: at the end of the stretch' })

export const casesBody = z
  .object({
    ...scope,
    rows: z.array(
      z.object({
        id: z.string(),
        startedAt: instant.nullable(),
        endedAt: instant.nullable().describe('The last event'),
        seconds: seconds.nullable(),
        events: count,
        variant: z.string(),
        open: z.boolean(),
      }),
    ),
    total: count,
    next: z.string().nullable(),
  })
  .meta({ id: 'LogFilteredCases' })

export const deviationsBody = z
  .object({
    ...scope,
    procedure: z.string(),
    version: z.string().describe('Hash of the compiled net'),
    judgedAt: instant,
    fitting: count,
    deviating: count,
    unsolved: count,
    unjudged: count.describe('Cases that came after the judging'),
    deviations: z
      .array(deviationCount)
      .describe('Most cases first; `key` opens them: `/api/logs/:id/analysis/cases?procedure=…&deviation=key`'),
  })
  .meta({ id: 'LogDeviations', description: 'Where the cases that a filter leaves left their procedure' })

const facet = z.array(z.object({ value: z.string(), cases: count }))

export const facetsBody = z
  .object({
    ...scope,
    zone: z.string(),
    firstOn: date.nullable(),
    lastOn: date.nullable(),
    hasStarts: z.boolean().describe('Steps have a start, so that handling can be told from waiting'),
    endBy: endKind,
    activities: facet,
    organ: facet,
    post: facet,
    officer: facet.describe('Marks, 500 at most'),
    region: facet,
    power: facet,
    attributes: z
      .array(z.object({ key: z.string(), values: facet }))
      .describe('Case attributes that have few values; one with many could name a person and is not offered'),
  })
  .meta({ id: 'LogFacets', description: 'What a filter can choose from, the most frequent first' })

const side = z.object({ filter: logFilterSchema.nullable(), cases: count, events: count, duration: spreadOrNull })

export const compareBody = z
  .object({
    allCases: count,
    a: side,
    b: side,
    inBoth: count.describe('Cases that stand on both sides'),
    judgedBy: z.string().nullable().describe('The procedure whose deviations are compared'),
    differences: z
      .array(
        z.object({
          kind: z.enum([
            'duration',
            'events',
            'step',
            'edge',
            'rework',
            'waiting',
            'handling',
            'start',
            'end',
            'open',
            'deviation',
          ]),
          activity: z.string().nullable(),
          to: z.string().nullable().describe('The second activity of an edge'),
          deviation: z.string().nullable().describe('Key of the deviation'),
          unit: z.enum(['share', 'seconds', 'count']),
          a: z.object({ n: count, value: z.number().describe('A share, or a median'), cases: count }),
          b: z.object({ n: count, value: z.number(), cases: count }),
          effect: z
            .number()
            .describe(
              'Cliff’s delta, −1…1: how much oftener a case of b has more than one of a than less; for shares b − a',
            ),
          low: z.number().describe('Bounds of the effect that hold for all comparisons together with 95 %'),
          high: z.number(),
          atLeast: z.number().describe('How large the effect surely is: the bound nearer to 0, or 0'),
          p: z.number(),
          q: z.number().describe('p corrected for the number of comparisons (Benjamini and Hochberg)'),
          sure: z.enum(['sure', 'likely', 'unsure']),
          weight: z.number().describe('What the list is ordered by'),
          says: bilingual,
          opens: z
            .object({ a: logFilterSchema, b: logFilterSchema })
            .nullable()
            .describe('The cases behind both numbers, for `/analysis/cases`'),
        }),
      )
      .describe('What matters first'),
    compared: count.describe('Comparisons made, shown or not'),
  })
  .meta({ id: 'LogComparison' })
