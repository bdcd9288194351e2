/**
 * The mark of an officer in a log: equal for the same officer of the same log, so that whoever holds a code can be asked
 * "is it you?", and no name stands in a result. `sha256` gives hex.
 */
export function officerMark(sha256: (text: string) => string, log: string, officer: string): string {
  return sha256(`${log}:${officer}`)
}
