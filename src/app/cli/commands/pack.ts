import { relative, resolve } from 'node:path'
import type { Command } from 'commander'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import { readConfig } from '../../../kernel/config/config.ts'
import { readPack, verifyLock, writeLock } from '../../../kernel/packs/packs.ts'
import { type ProcedureReport, testProcedures } from '../../../kernel/packs/procedure-examples.ts'
import { type CheckReport, testSupervision } from '../../../modules/supervise/checks/test-pack.ts'
import { text } from '../language.ts'
import { action, group, type Outcome, showRefusal } from '../output.ts'

/** `daylight pack test DIR` runs the examples of a pack's checks and verifies its lock; `pack lock DIR` writes the lock. */
export function register(program: Command): void {
  const pack = group(program, 'pack', { zh: '内容包', en: 'packs of content' })
  pack
    .command('test <dir>')
    .description(
      text({ zh: '运行内容包里全部示例，并核对锁文件', en: 'run every example of a pack and verify its lock' }),
    )
    .action(action(async (_out, dir: string) => await test(resolve(dir))))
  pack
    .command('lock <dir>')
    .description(
      text({ zh: '写下内容包的锁文件（编号 → 版本与摘要）', en: 'write a pack’s lock (id → version and hash)' }),
    )
    .option(
      '--unreleased',
      text({ zh: '这些版本从未发布，可以改写', en: 'these versions were never released: rewrite them' }),
    )
    .action(
      action(
        async (_out, dir: string, { unreleased }: { unreleased?: boolean }) =>
          await lock(resolve(dir), unreleased === true),
      ),
    )
}

async function lock(root: string, unreleased: boolean): Promise<Outcome | Refusal> {
  const items = await writeLock(root, unreleased)
  if (isRefusal(items)) return items
  return { json: { items }, lines: items.map((item) => `${item.id}  ${item.version}  ${item.sha256}`) }
}

async function test(root: string): Promise<Outcome | Refusal> {
  const config = readConfig()
  if (isRefusal(config)) return config
  const pack = await readPack(root)
  if (isRefusal(pack)) return pack
  const locked = await verifyLock(root)
  const checks = await testSupervision(root, config.packs)
  if (isRefusal(checks)) return checks
  const procedures = await testProcedures(root)
  if (isRefusal(procedures)) return procedures
  const tested = [...checks, ...procedures]
  const failed = tested.reduce((sum, { failures }) => sum + failures.length, 0)
  const examples = tested.reduce((sum, each) => sum + each.examples, 0)
  const good = failed === 0 && locked.length === 0 && procedures.every(({ sound }) => sound)
  return {
    json: {
      pack: pack.id,
      version: pack.version,
      checks,
      procedures,
      examples,
      failed,
      lock: locked.map(({ code, says }) => ({ code, says })),
    },
    lines: [
      ...checks.flatMap((check) => checkLines(check, root)),
      ...procedures.flatMap(procedureLines),
      ...locked.map(showRefusal),
      text({
        zh: `${pack.id} ${pack.version}：示例 ${examples} 个，失败 ${failed} 个；锁文件${locked.length === 0 ? '一致' : '不一致'}`,
        en: `${pack.id} ${pack.version}: ${examples} examples, ${failed} failed; lock ${locked.length === 0 ? 'agrees' : 'differs'}`,
      }),
    ],
    differs: !good,
  }
}

function procedureLines({ procedure, sound, examples, failures }: ProcedureReport): string[] {
  const verdict = sound ? text({ zh: '健全', en: 'sound' }) : text({ zh: '不健全', en: 'not sound' })
  return [
    `${sound && failures.length === 0 ? '✓' : '✗'} ${procedure}  ${verdict}, ${text({ zh: `示例 ${examples} 个`, en: `${examples} examples` })}`,
    ...failures.map(({ example, expected, found }) => `    ${example}: ${expected.join(' ')} ≠ ${found.join(' ')}`),
  ]
}

function checkLines(check: CheckReport, root: string): string[] {
  const mark = check.failures.length === 0 ? '✓' : '✗'
  const counts = text({
    zh: `命中 ${check.firing}，静默 ${check.silent}，最慢 ${check.slowest.toFixed(1)} ms`,
    en: `${check.firing} firing, ${check.silent} silent, slowest ${check.slowest.toFixed(1)} ms`,
  })
  return [
    `${mark} ${check.code} ${check.check}  ${counts}`,
    ...check.failures.map((failure) => `    ${relative(root, failure.file)} · ${failure.example}: ${failure.why}`),
  ]
}
