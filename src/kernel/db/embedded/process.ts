import { readFileSync } from 'node:fs'

/**
 * The moment at which a process began, in the kernel's ticks; null when there is no such process (a finished one
 * that nobody has waited for counts as gone). With the process number it names a process for good.
 */
export function startOf(pid: number): string | null {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return null
  }
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? '')
  } catch (error) {
    // No /proc on this system: the number alone has to do. A process that ended meanwhile is gone.
    return process.platform === 'linux' && (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : ''
  }
}

/** Waits until a process is gone; false when it is still there after `milliseconds`. */
export async function waitUntilGone(pid: number, milliseconds: number): Promise<boolean> {
  const start = startOf(pid)
  const until = performance.now() + milliseconds
  while (start !== null && startOf(pid) === start) {
    if (performance.now() > until) return false
    await new Promise((wake) => setTimeout(wake, 20))
  }
  return true
}
