import type { Command } from 'commander'
import { checkSoundness, type Soundness } from '../../../core/procedure/soundness.ts'
import { type Bilingual, isRefusal, refuse } from '../../../core/refusal/refusal.ts'
import { type ModelFile, readModelFile } from '../../../kernel/packs/procedures.ts'
import { text } from '../language.ts'
import { action, group } from '../output.ts'

interface CheckOptions {
  readonly maxMarkings?: string
}

/** `daylight procedure check FILE`: can this procedure be published? Exit code 0 only when it is sound. */
export function register(program: Command): void {
  group(program, 'procedure', { zh: '程序', en: 'procedures' })
    .command('check <file>')
    .description(
      text({
        zh: '检查程序（BPMN 2.0 或 PNML）是否健全：总能办结、不留尾巴、没有做不到的步骤',
        en: 'check that a procedure (BPMN 2.0 or PNML) is sound: it can always end, leaves nothing over, and no step is dead',
      }),
    )
    .option('--max-markings <n>', text({ zh: '最多看多少个状态', en: 'most states to look at' }))
    .action(
      action(async (_out, path: string, { maxMarkings }: CheckOptions) => {
        const limit = maxMarkings === undefined ? 200_000 : Number(maxMarkings)
        if (!Number.isInteger(limit) || limit < 1) return refuse('cli.usage', { why: `--max-markings ${maxMarkings}` })
        const model = await readModelFile(path)
        if (isRefusal(model)) return model
        const soundness = checkSoundness(model.procedure.net, { maxMarkings: limit })
        return { json: json(model, soundness), lines: lines(model, soundness), differs: soundness.kind !== 'sound' }
      }),
    )
}

function reasons(soundness: Soundness): readonly Bilingual[] {
  if (soundness.kind === 'sound') return []
  return soundness.kind === 'unsound' ? soundness.says : [soundness.says]
}

function json({ procedure, hash }: ModelFile, soundness: Soundness): object {
  const { id, name, net, steps, caseActs } = procedure
  return {
    id,
    name,
    hash,
    soundness: soundness.kind,
    markings: soundness.kind === 'unsound' ? null : soundness.markings,
    problems: soundness.kind === 'unsound' ? soundness.problems : [],
    says: reasons(soundness),
    places: net.places.length,
    transitions: net.transitions.length,
    silent: net.transitions.filter(({ label }) => label === null).length,
    steps,
    caseActs,
  }
}

const verdicts: Readonly<Record<Soundness['kind'], Bilingual>> = {
  sound: { zh: '健全，可以公布', en: 'sound: it can be published' },
  unsound: { zh: '不健全，不能公布', en: 'not sound: it cannot be published' },
  undecided: { zh: '不能判定，不能公布', en: 'undecided: it cannot be published' },
}

function lines({ procedure, hash }: ModelFile, soundness: Soundness): string[] {
  const { name, net, steps, caseActs } = procedure
  const units = { 'working-day': { zh: '工作日', en: 'working days' }, 'calendar-day': { zh: '日', en: 'days' } }
  const activityOf = new Map(steps.map(({ element, activity }) => [element, activity]))
  const stepLines = steps.map(({ activity, role, limit, basis }) => {
    const due =
      limit &&
      text({
        zh: `自“${activityOf.get(limit.from)}”起 ${limit.days} ${units[limit.unit].zh}`,
        en: `within ${limit.days} ${units[limit.unit].en} of “${activityOf.get(limit.from)}”`,
      })
    return `  ${[activity, role, due, ...basis].filter((part) => part !== null && part !== '').join(' · ')}`
  })
  return [
    name,
    `${text({ zh: '结论', en: 'verdict' })}: ${text(verdicts[soundness.kind])}`,
    ...reasons(soundness).map((reason) => `  ${text(reason)}`),
    `${text({ zh: '网', en: 'net' })}: ${net.places.length} + ${net.transitions.length}, ${text({ zh: '指纹', en: 'hash' })} ${hash}`,
    `${text({ zh: '步骤', en: 'steps' })}: ${steps.length}`,
    ...stepLines,
    ...(caseActs.length === 0 ? [] : [`${text({ zh: '案件行为', en: 'case acts' })}: ${caseActs.length}`]),
    ...caseActs.map(({ activity, role, clock, basis }) => `  ${[activity, role, clock, ...basis].join(' · ')}`),
  ]
}
