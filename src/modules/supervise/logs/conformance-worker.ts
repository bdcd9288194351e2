// Judges a log by a net in a worker thread: gets a ConformanceTask, answers with ConformanceWords.
import { parentPort, workerData } from 'node:worker_threads'
import { analyse } from '../../../core/procedure/analyse.ts'
import type { ConformanceTask, ConformanceWord } from './conformance.ts'

const say = (word: ConformanceWord): void => parentPort?.postMessage(word)

const { log, net, caseActs, unfinished } = workerData as ConformanceTask
let told = 0
const result = analyse(log, net, {
  caseActs,
  unfinished: (c) => unfinished[c] === 1,
  onProgress: (judged, cases) => {
    if (judged - told < 200 && judged < cases) return
    told = judged
    say({ kind: 'judged', judged, cases })
  },
})
say({
  kind: 'ended',
  noEnd: result.noEnd,
  variants: result.variants.map(({ variant, fits, cost, moves, deviations }) => ({
    trace: variant.trace,
    unfinished: variant.unfinished,
    cases: variant.cases.length,
    fits,
    cost,
    moves,
    deviations,
  })),
})
