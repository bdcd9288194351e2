import type { Command } from 'commander'
import { type Bilingual, isRefusal, type Refusal } from '../../core/refusal/refusal.ts'
import { storeRefusal } from '../../kernel/db/store-refusal.ts'
import type { Progress } from '../../kernel/jobs/job-kind.ts'
import { language, text } from './language.ts'
import { ProgressLine } from './progress-line.ts'

/** How a command ends: refused input, a finding that scripts ask for, a bug. */
export const exitCodes = { good: 0, differs: 1, refused: 2, bug: 3 } as const

/** What a command hands back when it ran. */
export interface Outcome {
  /** The one object that `--json` prints as the last line of standard output. */
  readonly json: object
  /** What a person reads instead; empty where the command has already said all. */
  readonly lines: readonly string[]
  /** True where the command ran and found what a script wants to notice: exit code 1. */
  readonly differs?: boolean
}

/** What a running command says with. */
export interface Output {
  readonly json: boolean
  /** How far it has come: shown on a terminal only, never mixed into the result. */
  progress(label: Bilingual, now: Progress): void
  /** A remark beside the result, on standard error. */
  note(remark: Bilingual): void
  /** A line of the result before its end, e.g. a row of a long list; left out under `--json`. */
  line(words: string): void
}

const line = new ProgressLine(process.stderr)

/** Shows a refusal: its sentence, where in the input it points, its basis, and what to do. */
export function showRefusal(refusal: Refusal): string {
  const { file, row, column } = refusal.place ?? {}
  const places = [file, row === undefined ? undefined : text({ zh: `第 ${row} 行`, en: `row ${row}` }), column]
  const where = places.filter((part) => part !== undefined).join(language === 'zh' ? '，' : ', ')
  const marks = [where, refusal.basis].filter((part) => part !== undefined && part !== '')
  const suffix = marks.length === 0 ? '' : text({ zh: `（${marks.join('；')}）`, en: ` (${marks.join('; ')})` })
  return `${text(refusal.says)}${suffix}\n${text({ zh: '下一步：', en: 'Next: ' })}${text(refusal.next)}`
}

function finish(json: boolean, ending: Outcome | Refusal): void {
  line.clear()
  if (isRefusal(ending)) {
    process.stderr.write(`${showRefusal(ending)}\n`)
    if (json) process.stdout.write(`${JSON.stringify({ refusal: ending })}\n`)
    process.exitCode = exitCodes.refused
    return
  }
  if (json) process.stdout.write(`${JSON.stringify(ending.json)}\n`)
  else for (const words of ending.lines) process.stdout.write(`${words}\n`)
  process.exitCode = ending.differs === true ? exitCodes.differs : exitCodes.good
}

/** A bug ends in one sentence; `DAYLIGHT_DEBUG=1` shows where it arose. */
function showBug(error: unknown): void {
  line.clear()
  const name = error instanceof Error ? error.message : String(error)
  const says = text({ zh: '程序出错，这是一个缺陷', en: 'The program made a mistake; this is a bug' })
  const how = text({
    zh: '加上 DAYLIGHT_DEBUG=1 重跑可看到位置',
    en: 'run it again with DAYLIGHT_DEBUG=1 to see where',
  })
  process.stderr.write(`${says}: ${name} (${how})\n`)
  if (process.env.DAYLIGHT_DEBUG === '1' && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  process.exitCode = exitCodes.bug
}

/**
 * Makes a command's action: it gets an `Output`, then commander's arguments (the command's own, its options), and
 * returns its outcome or a refusal. Exit codes: 0 done, 1 `differs`, 2 refused, 3 a bug.
 */
export function action<Arguments extends unknown[]>(
  run: (out: Output, ...words: Arguments) => Promise<Outcome | Refusal>,
): (...words: [...Arguments, Command]) => Promise<void> {
  return async (...words) => {
    const command = words.at(-1) as Command
    const json = command.optsWithGlobals<{ json?: boolean }>().json === true
    const out: Output = {
      json,
      progress: (label, now) => line.show(text(label), now),
      note: (remark) => {
        line.clear()
        process.stderr.write(`${text(remark)}\n`)
      },
      line: (content) => {
        if (json) return
        line.clear()
        process.stdout.write(`${content}\n`)
      },
    }
    try {
      finish(json, await run(out, ...(words.slice(0, -1) as Arguments)))
    } catch (error) {
      const refusal = storeRefusal(error)
      if (refusal === null) showBug(error)
      else finish(json, refusal)
    }
  }
}

/** The group of commands with this name (`law` of `law import`), made where it is not there yet. */
export function group(program: Command, name: string, about: Bilingual): Command {
  return program.commands.find((command) => command.name() === name) ?? program.command(name).description(text(about))
}
