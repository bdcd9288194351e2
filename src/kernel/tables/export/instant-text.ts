/**
 * The ISO text of an instant in ms that reads back as the very same number: three digits after the second, more where
 * the instant has them. `isoInstant` is for people and stops at microseconds.
 */
export function instantText(ms: number): string {
  const whole = Math.floor(ms)
  const fraction = (ms - whole).toFixed(6).slice(2).replace(/0+$/, '')
  return fraction === '' ? new Date(whole).toISOString() : `${new Date(whole).toISOString().slice(0, -1)}${fraction}Z`
}
