import type { Command } from 'commander'
import { stringify } from 'yaml'
import { isRefusal } from '../../../core/refusal/refusal.ts'
import { readConfig } from '../../../kernel/config/config.ts'
import type { ColumnProfile } from '../../../kernel/tables/survey/column-profile.ts'
import { personalTexts } from '../../../kernel/tables/survey/personal.ts'
import { type CasePreview, previewCases } from '../../../kernel/tables/survey/preview-cases.ts'
import { type Survey, surveyFile } from '../../../kernel/tables/survey/survey-file.ts'
import { text } from '../language.ts'
import { action, group } from '../output.ts'

interface MapOptions {
  readonly sheet?: string
  readonly objectType?: string
}

/** `daylight log map FILE`: what the columns of a file are likely to mean, as a mapping, and its first cases read by it. */
export function register(program: Command): void {
  group(program, 'log', { zh: '其他系统的办件日志', en: 'logs of other systems' })
    .command('map <file>')
    .description(
      text({
        zh: '按列名和内容猜一份文件（CSV、XLSX、XES、OCEL）的映射，写成 YAML，并给出照此读出的头几件',
        en: 'guess the mapping of a file (CSV, XLSX, XES, OCEL) from names and contents, as YAML, with the first cases as it reads them',
      }),
    )
    .option('--sheet <name>', text({ zh: '工作表', en: 'the sheet of a workbook' }))
    .option('--object-type <type>', text({ zh: '以哪种对象为办件', en: 'the type of object that is a case' }))
    .action(
      action(async (_, path: string, { sheet, objectType }: MapOptions) => {
        const config = readConfig()
        if (isRefusal(config)) return config
        const survey = await surveyFile(path, { sheet, objectType })
        if (isRefusal(survey)) return survey
        const { mapping } = survey
        const preview = mapping === null ? null : await previewCases(path, mapping, config.zone)
        return {
          json: {
            format: survey.head.format,
            choice: survey.head.choice,
            rows: survey.head.rows.length,
            whole: survey.head.whole,
            columns: survey.columns.map(({ values: _, at: __, ...column }) => column),
            guesses: survey.roles,
            missing: survey.missing,
            hint: survey.hint,
            mapping,
            preview: isRefusal(preview) ? { refusal: preview } : preview,
          },
          lines: [
            ...guessLines(survey),
            '',
            ...(isRefusal(preview) ? [`# ${text(preview.says)}`, `# ${text(preview.next)}`] : previewLines(preview)),
          ],
        }
      }),
    )
}

/** The mapping as YAML; what is told about it stands in comments, so that the output is a mapping file as it is. */
function guessLines({ roles, missing, mapping, columns, head, hint }: Survey): string[] {
  const lines = roles.map(({ role, column, confidence, why }) => {
    const sure = `${Math.round(confidence * 100)} %`
    return `# ${role} = ${column} · ${sure} · ${why.map(text).join(text({ zh: '；', en: '; ' }))}`
  })
  for (const role of missing)
    lines.push(`# ${role} = ? · ${text({ zh: '认不出来，请自己指明', en: 'not recognised: name it yourself' })}`)
  if (hint !== null) lines.push(`# ${text(hint)}`)
  for (const column of columns) if (column.personal !== null) lines.push(personalLine(column))
  if (head.choice !== null && head.choice.names.length > 1)
    lines.push(`# ${head.choice.kind}: ${head.choice.names.join(' · ')}`)
  if (mapping === null) return [...lines, `# ${columns.map(({ name }) => name).join(' · ')}`]
  return [...lines, ...stringify(mapping).trimEnd().split('\n')]
}

function personalLine({ name, personal }: ColumnProfile): string {
  const kind = personal === null ? '' : text(personalTexts[personal])
  return `# ${text({ zh: `“${name}”像${kind}，不读入`, en: `“${name}” looks like ${kind}: left out` })}`
}

function previewLines(preview: CasePreview | null): string[] {
  if (preview === null) return []
  const { cases, problems, counts, rows, whole } = preview
  const scope = whole ? { zh: '全部', en: 'all' } : { zh: '开头', en: 'the first' }
  return [
    text({
      zh: `# ${scope.zh} ${rows.in} 行读成 ${counts.cases} 件、${counts.events} 个事件、${counts.activities} 种环节`,
      en: `# ${scope.en} ${rows.in} rows read as ${counts.cases} cases, ${counts.events} events, ${counts.activities} activities`,
    }),
    ...problems.map(({ grave, says }) => `# ${grave ? '!' : '·'} ${text(says)}`),
    ...cases.flatMap(({ id, events, more }) => [
      `# ${id}`,
      ...events.map(
        ({ happenedAt, activity, officer, organ }) =>
          `#   ${[happenedAt ?? '–', activity, officer, organ].filter((part) => part !== null).join(' · ')}`,
      ),
      ...(more > 0 ? [`#   … ${more}`] : []),
    ]),
  ]
}
