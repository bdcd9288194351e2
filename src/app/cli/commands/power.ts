import type { Command } from 'commander'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import { importCatalogue } from '../../../modules/list/module.ts'
import { text } from '../language.ts'
import { action, group, type Outcome, type Output } from '../output.ts'
import { withStore } from '../store.ts'

async function runImport(out: Output, file: string): Promise<Outcome | Refusal> {
  return await withStore(async (db, config): Promise<Outcome | Refusal> => {
    const report = await importCatalogue(db, file, config.packs, Temporal.Now.instant(), (done, total) =>
      out.progress({ zh: '起草', en: 'Drafting' }, { done, total, stage: 'drafting' }),
    )
    if (isRefusal(report)) return report
    for (const { item, name, why } of report.unused) out.line(`${item}  ${name}  ${why}`)
    const lacking = Object.entries(report.lacking).map(([lack, count]) => `${lack} ${count}`)
    return {
      json: report,
      lines: [
        text({
          zh: `${report.departments} 个部门，${report.items} 项：${report.drafts} 项草稿（新写入 ${report.written}），发布 0 项；未用 ${report.unused.length} 项，重名 ${report.repeatedNames} 个。`,
          en: `${report.departments} departments, ${report.items} items: ${report.drafts} drafts (${report.written} written), 0 published; ${report.unused.length} not used, ${report.repeatedNames} names repeat.`,
        }),
        text({ zh: `缺：${lacking.join('，')}`, en: `Lacking: ${lacking.join(', ')}` }),
      ],
    }
  })
}

/** `daylight power import FILE`. */
export function register(program: Command): void {
  group(program, 'power', { zh: '权力清单', en: 'the list of powers' })
    .command('import <file>')
    .description(
      text({
        zh: '把政务服务事项目录导入为草稿（只解析，从不执行）',
        en: 'import a catalogue of services as drafts (parsed, never run)',
      }),
    )
    .action(action(runImport))
}
