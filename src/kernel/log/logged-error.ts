/** An error as the log may keep it. */
export interface LoggedError {
  readonly name: string
  readonly code?: string
  readonly message: string
  readonly stack: readonly string[]
  readonly cause?: LoggedError
}

const quoted = /"[^"]*"|'[^']*'|“[^”]*”|`[^`]*`|「[^」]*」/gu
const names = /\p{Script=Han}+/gu
const numbers = /\d{5,}/g

/** Where an error arose, without the values in its message, which may be a person's: quotes, Chinese text, long numbers. */
export function loggedError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { name: typeof error, message: '(not an error)', stack: [] }
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    message: error.message.replace(quoted, '…').replace(names, '…').replace(numbers, '…'),
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .map((line) => line.trim()),
    ...(cause === undefined ? {} : { cause: loggedError(cause) }),
  }
}
