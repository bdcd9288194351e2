import type { Progress } from '../../kernel/jobs/job-kind.ts'

const width = 28
/** Slower than this would look stuck, faster would flicker. */
const everyMs = 80

/** One line of progress: a bar where the total is known, else the count. */
export function progressText(label: string, { done, total }: Progress): string {
  if (total === null || total <= 0) return `${label} ${done.toLocaleString('en')}`
  const share = Math.min(1, done / total)
  const full = Math.round(share * width)
  const bar = '█'.repeat(full) + '░'.repeat(width - full)
  return `${label} ${bar} ${Math.floor(share * 100)}%  ${done.toLocaleString('en')}/${total.toLocaleString('en')}`
}

/** Writes progress over itself on a terminal, and nothing anywhere else. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream
  #shownAt = 0
  #shown = false

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream
  }

  show(label: string, progress: Progress): void {
    const now = performance.now()
    const last = progress.total !== null && progress.done >= progress.total
    if (!this.#stream.isTTY || (!last && now - this.#shownAt < everyMs)) return
    this.#shownAt = now
    this.#shown = true
    this.#stream.write(`\r\u001b[2K${progressText(label, progress)}`)
  }

  /** Clears the line, so that what follows begins at its place. */
  clear(): void {
    if (this.#shown) this.#stream.write('\r\u001b[2K')
    this.#shown = false
  }
}
