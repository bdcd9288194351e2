import { isRefusal, type Refusal } from '../../core/refusal/refusal.ts'
import { readConfig } from '../../kernel/config/config.ts'
import { storeRefusal } from '../../kernel/db/store-refusal.ts'
import { loggedError } from '../../kernel/log/logged-error.ts'
import { text } from '../cli/language.ts'
import { exitCodes, showRefusal } from '../cli/output.ts'
import { closers } from './closers.ts'
import type { Running } from './start.ts'

/** A stop that takes longer is cut off: what runs then left nothing half done, since each step is one transaction. */
const stopWithinMs = 9_500

const open = closers()
let running: Running | null = null

const say = (zh: string, en: string): void => void process.stdout.write(`${text({ zh, en })}\n`)
const complain = (error: unknown): void => {
  if (running !== null) running.log.error({ error }, 'closing failed')
  else process.stderr.write(`${JSON.stringify(loggedError(error))}\n`)
}

/** Stops accepting, ends what runs, closes the store; then the process ends with `code`. */
async function stop(code: number): Promise<never> {
  setTimeout(() => process.exit(code === 0 ? 1 : code), stopWithinMs).unref()
  await open.closeAll(complain)
  process.exit(code)
}

function stopOnSignals(): void {
  const asked = (): void => {
    if (open.closing) return
    say('正在停止…', 'Stopping…')
    void stop(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, asked)
  // The launcher holds a channel: when it is gone, so is the terminal that this server belongs to.
  process.on('disconnect', asked)
}

function tell({ address, accounts, password }: Running): void {
  say(`\n阳光用权：${address}\n接口文档：${address}/api/docs`, `\nDaylight: ${address}\nAPI: ${address}/api/docs`)
  if (accounts.length === 0) return
  const words = password ?? '?'
  say(`演示账号（仅限本机），密码 ${words}：`, `Demo accounts (on this machine only), password ${words}:`)
  for (const { account, organ, title } of accounts)
    process.stdout.write(`  ${account}  ${text(organ)} · ${text(title)}\n`)
}

async function refused(refusal: Refusal): Promise<never> {
  process.stderr.write(`${showRefusal(refusal)}\n`)
  return stop(exitCodes.refused)
}

async function broken(error: unknown): Promise<never> {
  const refusal = storeRefusal(error)
  if (refusal !== null) return refused(refusal)
  const name = error instanceof Error ? error.message : String(error)
  process.stderr.write(
    `${text({ zh: '程序出错，这是一个缺陷', en: 'The program made a mistake; this is a bug' })}: ${name}\n`,
  )
  if (process.env.DAYLIGHT_DEBUG === '1' && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  return stop(exitCodes.bug)
}

/** Tells the launcher, which may be gone at this very moment: then `disconnect` stops this server. */
function tellReady(): void {
  if (process.connected) process.send?.('ready', undefined, undefined, () => {})
}

async function main(): Promise<void> {
  stopOnSignals()
  const config = readConfig()
  if (isRefusal(config)) return refused(config)
  try {
    // The whole house takes a while to be read: by now, a signal is heeded.
    const { startServer } = await import('./start.ts')
    if (open.closing) return
    const started = await startServer(config, open, ({ zh, en }) => say(zh, en))
    if (open.closing) return
    if (isRefusal(started)) return refused(started)
    running = started
    tell(started)
    tellReady()
  } catch (error) {
    // Work that a stop cut off fails: that is the stop, not a bug.
    if (!open.closing) return broken(error)
  }
}

process.on('uncaughtException', (error) => void broken(error))
await main()
