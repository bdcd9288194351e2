import { describe, expect, test } from 'vitest'
import { refuse } from '../refusal/refusal.ts'
import { lacksOf } from './lacks.ts'
import { afterAct } from './lifecycle.ts'
import { type Basis, type DocumentBasis, type PowerEntry, powerKinds, powerStates } from './power.ts'
import { type BasisRules, publicationProblems } from './publication.ts'

const rules = Object.fromEntries(
  powerKinds.map((kind) => [
    kind,
    kind === 'public-service'
      ? { restsOn: ['law', 'document', 'village-charter'], because: null }
      : { restsOn: ['law', 'regulation'], because: 'L#17' },
  ]),
) as unknown as BasisRules
const entry: PowerEntry = {
  code: 'p1',
  name: { zh: '取水许可', en: 'Water' },
  kind: 'permit',
  level: 'county',
  region: '99',
  organs: ['o1'],
  bases: [{ kind: 'article', ref: 'L#1' }],
  limit: {
    statutory: { value: 20, unit: 'working-day', basis: 'L#42.1' },
    promised: { value: 10, unit: 'working-day' },
  },
  procedure: 'ordinary-permit',
  caseKinds: ['promised'],
  special: [],
}
const document: DocumentBasis = {
  kind: 'document',
  form: 'document',
  title: '便民服务规定',
  number: '望政办发〔2024〕12号',
  issuer: '望禾县人民政府办公室',
  issuedOn: '2024-03-01',
  effectiveOn: '2024-04-01',
  repealedOn: null,
  quote: '提供预约服务。',
}
const codes = (one: PowerEntry, more: Partial<Parameters<typeof publicationProblems>[1]> = {}): string[] =>
  publicationProblems(one, {
    bases: one.bases.map((basis: Basis) => ({ basis, resolved: { rank: 'law' } })),
    limitBasis: {},
    procedure: {},
    rules,
    on: '2026-01-05',
    ...more,
  }).map((problem) => problem.code)

describe('a power is published', () => {
  test('when all is stated, in force, high enough and sound', () => {
    expect(codes(entry)).toEqual([])
  })
  test('only when it lacks nothing', () => {
    expect(codes({ ...entry, level: null, organs: [], bases: [], procedure: null }, { procedure: null })).toEqual([
      'power.lacks',
    ])
    expect(lacksOf({ ...entry, limit: { statutory: null, promised: null }, caseKinds: [] })).toEqual([
      'statutory-limit',
      'promise',
      'case-kind',
    ])
    expect(lacksOf({ ...entry, kind: 'public-service', limit: { ...entry.limit, statutory: null } })).toEqual([])
  })
  test('only on bases that resolve to a node in force, the limit’s own among them', () => {
    const gone = refuse('law.lapsed', { law: 'L', on: '2026-01-05' })
    const bases = [{ basis: { kind: 'article', ref: 'L#1' } as const, resolved: gone }]
    expect(codes(entry, { bases })).toEqual(['law.lapsed'])
    expect(codes(entry, { limitBasis: gone })).toEqual(['law.lapsed'])
  })
  test('never on a document where its kind needs a law: neither a permit nor a penalty', () => {
    for (const kind of ['permit', 'penalty'] as const) {
      const problems = publicationProblems(
        { ...entry, kind, bases: [document] },
        {
          bases: [{ basis: document, resolved: { rank: null } }],
          limitBasis: {},
          procedure: {},
          rules,
          on: '2026-01-05',
        },
      )
      expect(problems.map((problem) => [problem.code, problem.basis])).toEqual([['power.basis-too-low', 'L#17']])
    }
    expect(codes({ ...entry, kind: 'public-service', bases: [document] })).toEqual([])
  })
  test('only on law of sufficient and known rank', () => {
    const bases = (rank: 'department-rule' | null) => [
      { basis: { kind: 'article', ref: 'L#1' } as const, resolved: { rank } },
    ]
    expect(codes(entry, { bases: bases('department-rule') })).toEqual(['power.basis-too-low'])
    expect(codes(entry, { bases: bases(null) })).toEqual(['power.basis-rank-unknown'])
  })
  test('only on a document that is in effect on that day', () => {
    const service = { ...entry, kind: 'public-service' as const }
    expect(codes({ ...service, bases: [{ ...document, effectiveOn: '2026-01-06' }] })).toEqual([
      'power.document-not-yet',
    ])
    expect(codes({ ...service, bases: [{ ...document, repealedOn: '2026-01-06' }] })).toEqual([])
    expect(codes({ ...service, bases: [{ ...document, repealedOn: '2026-01-05' }] })).toEqual([
      'power.document-repealed',
    ])
  })
  test('only with a promise that cannot outlast the law’s limit', () => {
    const limit = (promised: number, unit: 'working-day' | 'calendar-day', legal: 'working-day' | 'calendar-day') => ({
      ...entry,
      limit: { statutory: { value: 20, unit: legal, basis: 'L#42.1' }, promised: { value: promised, unit } },
    })
    expect(codes(limit(20, 'working-day', 'working-day'))).toEqual([])
    expect(codes(limit(21, 'working-day', 'working-day'))).toEqual(['power.promise-too-long'])
    expect(codes(limit(20, 'calendar-day', 'working-day'))).toEqual([])
    expect(codes(limit(5, 'working-day', 'calendar-day'))).toEqual(['power.promise-unit'])
    expect(codes(limit(0, 'working-day', 'calendar-day'))).toEqual([])
  })
  test('only along a sound procedure', () => {
    expect(codes(entry, { procedure: refuse('power.procedure-unsound', { procedure: 'x', why: 'y' }) })).toEqual([
      'power.procedure-unsound',
    ])
  })
})

test('a power goes from draft to published, may be suspended and resumed, and never returns from repeal', () => {
  const ways = powerStates.flatMap((state) =>
    (['publish', 'suspend', 'repeal'] as const).flatMap((act) => {
      const next = afterAct('p1', state, act)
      return typeof next === 'string' ? [`${state} ${act} ${next}`] : []
    }),
  )
  expect(ways).toEqual([
    'draft publish published',
    'published publish published',
    'published suspend suspended',
    'published repeal repealed',
    'suspended publish published',
    'suspended repeal repealed',
  ])
})
