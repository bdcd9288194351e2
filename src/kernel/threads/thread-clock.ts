/** Milliseconds of a clock that all threads of the process share, and that nobody sets. */
export const threadClock = (): number => Number(process.hrtime.bigint()) / 1e6
