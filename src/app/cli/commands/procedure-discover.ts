import { basename } from 'node:path'
import type { Command } from 'commander'
import { discover, type Proposal } from '../../../core/discovery/discover.ts'
import { nodesOf, treeText } from '../../../core/discovery/process-tree.ts'
import { wholeLog } from '../../../core/eventlog/log-view.ts'
import { readBpmn } from '../../../core/procedure/bpmn/read-bpmn.ts'
import { unfinishedCases } from '../../../core/procedure/unfinished.ts'
import { writePnml } from '../../../core/procedure/write-pnml.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { text } from '../language.ts'
import { openLog } from '../open-log.ts'
import { action, group } from '../output.ts'
import { writeOutput } from '../write-output.ts'

interface DiscoverOptions {
  readonly noise: string
  readonly map?: string
  readonly bpmn?: string
  readonly pnml?: string
  readonly budget: string
}

/** `daylight procedure discover LOG`: a procedure proposed from how the cases of a log went. */
export function register(program: Command): void {
  group(program, 'procedure', { zh: '程序', en: 'procedures' })
    .command('discover <log>')
    .description(
      text({
        zh: '从日志里办件的实际走法提出一个流程（归纳挖掘）：只是提议，由人修改、与法定程序对照',
        en: 'propose a procedure from how the cases of a log went (inductive miner): a proposal for a person to correct',
      }),
    )
    .option(
      '--noise <share>',
      text({
        zh: '略去比最常见的走法少于这个比例的（0 到 1）',
        en: 'leave out what is rarer than this share of its commonest alternative (0 to 1)',
      }),
      '0',
    )
    .option('--map <file>', text({ zh: '列的映射（YAML 或 JSON）', en: 'mapping of the columns (YAML or JSON)' }))
    .option('--bpmn <file>', text({ zh: '写成 BPMN 2.0（带图）', en: 'write it as BPMN 2.0, drawn' }))
    .option('--pnml <file>', text({ zh: '把它的网写成 PNML', en: 'write its net as PNML' }))
    .option('--budget <seconds>', text({ zh: '评估最多用多少秒', en: 'most seconds to judge it' }), '90')
    .action(
      action(async (out, path: string, options: DiscoverOptions) => {
        const [noise, budget] = [Number(options.noise), Number(options.budget)]
        if (!(budget > 0)) return refuse('cli.usage', { why: `--budget ${options.budget}` })
        const read = await openLog(out, path, options.map)
        if (isRefusal(read)) return read
        const unfinished = unfinishedCases(read.log)
        const started = performance.now()
        const proposal = discover(wholeLog(read.log), {
          noise,
          name: basename(path),
          unfinished: (c) => unfinished[c] === 1,
          expired: () => performance.now() - started > budget * 1000,
          onProgress: (done, total) =>
            out.progress({ zh: '按提议判断办件', en: 'judging cases by it' }, { done, total, stage: null }),
        })
        if (isRefusal(proposal)) return proposal
        const seconds = (performance.now() - started) / 1000
        const written = await writeProposal(proposal, options)
        if (isRefusal(written)) return written
        return { json: json(proposal, noise, seconds), lines: lines(proposal, seconds) }
      }),
    )
}

async function writeProposal(proposal: Proposal, { bpmn, pnml }: DiscoverOptions): Promise<true | Refusal> {
  if (bpmn !== undefined) {
    const written = await writeOutput(bpmn, proposal.bpmn)
    if (isRefusal(written)) return written
  }
  if (pnml === undefined) return true
  const procedure = readBpmn(proposal.bpmn)
  if (isRefusal(procedure)) return procedure
  const net = writePnml(procedure.net, procedure.name)
  return isRefusal(net) ? net : await writeOutput(pnml, net)
}

const stepsOf = (proposal: Proposal): { activity: string; cases: number }[] =>
  proposal.diagram.nodes
    .filter(({ kind }) => kind === 'task')
    .map(({ id, label }) => ({ activity: label, cases: proposal.cases[id] ?? 0 }))

function json(proposal: Proposal, noise: number, seconds: number): object {
  return {
    noise,
    ...proposal.quality,
    blocks: nodesOf(proposal.tree).length,
    tree: treeText(proposal.tree),
    steps: stepsOf(proposal),
    seconds,
  }
}

function lines(proposal: Proposal, seconds: number): string[] {
  const { cases, open, fitting, deviating, unsolved, fitness, precision } = proposal.quality
  const share = (value: number | null): string => (value === null ? '–' : value.toFixed(4))
  const counts = [
    [{ zh: '已办结', en: 'ended cases' }, String(cases)],
    [{ zh: '在办（未用）', en: 'open (not used)' }, String(open)],
    [{ zh: '相符', en: 'fitting' }, String(fitting)],
    [{ zh: '不符', en: 'deviating' }, String(deviating)],
    [{ zh: '未判', en: 'unsolved' }, String(unsolved)],
    [{ zh: '符合度', en: 'fitness' }, share(fitness)],
    [{ zh: '精确度', en: 'precision' }, share(precision)],
    [{ zh: '用时', en: 'seconds' }, seconds.toFixed(2)],
  ] as const
  return [
    ...counts.map(([label, value]) => `${text(label).padEnd(16)}${value}`),
    treeText(proposal.tree),
    ...stepsOf(proposal).map(({ activity, cases: count }) => `${String(count).padStart(8)}  ${activity}`),
    text({
      zh: '这只是提议：修改后与法定程序对照（daylight procedure compare），不会自动成为程序。',
      en: 'This is a proposal: correct it and compare it with the law’s procedure (daylight procedure compare); it never becomes one by itself.',
    }),
  ]
}
