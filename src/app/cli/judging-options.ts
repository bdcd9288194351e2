import type { Command } from 'commander'
import { isRefusal, type Refusal, refuse } from '../../core/refusal/refusal.ts'
import { readConfig } from '../../kernel/config/config.ts'
import type { JudgingLimits } from '../../modules/supervise/conformance/judge-cases.ts'
import { text } from './language.ts'

/** The options of a command that judges a log's cases, as they were typed. */
export interface JudgingOptions {
  readonly threads?: string
  readonly memory?: string
  readonly budget?: string
  readonly caseBudget?: string
}

/** Adds the options that limit what judging may take. */
export function withJudgingOptions(command: Command, budget: string | undefined): Command {
  return command
    .option(
      '--threads <n>',
      text({ zh: '用几个线程（默认：机器的核数）', en: 'threads (default: cores of the machine)' }),
    )
    .option(
      '--memory <MiB>',
      text({
        zh: '全部线程最多用多少内存（默认：机器的四分之一）',
        en: 'most memory of all threads (default: a quarter)',
      }),
    )
    .option('--budget <seconds>', text({ zh: '最多计算多少秒', en: 'most seconds to compute' }), budget)
    .option('--case-budget <seconds>', text({ zh: '每件最多计算多少秒', en: 'most seconds for one case' }))
}

/** The limits that the options state, and otherwise the settings. Refusals: `cli.usage`, `config.bad-value`. */
export function readJudgingLimits(options: JudgingOptions): JudgingLimits | Refusal {
  const config = readConfig()
  if (isRefusal(config)) return config
  const threads = readNumber('--threads', options.threads, config.threads)
  if (isRefusal(threads)) return threads
  const memory = readNumber('--memory', options.memory, config.memory)
  if (isRefusal(memory)) return memory
  const seconds = readNumber('--budget', options.budget, config.budget)
  if (isRefusal(seconds)) return seconds
  const caseSeconds = readNumber('--case-budget', options.caseBudget, seconds)
  if (isRefusal(caseSeconds)) return caseSeconds
  return { threads: Math.ceil(threads), memory, seconds, caseSeconds: Math.min(caseSeconds, seconds) }
}

/** Most that any of these may be: a week in seconds, and more threads or MiB than a machine has. */
const most = { '--threads': 1024, '--memory': 2 ** 24, '--budget': 604_800, '--case-budget': 604_800 } as const

function readNumber(option: keyof typeof most, typed: string | undefined, otherwise: number): number | Refusal {
  if (typed === undefined) return otherwise
  const value = Number(typed)
  if (value > 0 && value <= most[option] && typed.trim() !== '') return value
  return refuse('cli.usage', { why: `${option} ${typed}` })
}
