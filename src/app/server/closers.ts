/** What a server opened, to be closed in the opposite order, once. */
export interface Closers {
  /** From the first `closeAll` on. */
  readonly closing: boolean
  /** Remembers how to close what was just opened. Opened after `closeAll`, it is closed at once. */
  add(close: () => Promise<unknown>): void
  /** Closes all; a failing one is reported and holds up no other. */
  closeAll(report: (error: unknown) => void): Promise<void>
}

/** Makes an empty list. */
export function closers(): Closers {
  const open: (() => Promise<unknown>)[] = []
  let ending: Promise<void> | null = null
  let failed: (error: unknown) => void = () => {}
  const close = async (one: () => Promise<unknown>): Promise<void> => {
    try {
      await one()
    } catch (error) {
      failed(error)
    }
  }
  const run = async (): Promise<void> => {
    for (let last = open.pop(); last !== undefined; last = open.pop()) await close(last)
  }
  return {
    get closing() {
      return ending !== null
    },
    add(one) {
      if (ending === null) open.push(one)
      else ending = ending.then(() => close(one))
    },
    async closeAll(report) {
      failed = report
      ending ??= run()
      // What is added while this waits is waited for too.
      for (let seen: Promise<void> | null = null; seen !== ending; ) {
        seen = ending
        await seen
      }
    },
  }
}
