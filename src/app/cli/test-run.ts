import { afterEach, beforeEach, vi } from 'vitest'
import { buildProgram, runProgram } from './program.ts'

/** The command line as a test sees it: what it prints is caught, and starts anew before every test. */
export interface TestedCommandLine {
  /** What went to standard output; a test may empty it between two runs. */
  shown: string
  /** What went to standard error. */
  said: string
  /** Runs `daylight` with these words and gives its exit code. */
  run(...words: string[]): Promise<number>
}

/** Catches the command line's output for every test of the file; `commands` is another folder of commands. */
export function testedCommandLine(commands?: string): TestedCommandLine {
  const cli: TestedCommandLine = {
    shown: '',
    said: '',
    async run(...words) {
      await runProgram(await buildProgram(commands), ['node', 'daylight', ...words])
      return Number(process.exitCode)
    },
  }
  beforeEach(() => {
    cli.shown = ''
    cli.said = ''
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      cli.shown += String(chunk)
      return true
    })
    vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
      cli.said += String(chunk)
      return true
    })
    process.exitCode = 0
  })
  afterEach(() => {
    vi.restoreAllMocks()
    process.exitCode = 0
  })
  return cli
}
