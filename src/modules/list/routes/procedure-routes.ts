// The procedures of the packs: the chart of the very net by which cases are judged, and the same steps in words.
import { z } from 'zod'
import { type Drawn, drawProcedure } from '../../../core/procedure/bpmn/lay-out.ts'
import { writePnml } from '../../../core/procedure/write-pnml.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import type { HttpApp } from '../../../kernel/http/app.ts'
import { type PackProcedure, readProcedures } from '../../../kernel/packs/procedures.ts'
import type { ListServices } from '../services.ts'
import { procedureLine, procedurePage } from './procedure-bodies.ts'

const lineOf = ({ procedure, hash, about }: PackProcedure) => ({
  procedure: procedure.id,
  title: about.title,
  summary: about.summary,
  version: about.version,
  netHash: hash,
  steps: procedure.steps.length,
})

/** Procedures, public like the powers that they serve. */
export function procedureRoutes(app: HttpApp, { packs }: ListServices): void {
  // A file is laid out once; its net's hash changes whenever the file does in what counts.
  const drawn = new Map<string, Promise<Drawn | Refusal>>()
  const draw = ({ hash, xml, procedure }: PackProcedure): Promise<Drawn | Refusal> => {
    const kept = drawn.get(hash) ?? drawProcedure(xml, procedure.id)
    drawn.set(hash, kept)
    return kept
  }

  app.get(
    '/api/procedures',
    { schema: { summary: 'Procedures', response: { 200: z.object({ rows: z.array(procedureLine) }) } } },
    async (_, reply) => {
      const procedures = await readProcedures(packs)
      return isRefusal(procedures) ? reply.refuse(procedures) : { rows: [...procedures.values()].map(lineOf) }
    },
  )

  app.get(
    '/api/procedures/:procedure',
    {
      schema: {
        summary: 'A procedure with its chart, its steps and what may happen from anywhere',
        params: z.object({ procedure: z.string().min(1).max(100) }),
        response: { 200: procedurePage },
      },
    },
    async (request, reply) => {
      const procedures = await readProcedures(packs)
      if (isRefusal(procedures)) return reply.refuse(procedures)
      const id = request.params.procedure
      const found = procedures.get(id)
      if (found === undefined) return reply.refuse(refuse('power.procedure-missing', { procedure: id }))
      const chart = await draw(found)
      if (isRefusal(chart)) return reply.refuse(chart)
      const { procedure, about } = found
      const nameOf = (activity: string) => ({ zh: activity, en: about.steps[activity] ?? activity })
      const { nodes, edges, ...frame } = chart.diagram
      return {
        ...lineOf(found),
        basis: about.basis,
        diagram: {
          ...frame,
          nodes: [...nodes],
          edges: edges.map((edge) => ({ ...edge, points: [...edge.points] })),
        },
        inOrder: procedure.steps.map(({ element, activity, role, limit, mandatory, basis }) => ({
          element,
          activity,
          name: nameOf(activity),
          role,
          limit: limit && { value: limit.days, unit: limit.unit },
          mandatory,
          basis: [...basis],
        })),
        caseActs: procedure.caseActs.map(({ act, activity, role, clock, basis }) => ({
          act,
          activity,
          name: nameOf(activity),
          role,
          clock,
          basis: [...basis],
        })),
        pauses: about.pauses,
        bpmn: chart.xml,
      }
    },
  )

  app.get(
    '/api/procedures/:procedure/net.pnml',
    {
      schema: {
        summary: 'The net of a procedure as PNML',
        params: z.object({ procedure: z.string().min(1).max(100) }),
        produces: ['application/xml'],
        response: { 200: z.string() },
      },
    },
    async (request, reply) => {
      const procedures = await readProcedures(packs)
      if (isRefusal(procedures)) return reply.refuse(procedures)
      const id = request.params.procedure
      const found = procedures.get(id)
      if (found === undefined) return reply.refuse(refuse('power.procedure-missing', { procedure: id }))
      const pnml = writePnml(found.procedure.net, found.procedure.name)
      if (isRefusal(pnml)) return reply.refuse(pnml)
      return reply
        .header('content-disposition', `attachment; filename="${found.procedure.id}.pnml"`)
        .type('application/xml')
        .send(pnml)
    },
  )
}
