import { z } from 'zod'
import { isRefusal, type Refusal, refuse } from '../../core/refusal/refusal.ts'
import type { RequestAccess } from '../access/request-access.ts'
import type { JobState, Jobs } from '../jobs/jobs.ts'
import type { HttpApp } from './app.ts'

const job = z
  .object({
    id: z.string(),
    kind: z.string(),
    officer: z.string().nullable().describe('Who asked for it'),
    region: z.string().nullable(),
    state: z.enum(['waiting', 'running', 'done', 'refused', 'failed', 'cancelled', 'interrupted']),
    done: z.number().describe('How far it has come'),
    total: z.number().nullable().describe('Of how much; null while unknown'),
    stage: z.string().nullable().describe('Key of the interface’s texts'),
    result: z.looseObject({}).nullable().describe('What the job found, as its kind defines'),
    refusal: z.looseObject({}).nullable().describe('Why it was refused, as in every refused request'),
    askedAt: z.string(),
    startedAt: z.string().nullable(),
    endedAt: z.string().nullable(),
  })
  .meta({ id: 'Job', description: 'Long work in the server' })

const params = z.object({ id: z.uuid() })

/** The job if the asker may reach its region; one out of reach is denied, an unknown one is refused `job.unknown`. */
async function reach(jobs: Jobs, id: string, access: RequestAccess): Promise<JobState | Refusal> {
  const state = await jobs.state(id)
  if (state === null) return refuse('job.unknown')
  return access.denies({ region: state.region }) ?? state
}

/** Watching and cancelling long work. */
export function jobRoutes(app: HttpApp, jobs: Jobs): void {
  app.get(
    '/api/jobs/:id',
    { schema: { summary: 'How far a job has come', params, response: { 200: job } } },
    async (request, reply) => {
      const state = await reach(jobs, request.params.id, request.access)
      return isRefusal(state) ? reply.refuse(state) : (state as z.infer<typeof job>)
    },
  )

  app.delete(
    '/api/jobs/:id',
    {
      schema: {
        summary: 'Cancel a job',
        description: 'Nothing of a cancelled job is kept.',
        params,
        response: { 200: job },
      },
    },
    async (request, reply) => {
      const state = await reach(jobs, request.params.id, request.access)
      if (isRefusal(state)) return reply.refuse(state)
      const cancelled = await jobs.cancel(request.params.id)
      if (isRefusal(cancelled)) return reply.refuse(cancelled)
      return ((await jobs.state(request.params.id)) ?? state) as z.infer<typeof job>
    },
  )
}
