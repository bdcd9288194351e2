import { z } from 'zod'
import { logFilterSchema } from '../../logs/analysis/filter.ts'
import { shortText } from '../../logs/routes/bodies.ts'

const count = z.number().int()
const instant = z.string().describe('ISO instant')
export const bilingual = z.object({ zh: z.string(), en: z.string() })

/** Most letters of a BPMN file that a person corrects. */
const longestBpmn = 900_000

export const bpmnText = shortText(longestBpmn).describe('BPMN 2.0')
export const noise = z
  .number()
  .min(0)
  .max(1)
  .describe('0 keeps every case; what is rarer than this share of its commonest alternative is left out')

export const quality = z
  .strictObject({
    cases: count.describe('Ended cases that it was made from'),
    open: count.describe('Cases under way, left out'),
    fitting: count,
    deviating: count,
    unsolved: count,
    fitness: z.number().min(0).max(1).nullable(),
    precision: z.number().min(0).max(1).nullable(),
  })
  .meta({ id: 'ProposalQuality', description: 'How well a proposal told its cases before a person changed it' })

export const discoveryBody = z.strictObject({ noise: noise.default(0), filter: logFilterSchema.optional() })

export const discoveryLog = z
  .object({
    id: z.string(),
    name: z.string(),
    region: z.string(),
    cases: count,
    events: count,
    activities: count,
  })
  .meta({ id: 'DiscoveryLog', description: 'A log that a procedure can be proposed from' })

export const proposalParams = z.object({ proposal: z.uuid() })
export const savedBody = z.strictObject({
  name: shortText(200).min(1),
  bpmn: bpmnText,
  sequence: z.int().min(1),
  noise,
  filter: logFilterSchema.nullable().default(null),
  quality,
})
export const revisedBody = z.strictObject({ name: shortText(200).min(1), bpmn: bpmnText, revision: z.int().min(1) })

const soundness = z.enum(['sound', 'unsound', 'undecided'])

export const checkedBody = z
  .object({
    soundness,
    says: z.array(bilingual).describe('One sentence for each problem; empty where it is sound'),
    netHash: z.string(),
    steps: z.array(z.string()),
  })
  .meta({ id: 'CheckedProposal', description: 'What the engine says of a corrected proposal' })

export const proposalRow = z
  .object({
    id: z.string(),
    log: z.string(),
    logName: z.string(),
    region: z.string(),
    name: z.string(),
    sequence: count.describe('The last import whose cases it was made from'),
    noise: z.number(),
    filter: z.looseObject({}).nullable().describe('Which cases; null: all'),
    netHash: z.string(),
    steps: count,
    soundness,
    quality,
    revision: count,
    savedAt: instant,
    savedBy: z.string().nullable(),
  })
  .meta({
    id: 'Proposal',
    description: 'A procedure proposed from a log, as a person saved it; never a procedure by itself',
  })

export const proposalPage = proposalRow
  .extend({ bpmn: z.string(), says: z.array(bilingual).describe('Why it is not sound, if so') })
  .meta({ id: 'ProposalPage', description: 'A proposal with its file' })

export const comparisonBody = z.strictObject({
  procedure: z.string().min(1).max(100).describe('Id of a listed procedure'),
})
export const startedBody = z.object({
  job: z.string().describe('Follow it at `/api/jobs/:id`; its result is the answer'),
})
