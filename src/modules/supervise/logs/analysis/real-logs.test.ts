// Figures that PM4Py 2.7.23.11 and pandas gave for real logs, beside this checkout's `../shared`; nothing of the logs is kept.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { caseDurations } from '../../../../core/eventlog/case-times.ts'
import { followsGraph } from '../../../../core/eventlog/graph.ts'
import { handovers } from '../../../../core/eventlog/handovers.ts'
import { type LogView, wholeLog } from '../../../../core/eventlog/log-view.ts'
import { rework } from '../../../../core/eventlog/rework.ts'
import { temporalDeviations, temporalProfile } from '../../../../core/eventlog/temporal-profile.ts'
import { variantsIn } from '../../../../core/eventlog/variants.ts'
import { isRefusal } from '../../../../core/refusal/refusal.ts'
import { readLog } from '../../../../kernel/tables/read-log.ts'

const shared = resolve(import.meta.dirname, '../../../../../../shared/data/eventlogs')

/** What the reference found. Seconds; `meanSum` adds the means of all edges, so that each of them counts. */
interface Reference {
  readonly variants: number
  readonly largest: readonly number[]
  readonly edges: number
  readonly follows: number
  readonly meanSum: number
  readonly firstEdge: readonly [count: number, mean: number, median: number, sd: number]
  readonly starts: number
  readonly ends: number
  readonly duration: readonly [mean: number, median: number, p90: number, sd: number, max: number]
  readonly rework: readonly number[]
  readonly reworkRows: number
  readonly handovers: readonly [handed: number, same: number, pairs: number, most: number]
  readonly pairs: number
  readonly profileMeans: number
  readonly profileSds: number
  /** ζ → deviations, cases with one. */
  readonly deviations: readonly (readonly [zeta: number, found: number, cases: number])[]
}

const references: Readonly<Record<string, Reference>> = {
  'receipt.csv': {
    variants: 116,
    largest: [713, 123, 116, 115],
    edges: 99,
    follows: 7143,
    meanSum: 11810839.008368155,
    firstEdge: [1177, 55643.557289719625, 31.055, 162250.92869490958],
    starts: 1,
    ends: 14,
    duration: [467263.9152573221, 2868.5835, 1217821.7991, 1322517.2080242496, 23832541.524],
    rework: [59, 35, 11],
    reworkRows: 13,
    handovers: [1208, 5935, 246, 180],
    pairs: 329,
    profileMeans: 170288000.50845978,
    profileSds: 203537134.43120632,
    deviations: [
      [6, 110, 30],
      [2, 715, 155],
    ],
  },
  'running-example.xes': {
    variants: 6,
    largest: [1, 1, 1, 1],
    edges: 16,
    follows: 36,
    meanSum: 2397490,
    firstEdge: [6, 181960, 129300, 206034.11756308711],
    starts: 1,
    ends: 2,
    duration: [966890, 815940, 1472610, 412223.4987479486, 1576440],
    rework: [2, 2, 1],
    reworkRows: 4,
    handovers: [32, 4, 18, 4],
    pairs: 39,
    profileMeans: 21734201.41025641,
    profileSds: 12716468.884804677,
    deviations: [
      [6, 0, 0],
      [2, 1, 1],
    ],
  },
  'PermitLog.xes.gz': {
    variants: 1402,
    largest: [945, 421, 302, 240],
    edges: 531,
    follows: 74666,
    meanSum: 287742386.35936725,
    firstEdge: [6832, 296814.4028103044, 278196.5, 157203.83465711243],
    starts: 3,
    ends: 8,
    duration: [7168550.889822596, 5967956, 13399113.5, 5313526.396345423, 43408924],
    rework: [1477, 1202, 1202],
    reworkRows: 40,
    handovers: [10419, 64247, 2, 8245],
    pairs: 1384,
    profileMeans: 4902773808.631626,
    profileSds: 3560379958.4916945,
    deviations: [
      [6, 1630, 147],
      [2, 23958, 1210],
    ],
  },
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
/** Equal to nine digits: sums are added in another order there. */
const near = (value: number) => expect.closeTo(value, Math.max(0, 8 - Math.floor(Math.log10(Math.max(1, value)))))

describe.skipIf(!existsSync(shared))('real logs (skipped where ../shared is absent)', () => {
  describe.each(Object.entries(references))('%s', (file, reference) => {
    let view: LogView
    beforeAll(async () => {
      const read = await readLog(join(shared, file))
      if (isRefusal(read)) throw new Error(read.says.en)
      view = wholeLog(read.log)
    }, 60_000)

    it('has the variants, edges and durations of the reference', () => {
      const { variants } = variantsIn(view)
      expect(variants.length).toBe(reference.variants)
      expect(variants.slice(0, 4).map(({ cases }) => cases)).toEqual(reference.largest)
      const { nodes, edges } = followsGraph(view)
      expect(edges.length).toBe(reference.edges)
      expect(sum(edges.map(({ count }) => count))).toBe(reference.follows)
      expect(sum(edges.map(({ duration }) => duration?.mean ?? 0))).toEqual(near(reference.meanSum))
      const [count, mean, median, sd] = reference.firstEdge
      expect(edges[0]).toMatchObject({ count, duration: { mean: near(mean), median: near(median), sd: near(sd) } })
      expect(nodes.filter(({ starts }) => starts > 0).length).toBe(reference.starts)
      expect(nodes.filter(({ ends }) => ends > 0).length).toBe(reference.ends)
      const [caseMean, caseMedian, p90, caseSd, max] = reference.duration
      const expected = {
        mean: near(caseMean),
        median: near(caseMedian),
        p90: near(p90),
        sd: near(caseSd),
        max: near(max),
      }
      expect(caseDurations(view)).toMatchObject(expected)
    })

    it('has the rework and the hand-overs of the reference', () => {
      const { rows } = rework(view)
      expect(rows.length).toBe(reference.reworkRows)
      expect(rows.slice(0, 3).map(({ cases }) => cases)).toEqual(reference.rework)
      const handed = handovers(view, 'officer')
      const total = sum(handed.rows.map(({ count }) => count))
      expect([total, handed.same, handed.rows.length, handed.rows[0]?.count]).toEqual(reference.handovers)
    })

    it('has the temporal profile of the reference and its deviations', () => {
      const profile = temporalProfile(view)
      expect(profile.pairs.length).toBe(reference.pairs)
      expect(sum(profile.pairs.map(({ mean }) => mean))).toEqual(near(reference.profileMeans))
      expect(sum(profile.pairs.map(({ sd }) => sd))).toEqual(near(reference.profileSds))
      for (const [zeta, found, cases] of reference.deviations) {
        const deviations = temporalDeviations(view, profile, zeta)
        expect([deviations.length, new Set(deviations.map(({ caseIndex }) => caseIndex)).size]).toEqual([found, cases])
      }
    })
  })
})
