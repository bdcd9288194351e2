import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { refuse } from '../../../core/refusal/refusal.ts'
import { officerRoles, type Principal } from '../../../kernel/access/principal.ts'
import type { HttpApp } from '../../../kernel/http/app.ts'
import { isSameMachine } from '../sessions/same-machine.ts'
import { endSession, postsHeld, switchPost } from '../sessions/session-store.ts'
import { signIn } from '../sessions/sign-in.ts'
import type { MenuWord, Trust } from '../trust.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })

const heldPost = z
  .object({
    code: z.string(),
    title: bilingual,
    organ: z.string(),
    organName: bilingual,
    region: z.string().describe('Region code path; scope `own` is this region and all below it'),
    regionName: bilingual,
    roles: z.array(z.enum(officerRoles)),
    standInFor: z.string().nullable().describe('Code of the officer stood in for (A/B 岗)'),
  })
  .meta({ id: 'HeldPost', description: 'A post that the officer holds today' })

const sessionBody = z
  .object({
    signedIn: z.boolean(),
    officer: z.string().nullable().describe('Officer code'),
    name: z.string().nullable().describe('The officer’s own name, shown to the officer alone'),
    demo: z.boolean().describe('An account of the example'),
    post: heldPost.nullable().describe('The post in which the officer acts now'),
    posts: z.array(heldPost).describe('Every post that the officer holds today'),
    menu: z.array(z.enum(['list', 'supervise', 'remedy', 'trust'])).describe('The parts of the console for this post'),
  })
  .meta({ id: 'Session', description: 'Who is signed in, in which post' })

type Session = z.infer<typeof sessionBody>

const nobody: Session = { signedIn: false, officer: null, name: null, demo: false, post: null, posts: [], menu: [] }
const menuOrder: readonly MenuWord[] = ['list', 'supervise', 'remedy', 'trust']

async function sessionOf(trust: Trust, principal: Principal): Promise<Session> {
  const { officer, post } = principal
  const posts = await postsHeld(trust.store, officer, trust.today())
  const shown = posts.map(({ post: code, officer: _, ...held }) => ({ code, ...held, roles: [...held.roles] }))
  const self = await trust.store
    .selectFrom('officer')
    .select(['name', 'demo'])
    .where('code', '=', officer)
    .executeTakeFirstOrThrow()
  const words = new Set(principal.roles.flatMap((role) => trust.settings.menu[role]))
  return {
    signedIn: true,
    officer,
    ...self,
    post: shown.find(({ code }) => code === post) ?? null,
    posts: shown,
    menu: menuOrder.filter((word) => words.has(word)),
  }
}

/** Sign-in, sign-out, and the post in which an officer acts. */
export function sessionRoutes(app: HttpApp, trust: Trust): void {
  const { clock, host, publicUrl, trustsProxy } = trust.settings
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: publicUrl?.protocol === 'https:' } as const
  const audit = (request: FastifyRequest, principal: Principal, reason: string): Promise<void> =>
    trust.record({
      principal,
      route: `${request.method} ${request.routeOptions.url ?? ''}`,
      decision: 'allowed',
      reason,
      requestId: request.id,
    })
  const endOld = async (request: FastifyRequest): Promise<void> => {
    const old = request.cookies[trust.cookie]
    if (old !== undefined) await endSession(trust.store, old)
  }

  app.post(
    '/api/session',
    {
      schema: {
        summary: 'Sign in',
        description:
          'Opens a session in the officer’s first own post and sets its cookie; a session of before ends. After 5 failures for an account, or 50 from a network address, within 15 minutes: 429 with Retry-After.',
        body: z.strictObject({
          account: z.string().trim().min(1).max(100).describe('Officer code'),
          password: z.string().min(1).max(500),
        }),
        response: { 200: sessionBody },
      },
    },
    async (request, reply) => {
      const sameMachine = isSameMachine(request, host, trustsProxy)
      const credentials = { ...request.body, address: request.ip, sameMachine }
      const outcome = await signIn(trust.store, credentials, clock(), trust.today())
      if (outcome.kind === 'not-signed-in') {
        const { seconds } = outcome
        const wait: Record<string, string> = seconds === undefined ? {} : { 'retry-after': String(seconds) }
        return reply.refuse(outcome.refusal, wait)
      }
      await endOld(request)
      await audit(request, outcome.post, 'signed-in')
      reply.setCookie(trust.cookie, outcome.token, cookie)
      return sessionOf(trust, outcome.post)
    },
  )

  app.get(
    '/api/session',
    { schema: { summary: 'Who is signed in', response: { 200: sessionBody } } },
    async (request) => {
      const { principal } = request.access
      return principal === null ? nobody : sessionOf(trust, principal)
    },
  )

  app.delete(
    '/api/session',
    { schema: { summary: 'Sign out', response: { 200: sessionBody } } },
    async (request, reply) => {
      await endOld(request)
      if (request.access.principal !== null) await audit(request, request.access.principal, 'signed-out')
      reply.clearCookie(trust.cookie, cookie)
      return nobody
    },
  )

  app.post(
    '/api/session/post',
    {
      schema: {
        summary: 'Act in another of one’s posts',
        body: z.strictObject({ post: z.string().min(1).max(200).describe('Post code') }),
        response: { 200: sessionBody },
      },
    },
    async (request, reply) => {
      const { principal } = request.access
      const token = request.cookies[trust.cookie]
      if (principal === null || token === undefined) return reply.refuse(refuse('access.not-signed-in'))
      const posts = await postsHeld(trust.store, principal.officer, trust.today())
      const chosen = posts.find(({ post }) => post === request.body.post)
      if (chosen === undefined) return reply.refuse(refuse('session.not-your-post', { post: request.body.post }))
      await switchPost(trust.store, token, chosen.post)
      await audit(request, chosen, 'post-chosen')
      return sessionOf(trust, chosen)
    },
  )
}
