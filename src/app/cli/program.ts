import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { refuse } from '../../core/refusal/refusal.ts'
import { programFolder } from '../../kernel/config/config.ts'
import { language, text } from './language.ts'
import { exitCodes, showRefusal } from './output.ts'

/** What each file in `commands/` exports. */
interface CommandFile {
  register(program: Command): void
}

/** Adding a command is adding a file. */
async function commandFiles(folder: string): Promise<readonly CommandFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort()
  return await Promise.all(names.map((name) => import(join(folder, name)) as Promise<CommandFile>))
}

const headings: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Global Options:': '通用选项：',
  'Commands:': '命令：',
}

const faults: Readonly<Record<string, string>> = {
  'commander.unknownCommand': '没有这个命令',
  'commander.unknownOption': '没有这个选项',
  'commander.missingArgument': '缺少参数',
  'commander.optionMissingArgument': '选项缺少值',
  'commander.missingMandatoryOptionValue': '缺少必需的选项',
  'commander.excessArguments': '参数太多',
  'commander.invalidArgument': '参数的值不可用',
}

/** Commander's own complaint in the language of this run; what it quotes stays as it was typed. */
function complaint({ code, message }: CommanderError): string {
  const plain = message.replace(/^error: /, '').replace(/\.$/, '')
  if (language === 'en') return plain
  const quoted = /'([^']+)'/.exec(plain)?.[1]
  return `${faults[code] ?? plain}${quoted === undefined ? '' : ` ${quoted}`}`
}

const { version } = JSON.parse(await readFile(join(programFolder, 'package.json'), 'utf8')) as { version: string }

/** The command line with every command registered. */
export async function buildProgram(folder = join(import.meta.dirname, 'commands')): Promise<Command> {
  const program = new Command('daylight')
    .description(text({ zh: '阳光用权：清单、监督、整改', en: 'Daylight: list, supervise, remedy' }))
    .option(
      '--json',
      text({ zh: '标准输出的最后一行是一个 JSON 对象', en: 'the last line of standard output is one JSON object' }),
    )
    .version(version, '-v, --version', text({ zh: '显示版本', en: 'show the version' }))
    .option('--lang <zh|en>', text({ zh: '界面语言', en: 'language of the output' }))
    .helpOption('-h, --help', text({ zh: '显示帮助', en: 'show help' }))
    .helpCommand('help [command]', text({ zh: '显示某个命令的帮助', en: 'show the help of a command' }))
    .configureHelp({
      styleTitle: (title) => (language === 'zh' ? (headings[title] ?? title) : title),
      showGlobalOptions: true,
    })
    // A group without its command shows its help; complaints are put in words by `runProgram`.
    .configureOutput({ writeErr: (help) => void process.stdout.write(help), outputError: () => {} })
    .exitOverride()
  for (const file of await commandFiles(folder)) file.register(program)
  return program
}

/** Runs one command line; the exit code is left in `process.exitCode`. */
export async function runProgram(program: Command, argv: readonly string[]): Promise<void> {
  try {
    await program.parseAsync([...argv])
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Help was asked for, or a group was named without its command.
    if (error.exitCode === 0 || error.code === 'commander.help') return
    process.stderr.write(`${showRefusal(refuse('cli.usage', { why: complaint(error) }))}\n`)
    process.exitCode = exitCodes.refused
  }
}
