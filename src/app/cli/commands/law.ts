import type { Command } from 'commander'
import type { EffectiveSource } from '../../../core/law/effective.ts'
import { type Bilingual, isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import {
  importLaws,
  type LawImportReport,
  loadLawPacks,
  type ResolvedNode,
  resolveBasis,
  type SetNote,
} from '../../../modules/list/module.ts'
import { text } from '../language.ts'
import { action, group, type Outcome, type Output } from '../output.ts'
import { withStore } from '../store.ts'

const stages: Readonly<Record<'reading' | 'writing', Bilingual>> = {
  reading: { zh: '读取', en: 'Reading' },
  writing: { zh: '写入', en: 'Writing' },
}

/** Who dates a version, in words. */
const sources: Readonly<Record<EffectiveSource, Bilingual>> = {
  set: { zh: '法律库的数据库', en: "the set's database" },
  pack: { zh: '内容包中的事实', en: 'a fact of a pack' },
  clause: { zh: '本法的施行条款', en: 'its own commencement clause' },
  unknown: { zh: '不明', en: 'unknown' },
}

const kinds: Readonly<Record<SetNote['kind'], Bilingual>> = {
  'not-a-law': { zh: '不是法律', en: 'not a law' },
  unreadable: { zh: '读不出文字', en: 'no readable text' },
  'no-database': { zh: '没有可读的法律库数据库', en: 'no readable database of the set' },
  'another-text-of-this-version': { zh: '同一版本的另一份文本', en: 'another text of the same version' },
  'not-understood': { zh: '看不懂这一行', en: 'line not understood' },
  'numbering-restarts': { zh: '序号重新开始', en: 'numbering restarts' },
  'numbering-skips': { zh: '序号跳过', en: 'numbering skips' },
  'numbering-starts-late': { zh: '序号不从一开始', en: 'numbering does not start at one' },
  'irregular-label': { zh: '条号写法不合常规', en: 'irregular article label' },
  'run-together': { zh: '几条连在一行', en: 'articles run together on one line' },
}

const noteLine = (note: SetNote): string => {
  const counted =
    note.expected === undefined
      ? ''
      : text({
          zh: `（应为 ${note.expected}，见 ${note.found}）`,
          en: ` (expected ${note.expected}, found ${note.found})`,
        })
  return `${note.file}:${note.line}  ${text(kinds[note.kind])}${counted}  ${note.shows.replace(/\s+/g, ' ')}`
}

function importLines(report: LawImportReport): string[] {
  const { effective, documents } = report
  return [
    text({
      zh: `${report.files} 个文件（其中 ${report.notLaws} 个不含法律）：${report.laws} 部法律，${report.versions} 个版本，${report.articles} 条；新写入 ${report.written} 个版本。`,
      en: `${report.files} files (${report.notLaws} of them hold no law): ${report.laws} laws, ${report.versions} versions, ${report.articles} articles; ${report.written} versions written.`,
    }),
    text({
      zh: `施行日期：数据库 ${effective.set}，施行条款 ${effective.clause}，两者都没有 ${effective.none}（内容包另有记载的除外即为不明）。`,
      en: `Effective date: database ${effective.set}, own clause ${effective.clause}, neither ${effective.none} (unknown unless a pack states it).`,
    }),
    ...(documents.length === 0
      ? []
      : [
          text({
            zh: `说明文件，不是法律：${documents.join('、')}`,
            en: `Documents, not laws: ${documents.join(', ')}`,
          }),
        ]),
    text({ zh: `没有看懂的文件和行：${report.unparsed}`, en: `Files and lines not understood: ${report.unparsed}` }),
  ]
}

async function runImport(out: Output, folder: string): Promise<Outcome | Refusal> {
  return await withStore(async (db, config): Promise<Outcome | Refusal> => {
    const facts = await loadLawPacks(db, config.packs)
    if (isRefusal(facts)) return facts
    const report = await importLaws(db, folder, config.packs, ({ stage, done, total }) =>
      out.progress(stages[stage], { done, total, stage }),
    )
    if (isRefusal(report)) return report
    for (const note of report.notes) out.line(noteLine(note))
    return { json: report, lines: importLines(report) }
  })
}

const today = (zone: string): string => Temporal.Now.plainDateISO(zone).toString()

function shownNode(node: ResolvedNode): Outcome {
  const { law, version } = node
  const from = text(sources[version.effective.source])
  const lines = [
    `${law.title} ${node.citation ?? node.address ?? ''}`.trim(),
    text({
      zh: `${version.version} 版，${version.effective.on} 起施行（据${from}）${node.until === null ? '' : `，${node.until} 起由新版本代替`}；查询日 ${node.on}`,
      en: `Version of ${version.version}, in force from ${version.effective.on} (by ${from})${node.until === null ? '' : `, replaced from ${node.until}`}; asked for ${node.on}`,
    }),
    ...(node.laterUnknown.length === 0
      ? []
      : [
          text({
            zh: `注意：${node.laterUnknown.join('、')} 版的施行日期不明，可能已经代替它。`,
            en: `Note: the effective date of version ${node.laterUnknown.join(', ')} is not known; it may have replaced this one.`,
          }),
        ]),
    '',
    node.text ??
      text({
        zh: '全文尚未导入（daylight law import），以下是我们自己的一句概括：',
        en: 'The full text is not imported yet (daylight law import); in one sentence of our own:',
      }),
    ...(node.gist === null ? [] : [`— ${text(node.gist)}`]),
  ]
  return { json: shownJson(node), lines }
}

function shownJson(node: ResolvedNode): object {
  const { law, version } = node
  return {
    ref: node.ref,
    law: law.law,
    title: law.title,
    citation: node.citation,
    on: node.on,
    version: version.version,
    effectiveOn: version.effective.on,
    effectiveSource: version.effective.source,
    until: node.until,
    laterUnknown: node.laterUnknown,
    text: node.text,
    gist: node.gist,
  }
}

async function runShow(_out: Output, ref: string, options: { readonly on?: string }): Promise<Outcome | Refusal> {
  return await withStore(async (db, config): Promise<Outcome | Refusal> => {
    const facts = await loadLawPacks(db, config.packs)
    if (isRefusal(facts)) return facts
    const node = await resolveBasis(db, ref, options.on ?? today(config.zone))
    return isRefusal(node) ? node : shownNode(node)
  })
}

/** `daylight law import DIR` and `daylight law show REF [--on DATE]`. */
export function register(program: Command): void {
  const law = group(program, 'law', { zh: '法律库', en: 'the library of laws' })
  law
    .command('import <folder>')
    .description(text({ zh: '导入一个 Markdown 法律文件夹', en: 'import a folder of statutes in Markdown' }))
    .action(action(runImport))
  law
    .command('show <ref>')
    .description(
      text({ zh: '显示某日有效的法条，如 行政许可法#32.1.4', en: 'show a piece of a law, e.g. 行政许可法#32.1.4' }),
    )
    .option('--on <date>', text({ zh: '哪一天有效（默认今天）', en: 'in force on this day (default today)' }))
    .action(action(runShow))
}
